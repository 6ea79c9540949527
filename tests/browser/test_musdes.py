"""A Musyawarah Desa of 120 invited, from its invitation to its evidence as one file.

Half of them sign on paper, a third pass a desk whose network is cut, the rest hold up their own phones. What the list
counts then stands the same on the live page, on paper, in the spreadsheet, in the berita acara, in the record and in
the file of all the evidence.
"""

import hashlib
import io
import re
from datetime import datetime, timedelta
from uuid import uuid4
from zipfile import ZipFile

import pdfplumber
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from attendance import phone_codes
from attendance.invited_codes import answer_path
from attendance.models import Activity, ActivityKind, Attendance, Invitation
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Person, Role
from partisipasi.village.models import LetterNumber
from tests.announcements.factories import make_pdf, make_upload
from tests.factories import make_official, make_person, make_resident, make_unsur

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INVITED = 120
ON_PAPER, AT_DESK, BY_PHONE = 54, 36, 18
"""Of the invited those who come, by the way in which they do; twelve stay at home."""
STAND_INS = 5
"""Of those on paper."""
PAPER_GUESTS, DESK_GUESTS, PHONE_GUESTS = 3, 2, 3

PRESENT = ON_PAPER + AT_DESK + BY_PHONE + PAPER_GUESTS + DESK_GUESTS + PHONE_GUESTS
SEATS = ON_PAPER + AT_DESK + BY_PHONE
WALK_INS = PRESENT - SEATS


@pytest.fixture
def secretary(village):
    make_official(Role.VILLAGE_HEAD, username="kades")
    make_official(Role.BPD_CHAIR, username="bpd")
    return make_official(Role.SECRETARY, username="sekretaris")


@pytest.fixture
def office(secretary):
    """The secretary's window, without a browser."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(secretary)
    return client


@pytest.fixture
def guests(village):
    """A hundred and twenty people of the address book, of four kinds; some hold an account and a phone."""
    unsur = [make_unsur(name=name) for name in ("Ketua RT", "Tokoh agama", "PKK", "Kelompok tani")]
    told = [
        {"name": f"Undangan {number:03}", "sex": "LP"[number % 2], "unsur": unsur[number % 4]}
        for number in range(1, INVITED + 1)
    ]
    phones = range(ON_PAPER + AT_DESK, ON_PAPER + AT_DESK + BY_PHONE)
    for place, facts in enumerate(told):
        if place in phones:
            make_resident(verified_at=clock.now(), **facts)
        else:
            make_person(**facts)
    return Person.objects.filter(name__startswith="Undangan").order_by("name")


@pytest.fixture
def morning(village):
    """Nine o'clock of tomorrow."""
    tomorrow = timezone.localtime(clock.now(), village.zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, 9, tzinfo=village.zone)


def test_a_musdes_from_invitation_to_evidence(
    office, secretary, guests, morning, move_clock, desk_browser, sign_in, live_server
):
    activity = announced_and_invited(office, secretary, guests, morning)
    some_answer(activity)

    move_clock(morning - timedelta(minutes=20))
    typed_in_from_paper(office, activity)
    marked_at_a_desk_without_a_network(desk_browser, activity, secretary, sign_in)
    checked_in_by_their_own_phones(activity)

    seen = Client(HTTP_HOST="localhost").get(f"{activity.get_absolute_url()}langsung/angka/").content.decode()
    numbers = counted_anew(activity)
    assert (numbers["present"], numbers["seats_filled"], numbers["walk_ins"]) == (PRESENT, SEATS, WALK_INS)
    assert numbers["stand_ins"] == STAND_INS
    assert live_numbers(seen) == [PRESENT, SEATS, INVITED, numbers["men"], numbers["women"]]
    assert "Kuorum tercapai" in seen

    move_clock(morning + timedelta(hours=3))
    office.post(f"{activity.get_absolute_url()}meja/tutup/")
    activity.refresh_from_db()
    assert activity.closed_at
    minuted(office, activity)
    evidence_brought(activity, secretary)

    the_same_numbers_stand_everywhere(office, activity, numbers)


def announced_and_invited(office, secretary, guests, morning) -> Activity:
    ActivityKind.objects.seed()
    activity = Activity.objects.create(
        kind=ActivityKind.objects.get(code="musdes"),
        title="Musyawarah Desa Penyusunan RKP Desa",
        agenda="Penyusunan RKP Desa",
        venue="Balai Desa",
        created_by=secretary,
    )
    activity.add_session(morning, morning + timedelta(hours=3))
    page = activity.get_absolute_url()
    office.post(f"{page}umumkan/")
    office.post(f"{page}undangan/tambah/", {"people": [guest.pk for guest in guests]})
    assert activity.invitations.standing().count() == INVITED

    letters = text_of(office.post(f"{page}undangan/cetak/", {"bentuk": "surat"}).content)
    assert len(letters) == INVITED
    assert str(LetterNumber.objects.get().text) in letters[0]
    assert "Undangan 001" in letters[0]
    activity.refresh_from_db()
    return activity


