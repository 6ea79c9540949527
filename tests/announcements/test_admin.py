from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from announcements.models import Article, Attachment, Category, Picture
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.files.models import StoredFile
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests.announcements.factories import (
    make_article,
    make_attachment,
    make_category,
    make_draft,
    make_pdf,
    make_picture,
    make_stored,
    make_upload,
)
from tests.factories import make_official, make_region, make_resident, make_user

LIST = "/admin/announcements/article/"
ADD = f"{LIST}add/"


@pytest.fixture
def clerk(client, village):
    clerk = make_official(Role.OPERATOR)
    client.force_login(clerk)
    return clerk


def page_of(article):
    return f"{LIST}{article.pk}/change/"


def filled(article=None, **fields):
    """What the form sends for a new article, or for one as it stands."""
    attachments = list(article.attachments.all()) if article else []
    gallery = list(article.gallery.all()) if article else []
    sent = {
        "title": article.title if article else "Panen Raya",
        "category": (article.category if article else make_category()).pk,
        "summary": article.summary if article else "",
        "body": article.body if article else "<p>Ayo datang.</p>",
        "cover_alt": article.cover_alt if article else "",
        "author_name": article.author_name if article else "Administrator",
        "activity": "",
        "dated_at_0": "",
        "dated_at_1": "",
        "reads_before": article.reads_before if article else 0,
        "attachments-TOTAL_FORMS": len(attachments),
        "attachments-INITIAL_FORMS": len(attachments),
        "gallery-TOTAL_FORMS": len(gallery),
        "gallery-INITIAL_FORMS": len(gallery),
    }
    for number, attachment in enumerate(attachments):
        sent[f"attachments-{number}-id"] = attachment.pk
        sent[f"attachments-{number}-article"] = article.pk
        sent[f"attachments-{number}-title"] = attachment.title
        sent[f"attachments-{number}-order"] = attachment.order
    for number, picture in enumerate(gallery):
        sent[f"gallery-{number}-id"] = picture.pk
        sent[f"gallery-{number}-article"] = article.pk
        sent[f"gallery-{number}-alt"] = picture.alt
        sent[f"gallery-{number}-caption"] = picture.caption
        sent[f"gallery-{number}-order"] = picture.order
    return sent | fields


# Writing


def test_a_clerk_writes_a_draft(client, clerk):
    answer = client.post(ADD, filled(title="Panen Raya", body="<h2>Kapan</h2><p>Senin.</p>"))

    assert answer.status_code == 302
    article = Article.objects.get()
    assert article.state[1] == "Draf"
    assert article.written_by == clerk
    assert article.slug == "panen-raya"
    assert article.body == "<h2>Kapan</h2><p>Senin.</p>"
    assert not Entry.objects.filter(kind__startswith="article.").exists()


def test_a_clerk_writes_and_publishes_in_one_step(client, clerk):
    answer = client.post(ADD, filled(_publish="Simpan dan terbitkan"), follow=True)

    article = Article.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(article)
    assert "Artikel sudah tayang." in answer.content.decode()
    assert article.is_published
    assert article.published_by == clerk


def test_an_old_article_keeps_its_date_author_and_readers(client, clerk):
    client.post(
        ADD,
        filled(
            dated_at_0="22/12/2023",
            dated_at_1="10:00",
            author_name="Administrator",
            reads_before=35,
            _publish="1",
        ),
    )

    article = Article.objects.get()
    assert article.published_at == datetime(2023, 12, 22, 3, tzinfo=UTC)
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Jumat, 22 Desember 2023" in html
    assert "Dibaca 35 kali" in html


