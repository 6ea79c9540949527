"""Articles about an activity: on its page, and with its Daftar Hadir as a public attachment."""

import io

import pdfplumber
import pytest
from django.core.exceptions import ValidationError

from announcements.models import Attachment, ListStillOpen
from partisipasi.files.models import StoredFile
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests.announcements.factories import make_article, make_draft
from tests.attendance.factories import make_activity, make_attendance
from tests.factories import make_official, make_unsur, make_user

LIST = "/admin/announcements/article/"


def close(activity):
    activity.close(by=make_user())
    activity.refresh_from_db()
    return activity


@pytest.fixture
def closed(village):
    activity = make_activity(title="Musyawarah Desa RKP", names_public=True)
    farmers = make_unsur(name="Kelompok tani")
    make_attendance(
        activity,
        name="Suparti Lestari",
        unsur=farmers,
        phone="+628123456789",
        address="Jalan Melati 5",
    )
    make_attendance(activity, name="Bagus Wijaya", unsur=farmers)
    return close(activity)


def text_of(attachment):
    with attachment.file.content.open("rb") as stored, pdfplumber.open(io.BytesIO(stored.read())) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_an_activity_shows_what_was_written_about_it(client, village):
    activity = make_activity()
    make_article(title="Hasil Musyawarah", activity=activity)
    make_draft(title="Masih Ditulis", activity=activity)

    html = client.get(activity.get_absolute_url()).content.decode()

    assert "Hasil Musyawarah" in html
    assert "Masih Ditulis" not in html


def test_an_article_leads_to_its_activity(client, village):
    activity = make_activity(title="Musyawarah Desa RKP")
    article = make_article(activity=activity)

    html = client.get(article.get_absolute_url()).content.decode()

    assert "Musyawarah Desa RKP" in html
    assert activity.get_absolute_url() in html


def test_an_activity_that_is_not_announced_is_not_named(client, village):
    article = make_article(activity=make_activity(title="Belum Diumumkan", announced=False))

    assert "Belum Diumumkan" not in client.get(article.get_absolute_url()).content.decode()


def test_the_attached_list_shows_names_and_unsur_but_no_way_to_reach_anybody(village, closed):
    article = make_article(activity=closed)

    article.attach_attendance(by=make_user())

    attachment = article.attachments.get()
    assert attachment.title == "Daftar Hadir"
    assert attachment.file.media_type == "application/pdf"
    assert attachment.file.visibility == StoredFile.Visibility.PUBLIC
    text = text_of(attachment)
    for shown in (
        "DAFTAR HADIR",
        "MUSYAWARAH DESA RKP",
        "Suparti Lestari",
        "Kelompok tani",
        "Jumlah hadir: 2",
    ):
        assert shown in text
    for hidden in ("628123456789", "Melati", "Tanda Tangan"):
        assert hidden not in text


def test_a_village_that_shows_no_names_attaches_counts(village, closed):
    closed.names_public = False
    closed.save()
    article = make_article(activity=closed)

    article.attach_attendance(by=make_user())

    text = text_of(article.attachments.get())
    assert "Suparti" not in text
    assert "Kelompok tani" in text
    assert "Jumlah hadir: 2 orang" in text


def test_a_sensitive_unsur_beside_a_name_is_withheld_from_all(village):
    activity = make_activity(names_public=True)
    make_attendance(
        activity, name="Suparti Lestari", unsur=make_unsur(name="Masyarakat miskin", sensitive=True)
    )
    make_attendance(activity, name="Bagus Wijaya", unsur=make_unsur(name="Kelompok tani"))
    article = make_article(activity=close(activity))

    article.attach_attendance(by=make_user())

    text = text_of(article.attachments.get())
    assert "Suparti Lestari" in text
    assert "Masyarakat miskin" not in text
    assert "Kelompok tani" not in text
    assert "Unsur" not in text


def test_attaching_again_replaces_and_an_unchanged_list_records_nothing(village, closed):
    article = make_article(activity=closed)

    article.attach_attendance(by=make_user())
    article.attach_attendance(by=make_user())

    assert article.attachments.count() == 1
    assert Entry.objects.filter(kind="article.revised").count() == 1


def test_an_open_list_is_not_attached(village):
    article = make_draft(activity=make_activity())

    with pytest.raises(ListStillOpen):
        article.attach_attendance(by=make_user())
    with pytest.raises(ValidationError):
        make_draft().attach_attendance(by=make_user())

    assert not Attachment.objects.exists()


def test_a_clerk_attaches_the_list_in_one_step(client, village, closed):
    client.force_login(make_official(Role.OPERATOR))
    article = make_article(activity=closed)
    assert "Lampirkan daftar hadir" in client.get(f"{LIST}{article.pk}/change/").content.decode()

    client.post(f"{LIST}{article.pk}/lampirkan-daftar-hadir/")

    assert article.attachments.get().title == "Daftar Hadir"


def test_a_secretary_attaches_it_to_a_draft_only(client, village, closed):
    client.force_login(make_official(Role.SECRETARY))
    draft, article = make_draft(activity=closed), make_article(activity=closed)

    assert client.post(f"{LIST}{draft.pk}/lampirkan-daftar-hadir/").status_code == 302
    assert client.post(f"{LIST}{article.pk}/lampirkan-daftar-hadir/").status_code == 403

    assert draft.attachments.exists()
    assert not article.attachments.exists()