def some_answer(activity) -> None:
    """With the code on the letter, without an account."""
    anybody = Client(HTTP_HOST="localhost")
    coming, sending = activity.invitations.by_name()[:2]
    anybody.post(answer_path(coming), {"answer": "hadir"})
    anybody.post(answer_path(sending), {"answer": "diwakilkan", "stand_in": "Wakil 001"})
    answers = Invitation.objects.filter(pk__in=[coming.pk, sending.pk]).values_list("answer", flat=True)
    assert sorted(answers) == ["diwakilkan", "hadir"]


def typed_in_from_paper(office, activity) -> None:
    """The signed sheet: ticks beside the printed names, stand-ins, and who came without an invitation."""
    page = reverse("attendance:paper_list", args=[activity.pk])
    seats = list(activity.invitations.by_name())[:ON_PAPER]
    told = {f"hadir-{seat.pk}": "on" for seat in seats}
    for number, seat in enumerate(seats[1 : STAND_INS + 1], start=1):
        told |= {f"wakil-{seat.pk}": f"Wakil {number:03}", f"lp-{seat.pk}": "P"}
    for place in range(PAPER_GUESTS):
        told |= {f"baris-{place}-{field}": value for field, value in guest("Kertas", place).items()}
        told[f"baris-{place}-signed"] = "on"
    sent = {"kiriman": str(uuid4()), "sesi": activity.sessions.get().pk} | told
    for _ in range(2):  # Sent twice, it is recorded once.
        answer = office.post(page, sent)
        assert answer.status_code == 302
    assert Attendance.objects.present().count() == ON_PAPER + PAPER_GUESTS


def guest(word: str, place: int) -> dict[str, str]:
    return {"name": f"Tamu {word} {place + 1}", "sex": "LP"[place % 2]}


def marked_at_a_desk_without_a_network(start, activity, secretary, sign_in) -> None:
    """The list is on the device; the network goes, and comes back when all have passed."""
    device = start("meja")
    desk = device.pages[0]
    sign_in(desk, secretary)
    desk.goto(f"{activity.get_absolute_url()}meja/")
    state = desk.locator(".desk-state")
    expect(state).to_contain_text("Daring")
    desk.evaluate("navigator.serviceWorker.ready")
    desk.reload()
    desk.wait_for_function("navigator.serviceWorker.controller !== null")
    expect(state).to_contain_text("Daring")

    device.set_offline(True)
    names = [f"Undangan {number:03}" for number in range(ON_PAPER + 1, ON_PAPER + AT_DESK + 1)]
    for waiting, name in enumerate(names, start=1):
        desk.get_by_label("Cari yang diundang").fill(name)
        desk.locator("[data-invited] .desk-row:visible", has_text=name).get_by_role(
            "button", name=re.compile("Tandai hadir")
        ).click()
        expect(state).to_have_text(f"Luring · {waiting} menunggu")
    for place in range(DESK_GUESTS):
        told = guest("Meja", place)
        desk.locator("#id_name").fill(told["name"])
        desk.get_by_label("Laki-laki" if told["sex"] == "L" else "Perempuan").first.check()
        desk.get_by_role("button", name="Catat hadir").click()
        expect(state).to_have_text(f"Luring · {AT_DESK + place + 1} menunggu")

    device.set_offline(False)
    expect(state).to_have_text("Daring", timeout=60_000)
    assert Attendance.objects.present().count() == ON_PAPER + PAPER_GUESTS + AT_DESK + DESK_GUESTS


def checked_in_by_their_own_phones(activity) -> None:
    session = activity.sessions.get()
    first = ON_PAPER + AT_DESK + 1
    for number in range(first, first + BY_PHONE):
        phone = scanned(session)
        phone.force_login(Person.objects.get(name=f"Undangan {number:03}").user)
        for _ in range(2):  # A second tap is no second person.
            phone.post("/hadir/saya/", {"place": "1"})
    for place in range(PHONE_GUESTS):
        scanned(session).post("/hadir/catat/", guest("HP", place) | {"place": "1"})
    methods = Attendance.objects.present().values_list("method", flat=True)
    assert {method: list(methods).count(method) for method in methods} == {
        "kertas": ON_PAPER + PAPER_GUESTS,
        "meja": AT_DESK + DESK_GUESTS,
        "hp": BY_PHONE + PHONE_GUESTS,
    }


