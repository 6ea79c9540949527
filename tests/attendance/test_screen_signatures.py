"""Signatures drawn on the desk's screen: internal, on the internal sheet alone, gone with their line."""

import base64
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from attendance.models import ScreenSignature
from attendance.public_roster import public_sheet_of
from attendance.roster import SheetOptions, sheet_of
from attendance.sheet import as_pdf
from partisipasi import clock
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Role
from partisipasi.residents.privacy import erase, export
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_kind
from tests.attendance.sheets import Printout


@pytest.fixture
def activity(village):
    return make_activity(kind=make_kind(signs_on_screen=True))


@pytest.fixture
def line(activity):
    return make_attendance(activity, name="Slamet")


def drawing(*, ink: bool = True, size=(600, 240)) -> bytes:
    picture = Image.new("RGBA", size)
    if ink:
        ImageDraw.Draw(picture).line([(20, 200), (150, 30), (300, 190), (560, 60)], "#10131a", 4)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def as_sent(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def at(line, name="desk_sign"):
    return reverse(f"attendance:{name}", args=[line.session.activity_id, line.pk])


def sign(line, by):
    return line.sign(SimpleUploadedFile("tanda.png", drawing(), "image/png"), by)


@pytest.mark.parametrize(
    ("kind_asks", "chosen", "asks"), [(False, True, 200), (True, False, 404), (True, None, 200)]
)
def test_one_activity_may_say_otherwise_than_its_kind(client, clerk, village, kind_asks, chosen, asks):
    once = make_activity(kind=make_kind(signs_on_screen=kind_asks), signs_on_screen=chosen)
    line = make_attendance(once, by=clerk)

    desk = client.get(f"/kegiatan/{once.pk}/meja/").text

    assert client.get(at(line)).status_code == asks
    assert ("data-sign " in desk) == (asks == 200)


def test_who_is_present_signs_on_the_screen(client, clerk, line):
    answer = client.post(at(line), {"drawn": as_sent(drawing())}, follow=True)

    signature = ScreenSignature.objects.get()
    assert (signature.attendance, signature.taken_by) == (line, clerk)
    assert signature.file.visibility == StoredFile.Visibility.INTERNAL
    text = answer.content.decode()
    assert "Slamet sudah bertanda tangan." in text
    assert "Tanda tangan lagi" in text


def test_a_second_signature_takes_the_place_of_the_first(client, clerk, line):
    for _ in range(2):
        client.post(at(line), {"drawn": as_sent(drawing())})

    assert ScreenSignature.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("", "masih kosong"),
        (as_sent(drawing(ink=False)), "masih kosong"),
        ("data:image/png;base64,%%%", "tidak terbaca"),
        ("data:image/svg+xml;base64,PHN2Zy8+", "tidak terbaca"),
        (as_sent(b"<svg onload=alert(1)>"), "Jenis berkas ini tidak diterima"),
        ("data:image/png;base64," + "A" * 250_000, "terlalu besar"),
    ],
)
def test_what_is_no_signature_is_refused(client, clerk, line, sent, sentence):
    answer = client.post(at(line), {"drawn": sent})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ScreenSignature.objects.exists()


def test_a_kind_that_does_not_ask_for_it_offers_nothing(client, clerk, village):
    line = make_attendance(make_activity())
    desk = reverse("attendance:desk", args=[line.session.activity_id])

    assert client.get(at(line)).status_code == 404
    assert client.post(at(line), {"drawn": as_sent(drawing())}).status_code == 404
    assert "data-sign hidden" not in client.get(desk).content.decode()
    assert not ScreenSignature.objects.exists()


def test_without_scripts_it_is_not_offered(client, clerk, line):
    desk = client.get(reverse("attendance:desk", args=[line.session.activity_id])).content.decode()

    assert "data-sign hidden" in desk
    assert '<form id="tanda-tangan"' in client.get(at(line)).content.decode()
    assert " hidden>" in client.get(at(line)).content.decode().split('<form id="tanda-tangan"')[1][:200]


def test_undoing_a_check_in_withdraws_the_signature(client, clerk, line):
    sign(line, clerk)

    line.undo("Salah orang.", clerk)

    assert not ScreenSignature.objects.exists()
    assert client.get(at(line, "signature_image")).status_code == 404
    assert client.post(at(line), {"drawn": as_sent(drawing())}).status_code == 404
    assert StoredFile.objects.unreferenced().count() == 1


def test_a_closed_list_takes_no_signature(client, clerk, line, activity):
    activity.close(clerk)

    answer = client.post(at(line), {"drawn": as_sent(drawing())}, follow=True)

    assert "sudah ditutup" in answer.content.decode()
    assert not ScreenSignature.objects.exists()


def test_only_who_sees_the_internal_list_sees_it(client, clerk, line):
    sign(line, clerk)
    for role, status in (
        (Role.SECRETARY, 200),
        (Role.SUPERVISOR, 200),
        (Role.OPERATOR, 404),
        (Role.MODERATOR, 404),
    ):
        client.force_login(factories.make_official(role))
        answer = client.get(at(line, "signature_image"))
        assert answer.status_code == status
        assert (answer.getvalue()[:4] == b"\x89PNG") == (status == 200)
    client.logout()
    assert client.get(at(line, "signature_image")).status_code == 302
    stored = ScreenSignature.objects.get().file
    assert client.get(reverse("file_detail", args=[stored.sha256, "x.png"])).status_code == 404


def test_it_is_printed_on_the_internal_sheet_and_absent_from_the_public_one(client, clerk, line, activity):
    make_attendance(activity, name="Darmini")
    sign(line, clerk)
    session = activity.sessions.get()

    internal = as_pdf(sheet_of(session, SheetOptions()), at=clock.now())
    public = as_pdf(public_sheet_of(session), at=clock.now())

    assert sum(len(page.images) for page in Printout(internal).pages) >= 1
    assert sum(len(page.images) for page in Printout(public).pages) == 0
    printed = client.get(reverse("attendance:sheet_print", args=[activity.pk])).content.decode()
    assert at(line, "signature_image") in printed
    client.logout()
    seen = client.get(reverse("attendance:attendance_list", args=[activity.pk])).content.decode()
    assert "tanda-tangan" not in seen


def test_erasure_takes_the_signature_and_the_copy_of_own_data_has_it(clerk, activity):
    person = factories.make_person(name="Aminah")
    line = activity.sessions.get().check_in(person, by=clerk)
    signature = sign(line, clerk)
    assert "tanda tangan di layar" in export(person)

    erase(person)

    line.refresh_from_db()
    assert line.name == "Aminah"
    assert not ScreenSignature.objects.filter(pk=signature.pk).exists()


def test_the_desk_s_queue_tells_where_to_sign(client, clerk, activity):
    session = activity.sessions.get()
    tap = {"nonce": str(uuid4()), "at": 1, "session": session.pk, "guest": {"name": "Karto"}}
    told = {"desk": str(uuid4()), "now": 2, "left": 0, "taps": [tap]}
    address = reverse("attendance:desk_queue", args=[activity.pk])

    (answer,) = client.post(address, told, content_type="application/json").json()["answers"]

    line = session.attendances.get()
    assert answer["sign"] == f"{at(line)}?sesi={session.pk}"
    plain = make_activity()
    tap |= {"nonce": str(uuid4()), "session": plain.sessions.get().pk}
    elsewhere = reverse("attendance:desk_queue", args=[plain.pk])
    (silent,) = client.post(elsewhere, told, content_type="application/json").json()["answers"]
    assert (silent["state"], silent["sign"]) == ("recorded", "")