def test_several_attachments_and_a_cover_come_with_the_article(client, clerk):
    client.post(
        ADD,
        filled(
            cover_upload=make_upload("gerbang.jpg"),
            cover_alt="Gerbang desa",
            **{
                "attachments-TOTAL_FORMS": 2,
                "attachments-0-title": "",
                "attachments-0-upload": make_pdf("DAFTAR_HADIR%20musdes.pdf", "a"),
                "attachments-0-order": 0,
                "attachments-1-title": "Notulen",
                "attachments-1-upload": make_pdf("notulen.pdf", "b"),
                "attachments-1-order": 1,
            },
        ),
    )

    article = Article.objects.get()
    assert [each.title for each in article.attachments.all()] == ["DAFTAR HADIR musdes", "Notulen"]
    assert article.cover.media_type == "image/jpeg"
    assert article.cover.visibility == StoredFile.Visibility.PUBLIC
    html = client.get(page_of(article)).content.decode()
    assert "Gerbang desa" in html
    assert "PDF, 1 kB" in html


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": ""}, "title", "kosong"),
        ({"body": "<p></p>"}, "body", "kosong"),
        ({"body": "<script>alert(1)</script>"}, "body", "kosong"),
        ({"category": "999999"}, "category", ""),
        ({"dated_at_0": "22/12/2099", "dated_at_1": "10:00"}, "dated_at", "masa depan"),
        ({"dated_at_0": "besok", "dated_at_1": "pagi"}, "dated_at", ""),
        ({"reads_before": "-1"}, "reads_before", ""),
        ({"cover_upload": "jpg"}, "cover_alt", "sampul"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, clerk, wrong, field, sentence):
    if wrong.get("cover_upload"):
        wrong = {"cover_upload": make_upload()}

    answer = client.post(ADD, filled(**wrong))

    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == [field]
    assert sentence in str(errors[field])
    assert not Article.objects.exists()