def scanned(session) -> Client:
    phone = Client(HTTP_HOST="localhost")
    answer = phone.get(f"/hadir/{phone_codes.shown(session).long}/")
    assert answer.status_code == 302
    return phone


def counted_anew(activity) -> dict[str, int]:
    """The list counted without the portal's own counting."""
    rows = list(Attendance.objects.present().filter(session__activity=activity))
    seats = {row.invitation_id for row in rows if row.invitation_id}
    return {
        "present": len(rows),
        "men": sum(row.sex == "L" for row in rows),
        "women": sum(row.sex == "P" for row in rows),
        "invited": activity.invitations.filter(uninvited_at=None).count(),
        "seats_filled": len(seats),
        "stand_ins": sum(row.is_stand_in for row in rows),
        "walk_ins": sum(row.invitation_id is None for row in rows),
    }


def live_numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<(?:dd|small)>(?: dari )?(\d+)", page)]


def minuted(office, activity) -> None:
    page = f"{activity.get_absolute_url()}notulen/"
    office.post(
        f"{page}tulis/",
        {
            "version": "0",
            "nonce": str(uuid4()),
            "chaired_by": "Ketua BPD",
            "noted_by": "Sekretaris BPD",
            "topic-0": "Penyusunan RKP Desa",
            "said-0": "Usulan tiga dusun dibahas satu per satu.",
            "resolution-0": "Perbaikan talut didahulukan.",
        },
    )
    office.post(f"{page}terbitkan/", {"version": "1"})
    assert "Usulan tiga dusun" in Client(HTTP_HOST="localhost").get(page).content.decode()


def evidence_brought(activity, secretary) -> None:
    for kind in activity.kind.papers:
        brought = make_upload() if kind == "dokumentasi" else make_pdf(f"{kind}.pdf", text=kind)
        activity.add_evidence(
            brought,
            kind=kind,
            title=f"Pindaian {kind}",
            by=secretary,
            is_public=kind in {"undangan", "dokumentasi"},
        )


def the_same_numbers_stand_everywhere(office, activity, numbers) -> None:
    present, men, women = numbers["present"], numbers["men"], numbers["women"]
    recap = f"Jumlah hadir: {present} orang"
    by_sex = f"{men} laki-laki, {women} perempuan"
    seats = f"Kursi undangan terisi: {SEATS} dari {INVITED}, {STAND_INS} di antaranya diwakili."
    anybody, page = Client(HTTP_HOST="localhost"), activity.get_absolute_url()

    for public in (page, f"{page}daftar-hadir/"):
        shown = " ".join(anybody.get(public).content.decode().split())
        assert f"orang hadir: {by_sex}." in shown
        assert f"dari {INVITED} kursi undangan terisi, {STAND_INS} di antaranya diwakili." in shown

    sheet = words("".join(text_of(office.get(f"{page}daftar-hadir.pdf").content)))
    assert words(recap) in sheet
    assert words(seats) in sheet
    assert f"Hadir tanpa undangan: {WALK_INS} orang".replace(" ", "") in sheet

    book = CalamineWorkbook.from_filelike(io.BytesIO(office.get(f"{page}daftar-hadir.xlsx").content))
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert any(cell.startswith(recap) for cell in cells)
    assert any(seats in cell for cell in cells)
    assert (
        sum(cell.startswith(("Undangan 0", "Undangan 1", "Tamu ")) for cell in cells) == present - STAND_INS
    )

    agreed = words("".join(text_of(anybody.get(f"{page}berita-acara.pdf").content)))
    assert words(f"Daftar hadir: {present} orang hadir: {by_sex}. {seats}") in agreed

    [told] = Entry.objects.get(kind="activity.closed").facts["sessions"]
    assert {key: told[key] for key in numbers} == numbers
    call_command("verify_ledger", stdout=io.StringIO())

    for name in ("bukti.zip", "bukti-internal.zip"):
        files = unpacked(office.get(f"{page}{name}"))
        index = next(content for file, content in files.items() if file.endswith("indeks.html")).decode()
        assert activity.title in index
        sheets = [
            content for file, content in files.items() if file.endswith(".pdf") and "00-daftar-hadir" in file
        ]
        assert words(recap) in words("".join(text_of(sheets[0])))
        assert any("berita-acara" in file for file in files)


def unpacked(answer) -> dict[str, bytes]:
    """The files of the archive, each checked against the sum that stands in it."""
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    folder = next(iter(files)).partition("/")[0]
    sums = files[f"{folder}/SHA256SUMS"].decode().splitlines()
    assert len(sums) == len(files) - 1
    for line in sums:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(files[f"{folder}/{name}"]).hexdigest() == digest
    return files


def text_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [page.extract_text() for page in opened.pages]


def words(text: str) -> str:
    """Without spaces and line ends, which paper sets anew."""
    return "".join(text.split())
