"""Money handed out at an activity: tanda terima, and wages by days of work (domain: 1.9)."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from attendance.forms.pay import RupiahField
from attendance.models import Evidence, Guest, PayLine, PayList, Refusal, total_of
from attendance.pay_sheet import PayOptions, pay_sheet_of
from attendance.roster import Filling
from attendance.sheet import Paper, as_xlsx
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role, User
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_pay_list
from tests.attendance.sheets import AT, printed
from tests.attendance.test_bundle import internal, public

FIRST = datetime(2026, 7, 6, 0, tzinfo=UTC)  # Monday, 07.00 WIB
DAYS = [date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 8)]


@pytest.fixture
def by(village):
    return factories.make_official(Role.TREASURER)


@pytest.fixture
def meeting(by):
    """Three came to it; the first has an account."""
    activity = make_activity(title="Musdes RKP")
    resident = factories.make_resident("sumini")
    activity.sessions.get().check_in(Person.objects.get(user=resident), by=by)
    for name in ("Karto", "Wagino"):
        make_attendance(activity, by=by, name=name)
    return activity


@pytest.fixture
def work(by):
    """Three days of work: Paijo on all, Tukiman on the last two, a Slamet on the first, two on the second."""
    activity = make_activity(title="Talut Dusun Krajan", starts_at=FIRST)
    for days in (1, 2):
        activity.add_session(FIRST + timedelta(days=days))
    with clock.at(FIRST + timedelta(days=2, hours=10)):
        present = [("Paijo", "Slamet"), ("paijo ", "Tukiman", "Slamet", "Slamet"), ("Paijo", "Tukiman")]
        for session, names in zip(activity.sessions.in_order(), present, strict=True):
            for name in names:
                session.check_in(Guest(name=name), by=by)
        activity.close(by)
    return activity


def amounts(pay_list):
    return [(line.name, line.amount) for line in pay_list.lines()]


def key_of(pay_list, name):
    return next(line.key for line in pay_list.lines() if line.name == name)


# Rules


def test_a_list_follows_who_is_there_until_it_is_settled(meeting, by):
    pay_list = make_pay_list(meeting)
    pay_list.set_rows({key_of(pay_list, "Karto"): (25_000, []), key_of(pay_list, "Wagino"): (0, [])})
    assert amounts(pay_list) == [("Sumini", 50_000), ("Karto", 25_000), ("Wagino", 0)]
    with pytest.raises(Refusal, match="Tutup dahulu"):
        pay_list.settle(by)

    make_attendance(meeting, by=by, name="Parno")
    meeting.close(by)
    pay_list.settle(by)
    pay_list.settle(by)

    assert amounts(pay_list) == [("Sumini", 50_000), ("Karto", 25_000), ("Parno", 50_000)]
    (entry,) = Entry.objects.filter(kind="pay.settled")
    assert (entry.facts["count"], entry.facts["total"]) == (3, 125_000)
    assert "Karto" not in str(entry.facts)
    with pytest.raises(Refusal, match="Buka kembali dengan alasan"):
        pay_list.set_rows({key_of(pay_list, "Karto"): (1, [])})
    for verb in (pay_list.discard, lambda: pay_list.change(pay_list)):
        with pytest.raises(Refusal):
            verb()


def test_a_correction_needs_a_reason_and_tells_who_got_otherwise(meeting, by):
    meeting.close(by)
    pay_list = make_pay_list(meeting)
    with pytest.raises(Refusal, match="belum dinyatakan"):
        pay_list.reopen("Salah.", by)
    pay_list.settle(by)

    pay_list.reopen("Salah jumlah.", by)
    pay_list.set_rows({key_of(pay_list, "Sumini"): (75_000, []), key_of(pay_list, "Karto"): (75_000, [])})
    pay_list.settle(by)

    assert total_of(pay_list.lines()) == 200_000
    settled = Entry.objects.filter(kind="pay.settled").order_by("number")
    assert [entry.facts["total"] for entry in settled] == [150_000, 200_000]
    assert Entry.objects.filter(kind="pay.reopened").count() == 1
    (notice,) = Notice.objects.of(User.objects.get(username="sumini"))
    assert "diperbaiki" in notice.text
    assert "75" not in notice.text


def test_nobody_paid_is_nothing_to_settle(by):
    activity = make_activity()
    activity.close(by)
    with pytest.raises(Refusal, match="Belum ada yang menerima"):
        make_pay_list(activity).settle(by)


def test_wages_are_counted_by_days_and_half_days_of_each_worker(work, by):
    pay_list = make_pay_list(work, basis="hok", rate=100_001)
    changed = pay_list.set_rows(
        {
            key_of(pay_list, "Paijo"): (120_000, [DAYS[1], date(2030, 1, 1)]),
            key_of(pay_list, "Tukiman"): (100_001, [DAYS[2]]),
        }
    )

    assert changed == 2
    told = [(line.name, line.worked, line.amount) for line in pay_list.lines()]
    assert told == [
        ("Paijo", Decimal("2.5"), 300_000),
        ("Slamet", 2, 200_002),
        ("Tukiman", Decimal("1.5"), 150_001),
        ("Slamet", 1, 100_001),
    ]
    pay_list.settle(by)
    assert Entry.objects.get(kind="pay.settled").facts["half_days_worked"] == 14
    assert [line.worked for line in pay_list.lines()] == [Decimal("2.5"), 2, Decimal("1.5"), 1]


def test_wages_of_a_week_are_settled_before_the_whole_work_is_over(by):
    work = make_activity(starts_at=FIRST, ends_at=FIRST + timedelta(hours=8))
    work.add_session(FIRST + timedelta(days=1))
    with clock.at(FIRST + timedelta(hours=1)):
        make_attendance(work, by=by, name="Paijo")
        first = make_pay_list(work, basis="hok", last_on=DAYS[0])
        with pytest.raises(Refusal, match="belum selesai"):
            first.settle(by)
    with clock.at(FIRST + timedelta(hours=9)):
        first.settle(by)
        with pytest.raises(Refusal, match="belum selesai"):
            make_pay_list(work, basis="hok", first_on=DAYS[1]).settle(by)

    assert amounts(first) == [("Paijo", 50_000)]


def test_no_day_of_work_is_paid_twice_and_none_is_without_a_sitting(work):
    make_pay_list(work, basis="hok", first_on=DAYS[0], last_on=DAYS[1])

    with pytest.raises(Refusal, match="Selasa, 7 Juli 2026 sudah masuk daftar upah lain"):
        make_pay_list(work, basis="hok", first_on=DAYS[1])
    with pytest.raises(Refusal, match="tidak mempunyai sesi"):
        make_pay_list(work, first_on=date(2026, 8, 1))
    assert [line.name for line in make_pay_list(work, basis="hok", first_on=DAYS[2]).lines()] == [
        "Paijo",
        "Tukiman",
    ]
    assert make_pay_list(work).lines()


def test_a_sheet_holds_a_month_and_a_day_with_two_sittings_is_one(work):
    work.add_session(FIRST + timedelta(hours=6), name="Siang")
    assert make_pay_list(work, basis="hok").days == DAYS
    for days in range(3, 32):
        work.add_session(FIRST + timedelta(days=days))

    with pytest.raises(Refusal, match="paling banyak 31 hari"):
        make_pay_list(work, basis="hok", first_on=DAYS[0])


@given(
    st.integers(0, 100_000_000),
    st.sets(st.integers(1, 28), min_size=1),
    st.sets(st.integers(1, 28)),
)
def test_a_wage_is_never_more_than_was_worked_and_less_by_under_a_rupiah(rate, worked, half):
    days = tuple(date(2026, 2, day) for day in sorted(worked))
    line = PayLine(
        1,
        frozenset(),
        "Paijo",
        "",
        None,
        days,
        rate,
        frozenset(days) & {date(2026, 2, d) for d in half},
        True,
    )

    exact = rate * sum(line.mark(day) for day in days)
    assert line.worked == sum(line.mark(day) for day in days)
    assert 0 <= exact - line.amount < 1
    assert isinstance(line.amount, int)


@pytest.mark.parametrize(
    ("written", "amount"),
    [("75000", 75_000), ("75.000", 75_000), ("Rp75.000", 75_000), ("Rp 1.250.000,00", 1_250_000), ("", 0)],
)
def test_rupiah_are_read_as_people_write_them(written, amount):
    assert RupiahField(required=False).clean(written) == amount


@pytest.mark.parametrize("written", ["75.50", "7,5", "-5", "seribu", "1.000.000.000", "75 000 0", "Rp"])
def test_what_is_no_whole_sum_is_asked_for_again(written):
    with pytest.raises(ValidationError):
        RupiahField().clean(written)


def test_a_scan_of_who_was_paid_is_never_public(meeting, by):
    stored = {"activity": meeting, "title": "Tanda terima", "file_id": 1, "added_at": clock.now()}
    with pytest.raises(IntegrityError, match="who_was_paid"), transaction.atomic():
        Evidence.objects.create(kind="tanda-terima", is_public=True, is_redacted=True, **stored)


# Paper


def test_the_receipt_says_who_gets_how_much_and_the_sum_in_words(meeting, by):
    meeting.close(by)
    pay_list = make_pay_list(meeting, charged_to="01.04.01 Penyelenggaraan Musyawarah")
    pay_list.set_rows({key_of(pay_list, "Karto"): (0, [])})

    sheet = pay_sheet_of(pay_list, PayOptions())

    assert [column.heading for column in sheet.columns] == [
        "No.",
        "Nama",
        "Jabatan/Unsur",
        "Jumlah (Rp)",
        "Tanda Tangan",
    ]
    assert [[cell.text for cell in row.cells][1:4] for row in sheet.rows] == [
        ["Sumini", "", "50.000"],
        ["Wagino", "", "50.000"],
    ]
    assert [cell.text for cell in sheet.total_cells] == ["100.000", ""]
    assert sheet.recap.line == "Terbilang: Seratus ribu rupiah"
    assert ("Dibebankan pada", "01.04.01 Penyelenggaraan Musyawarah") in [
        (fact.label, fact.value) for fact in sheet.facts
    ]
    assert [(group.heading, [one.role for one in group.signatories]) for group in sheet.signatures] == [
        ("", ["Pelaksana Kegiatan Anggaran", "Kaur Keuangan"]),
        ("Mengetahui,", [f"Kepala Desa {sheet.place}"]),
    ]


def test_before_anybody_came_the_invited_stand_there_and_the_sum_is_left_to_the_pen(meeting):
    meeting.invite(factories.make_person(name="Darmi"), by=factories.make_user())
    sheet = pay_sheet_of(make_pay_list(meeting), PayOptions(filling=Filling.INVITED))

    assert [[cell.text for cell in row.cells][1:4] for row in sheet.rows] == [["Darmi", "", "50.000"]]
    assert sheet.total_cells[0].text == ""
    assert sheet.recap.line.startswith("Terbilang: ....")


def test_the_village_says_who_signs_for_money(meeting):
    meeting.kind.signatories.create(text="Bendahara Panitia", paper="tanda-terima")

    (group,) = pay_sheet_of(make_pay_list(meeting), PayOptions()).signatures
    assert [one.role for one in group.signatories] == ["Bendahara Panitia"]
    hok = pay_sheet_of(make_pay_list(meeting, basis="hok"), PayOptions()).signatures
    assert hok[0].signatories[0].role == "Ketua TPK"


def test_the_work_list_shows_each_day_and_its_paper_sums_them(work, by):
    pay_list = make_pay_list(work, basis="hok", purpose="Upah padat karya talut", rate=100_000)
    pay_list.set_rows({key_of(pay_list, "Paijo"): (100_000, [DAYS[1]])})
    sheet = pay_sheet_of(pay_list, PayOptions(paper=Paper.A4_LANDSCAPE))

    first = [cell.text for cell in sheet.rows[0].cells]
    assert first[1:] == ["Paijo", "1", "½", "1", "2,5", "100.000", "250.000", "1."]
    assert [cell.text for cell in sheet.rows[2].cells][2:5] == ["–", "1", "1"]
    assert [cell.text for cell in sheet.total_cells][:4] == ["2", "3,5", "2", "7,5"]
    assert "Terbilang: Tujuh ratus lima puluh ribu rupiah" in printed(sheet).text

    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(sheet, at=AT)))
    rows = book.get_sheet_by_index(0).to_python()
    paijo = next(row for row in rows if row[1] == "Paijo")
    assert paijo[2:8] == [1, 0.5, 1, 2.5, 100_000, 250_000]
    assert next(row for row in rows if row[0] == "Jumlah")[2:8] == [2, 3.5, 2, 7.5, "", 750_000]


# Pages


def told(**fields):
    return {"basis": "orang", "purpose": "Uang transpor", "rate": "Rp50.000", "nonce": str(uuid4())} | fields


def test_a_treasurer_makes_changes_settles_and_corrects_a_list(client, meeting, by):
    meeting.close(by)
    client.force_login(by)
    new = reverse("attendance:pay_new", args=[meeting.pk])
    sent = told()
    assert client.post(new, sent).url == client.post(new, sent).url
    pay_list = PayList.objects.get()
    page, karto = pay_list.get_absolute_url(), key_of(pay_list, "Karto")
    assert "Rp150.000" in client.get(page).text
    assert {tray.label: tray.count for tray in waiting_for(by)}["Pembayaran kegiatan belum selesai"] == 1

    wrong = client.post(page, {f"rate-{karto}": "setengah juta"})
    assert wrong.status_code == 422
    assert "setengah juta" in wrong.text
    assert "Karto: Tulis rupiah tanpa sen" in wrong.text
    rows = {f"rate-{line.key}": "50.000" for line in pay_list.lines()} | {f"rate-{karto}": "25.000"}
    client.post(page, rows)
    assert "Rp125.000" in client.get(page).text
    client.post(reverse("attendance:pay_change", args=[meeting.pk, pay_list.pk]), told(rate="60.000"))
    assert dict(amounts(pay_list.__class__.objects.get()))["Sumini"] == 60_000

    settle = reverse("attendance:pay_settle", args=[meeting.pk, pay_list.pk])
    assert "Rp145.000" in client.get(settle).text
    client.post(settle)
    assert "Sudah dibayarkan" in client.get(page).text
    assert f"rate-{karto}" not in client.get(page).text
    reopen = reverse("attendance:pay_reopen", args=[meeting.pk, pay_list.pk])
    assert client.post(reopen, {"reason": ""}).status_code == 422
    client.post(reopen, {"reason": "Salah jumlah."})
    assert "Salah jumlah." in client.get(page).text
    client.post(reverse("attendance:pay_discard", args=[meeting.pk, pay_list.pk]))
    assert PayList.objects.exists()
    assert "Uang transpor" in client.get(reverse("admin:attendance_paylist_changelist")).text
    assert "Rp145.000" in client.get(reverse("admin:attendance_paylist_change", args=[pay_list.pk])).text


def test_half_days_are_ticked_and_what_no_sitting_had_is_refused(client, work, by):
    client.force_login(by)
    new = reverse("attendance:pay_new", args=[work.pk])
    answer = client.post(new, told(basis="hok", first_on="2026-09-01"))
    assert answer.status_code == 422
    assert "tidak mempunyai sesi" in answer.text
    client.post(new, told(basis="hok"))
    pay_list = PayList.objects.get()
    paijo = key_of(pay_list, "Paijo")

    client.post(
        pay_list.get_absolute_url(),
        {f"rate-{paijo}": "50.000", f"half-{paijo}": ["2026-07-07", "2026-07-08"]},
    )
    assert next(line.worked for line in pay_list.lines() if line.key == paijo) == 2
    page = client.get(pay_list.get_absolute_url()).text
    assert "Selasa, 7/7" in page

    discard = reverse("attendance:pay_discard", args=[work.pk, pay_list.pk])
    assert "belum pernah dibayarkan" in client.get(discard).text
    assert PayList.objects.exists()
    client.post(discard)
    assert not PayList.objects.exists()


def test_papers_go_out_to_those_who_pay_and_oversee_alone(client, meeting, by, neighbour):
    meeting.close(by)
    pay_list = make_pay_list(meeting)
    papers = [
        reverse(f"attendance:{name}", args=[meeting.pk, pay_list.pk]) for name in ("pay_pdf", "pay_xlsx")
    ]
    client.force_login(factories.make_official(Role.SUPERVISOR))
    for paper in papers:
        answer = client.get(paper)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert client.get(paper, {"kertas": "a3"}).status_code == 422
    assert client.post(pay_list.get_absolute_url(), {}).status_code == 403
    for visitor in (factories.make_resident(), factories.make_official(Role.OPERATOR)):
        client.force_login(visitor)
        assert client.get(pay_list.get_absolute_url()).status_code == 404
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.TREASURER))
    assert client.get(papers[0], headers={"host": "tetangga.testserver"}).status_code == 404


def test_the_internal_bundle_holds_what_was_settled_and_the_public_one_never(client, meeting, by):
    meeting.close(by)
    make_pay_list(meeting).settle(by)
    make_pay_list(meeting, purpose="Konsumsi")
    client.force_login(factories.make_official(Role.SECRETARY))

    paid = [name for name in internal(client, meeting) if "tanda-terima" in name]
    assert [name.rsplit(".")[-1] for name in paid] == ["pdf", "xlsx"]
    assert not [name for name in public(client, meeting) if "tanda-terima" in name]