@pytest.mark.parametrize("name", ["surat.pdf", "surat.html", "surat.svg", "surat.jpg"])
def test_an_upload_is_what_its_bytes_are(client, clerk, name):
    hostile = make_pdf(name)
    hostile.file.seek(0)
    hostile.file.truncate()
    hostile.file.write(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    hostile.size = hostile.file.tell()
    extra = {
        "attachments-TOTAL_FORMS": 1,
        "attachments-0-title": "Surat",
        "attachments-0-upload": hostile,
        "attachments-0-order": 0,
    }

    answer = client.post(ADD, filled(**extra))

    assert answer.status_code == 200
    assert answer.context["inline_admin_formsets"][0].formset.errors[0]["upload"]
    assert not Article.objects.exists()
    assert not Attachment.objects.exists()


def test_nothing_is_set_that_the_form_does_not_ask(client, clerk, village):
    other = make_user()
    extras = {
        "published_at": "2020-01-01",
        "published_at_0": "01/01/2020",
        "published_at_1": "10:00",
        "published_by": other.pk,
        "written_by": other.pk,
        "slug": "curang",
        "reads_kept": 9999,
        "archived_at": "2020-01-01",
        "topic": 1,
        "village": 99,
        "cover": 1,
    }

    client.post(ADD, filled(**extras))

    article = Article.objects.get()
    assert (article.published_at, article.published_by, article.archived_at, article.topic) == (None,) * 4
    assert article.written_by == clerk
    assert article.slug == "panen-raya"
    assert article.reads_kept == 0
    assert article.village_id == village.pk


def test_the_other_villages_categories_cannot_be_chosen(client, clerk, neighbour):
    with village_scope(neighbour):
        theirs = make_category(name="Kabar Tetangga")

    answer = client.post(ADD, filled(category=theirs.pk))

    assert "category" in answer.context["adminform"].form.errors
    assert "Kabar Tetangga" not in client.get(ADD).content.decode()


# Changing


def test_a_change_of_a_published_article_is_recorded(client, clerk):
    article = make_article(title="Panen Raya")
    make_attachment(article)

    answer = client.post(page_of(article), filled(article, title="Panen Raya Diundur"))

    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.title == "Panen Raya Diundur"
    assert article.slug == "panen-raya"
    assert Entry.objects.filter(kind="article.revised").count() == 1


def test_an_attachment_added_or_taken_off_is_a_change(client, clerk):
    article = make_article()
    attachment = make_attachment(article)
    article.revise(by=clerk)
    before = Entry.objects.filter(kind="article.revised").count()

    client.post(page_of(article), filled(article, **{"attachments-0-DELETE": "on"}))

    assert not Attachment.objects.filter(pk=attachment.pk).exists()
    assert Entry.objects.filter(kind="article.revised").count() == before + 1


def test_saving_without_a_change_records_nothing(client, clerk):
    article = make_article(body="<p>x</p>")
    make_attachment(article)
    article.revise(by=clerk)
    before = Entry.objects.count()

    client.post(page_of(article), filled(article))

    assert Entry.objects.count() == before


def test_a_cover_is_taken_off(client, clerk):
    article = make_draft(cover=make_stored(), cover_alt="Gerbang")

    client.post(page_of(article), filled(article, cover_removed="on"))

    article.refresh_from_db()
    assert article.cover is None


def test_a_secretary_changes_drafts_but_nothing_that_is_published(client, village):
    client.force_login(make_official(Role.SECRETARY))
    draft, article = make_draft(), make_article()

    assert client.post(page_of(draft), filled(draft, title="Lain", _publish="1")).status_code == 302
    assert client.post(page_of(article), filled(article, title="Lain")).status_code == 403

    draft.refresh_from_db()
    article.refresh_from_db()
    assert draft.title == "Lain"
    assert draft.published_at is None
    assert article.title != "Lain"
    assert "Simpan dan terbitkan" not in client.get(ADD).content.decode()


@pytest.mark.parametrize("role", [Role.VILLAGE_HEAD, Role.SUPERVISOR])
def test_those_who_watch_see_all_and_change_nothing(client, village, role):
    client.force_login(make_official(role))
    draft = make_draft()

    assert client.get(LIST).status_code == 200
    assert client.get(page_of(draft)).status_code == 200
    assert client.post(page_of(draft), filled(draft, title="Lain")).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.get(f"{LIST}{draft.pk}/terbitkan/").status_code == 403


def test_who_has_no_business_here_gets_nowhere(client, village, neighbour):
    draft = make_draft()
    with village_scope(neighbour):
        stranger = make_official(Role.OPERATOR)

    for visitor in (None, make_resident(), make_official(Role.PPID), stranger):
        client.logout()
        if visitor:
            client.force_login(visitor)
        for path in (
            LIST,
            ADD,
            page_of(draft),
            f"{LIST}{draft.pk}/terbitkan/",
            "/admin/announcements/picture/pilih/",
        ):
            assert client.get(path).status_code in {302, 403, 404}, (visitor, path)


def test_a_hamlet_head_finds_no_articles_in_admin(client, village):
    client.force_login(make_official(Role.HAMLET_HEAD, region=make_region()))

    assert client.get(LIST).status_code == 403


def test_a_clerk_works_in_his_own_village_alone(client, clerk, neighbour):
    with village_scope(neighbour):
        theirs = make_article(title="Kabar Tetangga")

    assert "Kabar Tetangga" not in client.get(LIST).content.decode()
    assert client.get(page_of(theirs)).status_code == 404
    assert client.post(f"{LIST}{theirs.pk}/arsipkan/", {"reason": "x"}).status_code == 404


# Acts


def act(client, article, address, **answers):
    return client.post(f"{LIST}{article.pk}/{address}/", answers)


def test_an_article_goes_through_all_its_states(client, clerk):
    article = make_draft()
    tomorrow = clock.now() + timedelta(days=1)
    local = timezone.localtime(tomorrow)

    act(client, article, "jadwalkan", at_0=local.strftime("%d/%m/%Y"), at_1=local.strftime("%H:%M:%S"))
    article.refresh_from_db()
    assert article.state[1] == "Dijadwalkan"
    assert article.scheduled_by == clerk

    act(client, article, "batalkan-jadwal")
    article.refresh_from_db()
    assert article.state[1] == "Draf"

    act(client, article, "terbitkan")
    article.refresh_from_db()
    assert article.state[1] == "Tayang"

    act(client, article, "arsipkan", reason="Memuat nomor telepon.")
    article.refresh_from_db()
    assert article.state[1] == "Diarsipkan"
    assert article.archived_by == clerk

    act(client, article, "tayangkan-lagi")
    article.refresh_from_db()
    assert article.state[1] == "Tayang"


@pytest.mark.parametrize(
    ("address", "answers"),
    [
        ("jadwalkan", {"at_0": "01/01/2020", "at_1": "08:00"}),
        ("jadwalkan", {"at_0": "kapan", "at_1": "saja"}),
        ("jadwalkan", {}),
    ],
)
def test_a_schedule_that_makes_no_sense_is_sent_back(client, clerk, address, answers):
    article = make_draft()

    answer = act(client, article, address, **answers)

    assert answer.status_code == 422
    article.refresh_from_db()
    assert article.scheduled_at is None


def test_archiving_needs_a_reason(client, clerk):
    article = make_article()

    assert act(client, article, "arsipkan", reason="  ").status_code == 422
    article.refresh_from_db()
    assert article.is_published


def test_an_act_that_no_longer_fits_changes_nothing(client, clerk):
    article = make_article()
    date = article.published_at

    answer = act(client, article, "terbitkan")

    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.published_at == date
    assert Entry.objects.filter(kind="article.published").count() == 1


def test_acts_happen_only_by_post(client, clerk):
    article = make_draft()

    assert client.get(f"{LIST}{article.pk}/terbitkan/").status_code == 200
    article.refresh_from_db()
    assert article.published_at is None
    assert client.get(f"{LIST}{article.pk}/hancurkan/").status_code == 404


def test_chosen_articles_are_published_together(client, clerk):
    drafts = [make_draft(), make_draft()]
    chosen = {"action": "publish_chosen", "_selected_action": [draft.pk for draft in drafts]}

    client.post(LIST, chosen)

    assert Article.objects.published().count() == 2


def test_chosen_articles_are_archived_after_the_reason_is_asked(client, clerk):
    article, draft = make_article(), make_draft()
    chosen = {"action": "archive_chosen", "_selected_action": [article.pk, draft.pk]}

    asked = client.post(LIST, chosen)
    assert "Alasan" in asked.content.decode()
    assert Article.objects.published().count() == 1
    client.post(LIST, chosen | {"reason": "Usang."})

    assert Article.objects.archived().get() == article
    draft.refresh_from_db()
    assert draft.state[1] == "Draf"


def test_a_secretary_has_no_actions_that_publish(client, village):
    client.force_login(make_official(Role.SECRETARY))
    draft = make_draft()

    client.post(LIST, {"action": "publish_chosen", "_selected_action": [draft.pk]})

    assert not Article.objects.published().exists()


def test_a_draft_is_deleted_a_published_article_is_not(client, clerk):
    draft, article = make_draft(), make_article()

    client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})
    assert client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})

    assert list(Article.objects.all()) == [article]


