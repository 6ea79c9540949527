from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from attendance.models import Evidence, Guest
from attendance.slots import Hanging, _slots, hangs_on_activity
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def upload(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("undangan.pdf", content, content_type="application/pdf")


def at(activity, name="activity_detail", *args):
    return reverse(f"attendance:{name}", args=[activity.pk, *args])


def page(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def status_of(client, address, **request):
    """The answer's status; a file is read to its end, which closes it."""
    answer = client.get(address, **request)
    b"".join(answer.streaming_content if answer.streaming else [])
    return answer.status_code


@pytest.fixture
def yesterday():
    return clock.now() - timedelta(days=1)


# The list


def test_the_list_begins_with_what_is_coming(client, village):
    make_activity(title="Kerja bakti lusa", starts_at=clock.now() + timedelta(days=2))
    make_activity(title="Rapat bulan lalu", starts_at=clock.now() - timedelta(days=30))

    text = page(client, "/kegiatan/")

    assert text.index("Kerja bakti lusa") < text.index("Rapat bulan lalu")
    assert "Akan datang" in text


def test_an_empty_list_says_what_will_stand_here(client, village):
    make_activity(announced=False)

    assert "Belum ada kegiatan" in page(client, "/kegiatan/")


def test_the_list_is_filtered_by_kind_and_year(client, village):
    training = make_kind(code="pelatihan", name="Pelatihan")
    make_activity(title="Pelatihan menjahit", kind=training)
    make_activity(title="Rapat biasa")

    text = page(client, "/kegiatan/", jenis="pelatihan", tahun=str(clock.today().year))

    assert "Pelatihan menjahit" in text
    assert "Rapat biasa" not in text
    assert "Rapat biasa" in page(client, "/kegiatan/", jenis="", tahun="")


@pytest.mark.parametrize(
    "query", [{"jenis": "tidak-ada"}, {"tahun": "1900"}, {"tahun": "abc"}, {"jenis": "'; --"}]
)
def test_a_bad_filter_says_so_and_shows_the_list(client, village, query):
    make_activity(title="Rapat biasa")

    answer = client.get("/kegiatan/", query)

    assert answer.status_code == 422
    assert "Rapat biasa" in answer.content.decode()


def test_past_activities_are_paged(client, village, yesterday):
    for number in range(21):
        make_activity(title=f"Rapat ke-{number}.", starts_at=yesterday - timedelta(days=number))

    first, second = page(client, "/kegiatan/"), page(client, "/kegiatan/", halaman=2)

    assert "Rapat ke-0." in first
    assert "Rapat ke-20." not in first
    assert "Rapat ke-20." in second


def test_three_activities_cost_no_more_queries_than_one(client, village, yesterday):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/kegiatan/", {"halaman": str(clock.now().timestamp())})
        return len(queries)

    make_activity(starts_at=yesterday, region=factories.make_region())
    make_activity(region=factories.make_region())
    one = count()
    for _ in range(2):
        make_activity(starts_at=yesterday, region=factories.make_region())
        make_activity(region=factories.make_region())

    assert count() == one


def test_other_villages_are_not_listed(client, village, neighbour):
    activity = make_activity(title="Rapat Sukaramah")

    answer = client.get("/kegiatan/", headers={"host": "tetangga.testserver"})

    assert "Rapat Sukaramah" not in answer.content.decode()
    assert client.get(at(activity), headers={"host": "tetangga.testserver"}).status_code == 404
    assert (
        client.get(at(activity, "attendance_list"), headers={"host": "tetangga.testserver"}).status_code
        == 404
    )


# One activity


def test_a_draft_is_not_found_by_residents_and_is_by_the_secretary(client, village):
    draft = make_activity(announced=False)

    assert client.get(at(draft)).status_code == 404
    assert client.get(at(draft, "attendance_list")).status_code == 404
    client.force_login(factories.make_official(Role.SECRETARY))
    assert "Masih draf" in page(client, at(draft))


def test_a_cancelled_activity_says_why(client, village):
    activity = make_activity()
    activity.cancel("Hujan lebat sejak pagi.", factories.make_user())

    text = page(client, at(activity))

    assert "Kegiatan ini dibatalkan" in text
    assert "Hujan lebat sejak pagi." in text
    assert "Kehadiran</h2>" not in text


def test_residents_are_offered_no_tools_of_officials(client, village):
    activity = make_activity()
    client.force_login(factories.make_resident())
    assert "meja" not in page(client, at(activity))

    client.force_login(factories.make_official(Role.SECRETARY))
    assert "Buka meja presensi" in page(client, at(activity))


def test_rooms_above_hang_their_things_on_the_page(client, village):
    activity = make_activity()
    hangs_on_activity("Berita")(lambda activity, user: [Hanging("Kabar musyawarah", "/informasi/kabar/")])
    try:
        text = page(client, at(activity))
    finally:
        del _slots["Berita"]

    assert '<a href="/informasi/kabar/">Kabar musyawarah</a>' in text


# Who came


def closed_activity(**fields):
    clerk = factories.make_user()
    activity = make_activity(**fields)
    poor = factories.make_unsur(name="Kelompok masyarakat miskin", sensitive=True)
    elder = factories.make_unsur(name="Tokoh adat")
    hidden = {"address": "Jalan Rahasia 9", "phone": "+628111222333"}
    region = factories.make_region(level_word="RT", name="Melati Tujuh")
    make_attendance(activity, name="Darmini", sex="P", unsur=poor, region=region, **hidden)
    make_attendance(activity, name="Warsito", sex="L", unsur=elder, **hidden)
    activity.close(clerk)
    return activity


def test_the_public_list_has_counts_and_no_names_unless_the_village_says_so(client, village):
    text = page(client, at(closed_activity(), "attendance_list"))

    assert "orang hadir: 1 laki-laki, 1 perempuan." in text
    assert "Tokoh adat" in text
    assert "Darmini" not in text


def test_names_never_stand_beside_a_sensitive_unsur_nor_beside_a_telling_gap(client, village):
    activity = closed_activity(names_public=True)

    text = page(client, at(activity, "attendance_list"))

    names = text[text.index("Yang hadir</caption>") :]
    assert "Darmini" in names
    assert "Warsito" in names
    assert "miskin" not in names
    assert "Tokoh adat" not in names
    assert "Kelompok masyarakat miskin" in text


def test_names_stand_with_their_unsur_where_none_is_sensitive(client, village):
    activity = make_activity(names_public=True)
    make_attendance(activity, name="Warsito", unsur=factories.make_unsur(name="Tokoh adat"))
    activity.close(factories.make_user())

    text = page(client, at(activity, "attendance_list"))

    assert "Tokoh adat" in text[text.index("Yang hadir</caption>") :]


@pytest.mark.parametrize("name", ["activity_detail", "attendance_list"])
def test_what_is_personal_is_never_public(client, village, name):
    text = page(client, at(closed_activity(names_public=True), name))

    for personal in ("Rahasia", "8111222333", "Melati Tujuh", "tanda tangan:"):
        assert personal not in text


def test_names_wait_until_the_list_is_closed(client, village):
    activity = make_activity(names_public=True)
    make_attendance(activity, name="Darmini")

    text = page(client, at(activity, "attendance_list"))

    assert "Hitungan sementara" in text
    assert "Darmini" not in text


def test_the_invited_are_counted_and_never_named(client, village):
    activity = make_activity(names_public=True)
    invitation = make_invitation(activity, whom=factories.make_person(name="Yang Diundang"))
    session = activity.sessions.get()
    session.check_in(Guest("Wakilnya"), stands_for=invitation, by=factories.make_user())
    activity.close(factories.make_user())

    text = page(client, at(activity, "attendance_list"))

    assert "dari 1 kursi undangan terisi, 1 di antaranya diwakili." in text
    assert "Yang Diundang" not in text


# Evidence


def add_evidence(activity, **fields):
    told = {"kind": Evidence.Kind.INVITATION, "title": "Undangan Musdes"} | fields
    return activity.add_evidence(upload(PDF + told["title"].encode()), by=factories.make_user(), **told)


def test_public_evidence_is_for_all_and_internal_for_officials(client, village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    activity = make_activity()
    public = add_evidence(activity, is_public=True)
    internal = add_evidence(activity, title="Pindaian bertanda tangan", kind=Evidence.Kind.ATTENDANCE)

    text = page(client, at(activity))
    opened = client.get(public.get_absolute_url())
    refused = client.get(internal.get_absolute_url())

    assert "Undangan Musdes" in text
    assert "Pindaian" not in text
    assert b"".join(opened.streaming_content) == PDF + b"Undangan Musdes"
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert refused.status_code == 404
    client.force_login(factories.make_official(Role.SUPERVISOR))
    assert status_of(client, internal.get_absolute_url()) == 200
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))
    assert status_of(client, internal.get_absolute_url()) == 404


def test_public_photos_are_shown_as_pictures(client, village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = BytesIO()
    Image.new("RGB", (64, 48), "green").save(picture, "PNG")
    activity = make_activity()
    photo = activity.add_evidence(
        SimpleUploadedFile("foto.png", picture.getvalue(), content_type="image/png"),
        kind=Evidence.Kind.DOCUMENTATION,
        title="Peserta di balai desa",
        by=factories.make_user(),
        is_public=True,
    )

    assert photo.file.preview_url in page(client, at(activity))
    assert status_of(client, photo.file.preview_url) == 200


def test_evidence_of_a_draft_or_another_village_is_not_found(client, village, neighbour, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    draft = add_evidence(make_activity(announced=False), is_public=True)
    public = add_evidence(make_activity(), is_public=True, title="Lain")

    assert status_of(client, draft.get_absolute_url()) == 404
    assert status_of(client, f"/berkas/{draft.file.sha256}/x.pdf") == 404
    elsewhere = {"host": "tetangga.testserver"}
    assert status_of(client, public.get_absolute_url(), headers=elsewhere) == 404
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))
    assert status_of(client, draft.get_absolute_url()) == 404