# The list


@pytest.mark.parametrize("state", ["draf", "terjadwal", "tayang", "arsip"])
def test_the_list_is_narrowed_by_state(client, clerk, state):
    make_draft(title="DRAFNYA")
    make_draft(title="JADWALNYA").schedule(clock.now() + timedelta(days=1), by=clerk)
    make_article(title="TAYANGNYA")
    make_article(title="ARSIPNYA").archive("x", by=clerk)
    words = {"draf": "DRAFNYA", "terjadwal": "JADWALNYA", "tayang": "TAYANGNYA", "arsip": "ARSIPNYA"}

    html = client.get(LIST, {"keadaan": state}).content.decode()

    assert [word for word in words.values() if word in html] == [words[state]]


def test_the_list_finds_words_by_their_roots(client, clerk):
    make_draft(title="Perencanaan Desa")
    make_draft(title="Lomba Bayi")

    html = client.get(LIST, {"q": "rencana"}).content.decode()

    assert "Perencanaan Desa" in html
    assert "Lomba Bayi" not in html


def test_the_list_asks_as_often_for_many_as_for_one(client, clerk):
    make_article()
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(15):
        make_article()
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(one)


def test_drafts_wait_for_the_clerk_who_publishes(client, clerk):
    make_draft()

    label = "Draf artikel menunggu diterbitkan"
    trays = {tray.label: tray for tray in waiting_for(clerk)}

    assert trays[label].count == 1
    assert "1 artikel" in client.get(trays[label].url).content.decode()
    assert label not in {tray.label for tray in waiting_for(make_official(Role.SECRETARY))}


# Pictures


def test_a_clerk_uploads_a_picture_in_the_editors_window(client, clerk):
    path = reverse("admin:announcements_picture_pick")

    answer = client.post(f"{path}?CKEditorFuncNum=-1", {"upload": make_upload(), "alt": "Rapat RT"})

    picture = Picture.objects.get()
    assert answer.status_code == 200
    assert picture.uploaded_by == clerk
    html = answer.content.decode()
    assert f'data-url="{picture.get_absolute_url()}"' in html
    assert "data-fresh" in html


def test_a_picture_needs_words_and_must_be_one(client, clerk):
    path = reverse("admin:announcements_picture_pick")

    assert client.post(path, {"upload": make_pdf("x.jpg"), "alt": "x"}).status_code == 422
    assert client.post(path, {"upload": make_upload(), "alt": ""}).status_code == 422
    assert not Picture.objects.exists()


def test_a_picture_in_use_is_not_deleted(client, clerk):
    picture = make_picture()
    make_draft(body=f'<figure><img src="{picture.get_absolute_url()}"></figure>')

    assert (
        client.post(f"/admin/announcements/picture/{picture.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert Picture.objects.exists()


def test_categories_are_kept_by_the_clerk(client, clerk):
    Category.objects.seed()
    sent = {"name": "Lomba", "slug": "lomba", "kind": "berita", "order": 9}
    answer = client.post("/admin/announcements/category/add/", sent)

    assert answer.status_code == 302
    assert Category.objects.filter(slug="lomba").exists()
