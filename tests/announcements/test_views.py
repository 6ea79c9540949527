from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.models import Article, Attachment
from partisipasi import clock
from partisipasi.db import village_scope
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
from tests.hostile import HOSTILE

MOST_STATEMENTS = 8


def page_of(client, article, **extra):
    return client.get(article.get_absolute_url(), **extra)


def html_of(response):
    return response.content.decode()


def status_of(client, path, **extra):
    """What the portal answers; a file's bytes are read to their end, as a browser would."""
    answer = client.get(path, **extra)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


# The list


def test_the_list_shows_what_is_published_and_nothing_else(client, village, neighbour):
    make_article(title="Panen Raya")
    make_draft(title="Masih Rahasia")
    make_article(title="Sudah Diarsipkan").archive("Usang.", by=make_user())
    with village_scope(neighbour):
        make_article(title="Kabar Tetangga")

    answer = client.get("/informasi/")

    assert answer.status_code == 200
    html = html_of(answer)
    assert "Panen Raya" in html
    for absent in ("Masih Rahasia", "Sudah Diarsipkan", "Kabar Tetangga"):
        assert absent not in html


def test_an_empty_list_says_what_will_stand_here(client, village):
    assert "Belum ada artikel" in html_of(client.get("/informasi/"))


def test_the_list_is_narrowed_by_category_and_year(client, village):
    lessons = make_category(name="Edukasi", slug="edukasi")
    make_article(title="Hak Anda", category=lessons, dated_at=datetime(2023, 12, 22, 3, tzinfo=UTC))
    make_article(title="Lomba Desa")

    assert "Lomba Desa" not in html_of(client.get("/informasi/", {"kategori": "edukasi"}))
    assert "Lomba Desa" not in html_of(client.get("/informasi/", {"tahun": "2023"}))
    assert "Hak Anda" in html_of(client.get("/informasi/", {"kategori": "edukasi", "tahun": "2023"}))
    this_year = {"kategori": "edukasi", "tahun": clock.today().year}
    assert "Tidak ada artikel yang cocok" in html_of(client.get("/informasi/", this_year))


def test_the_year_is_the_villages_own(client, village):
    village.time_zone = "Asia/Jayapura"
    village.save()
    make_article(title="Tahun Baru", dated_at=datetime(2023, 12, 31, 16, tzinfo=UTC))

    assert "Tahun Baru" in html_of(client.get("/informasi/", {"tahun": "2024"}))


@pytest.mark.parametrize(
    "bad", [{"kategori": "tidak-ada"}, {"tahun": "x"}, {"tahun": "1"}, {"kategori": "\0"}]
)
def test_a_filter_that_means_nothing_is_said_to_be_so(client, village, bad):
    make_article(title="Lomba Desa")

    answer = client.get("/informasi/", bad)

    assert answer.status_code == 422
    assert "Lomba Desa" not in html_of(answer)


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "1e9"])
def test_a_page_that_is_not_there_is_the_nearest(client, village, number):
    make_article(title="Lomba Desa")

    assert "Lomba Desa" in html_of(client.get("/informasi/", {"halaman": number}))


def test_pages_keep_the_filter(client, village):
    category = make_category(slug="berita", name="Berita")
    for _ in range(11):
        make_article(category=category)

    html = html_of(client.get("/informasi/", {"kategori": "berita"}))

    assert "Halaman 1 dari 2" in html
    assert "kategori=berita&amp;halaman=2" in html


def statements(client, path, **params):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path, params).status_code == 200
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def test_the_list_asks_the_database_as_often_for_many_as_for_one(client, village):
    cover = make_stored()
    make_article(cover=cover)
    one = statements(client, "/informasi/")
    for _ in range(40):
        make_article(cover=cover, title="Kabar")

    many = statements(client, "/informasi/", halaman=1)

    assert len(one) == len(many) <= MOST_STATEMENTS


# The article


def test_an_article_shows_all_that_belongs_to_it(client, village):
    article = make_article(
        title="Musyawarah Desa",
        body="<h2>Hasil</h2><p>Sepakat.</p>",
        author_name="Administrator",
        reads_before=35,
        cover=make_stored(),
        cover_alt="Warga duduk melingkar",
        dated_at=datetime(2023, 12, 22, 3, tzinfo=UTC),
    )
    make_attachment(article, title="Daftar Hadir")

    html = html_of(page_of(client, article))

    assert "<h1>Musyawarah Desa</h1>" in html
    for shown in (
        "Jumat, 22 Desember 2023",
        "Administrator",
        "Dibaca 35 kali",
        "<h2>Hasil</h2>",
        'alt="Warga duduk melingkar"',
        "Dokumen Lampiran",
        "Daftar Hadir",
        "PDF",
        "wa.me",
        "Tulis tanggapan",
        "/informasi/musyawarah-desa/dibaca.gif",
    ):
        assert shown in html


def test_the_preview_of_links_has_absolute_addresses_of_the_village(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"
    article = make_article(title='Rapat "RT" & RW', summary="Ringkas.", cover=make_stored())

    html = html_of(page_of(client, article, headers={"host": "testserver"}))

    assert f'<meta property="og:url" content="https://testserver{article.get_absolute_url()}">' in html
    assert f'<meta property="og:image" content="https://testserver{article.cover.public_url()}">' in html
    assert '<meta property="og:title" content="Rapat &quot;RT&quot; &amp; RW">' in html
    assert '<meta property="og:description" content="Ringkas.">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html


@pytest.mark.parametrize("who", ["anonymous", "resident", "ppid", "hamlet head"])
def test_a_draft_is_not_there_for_those_who_do_not_work_on_it(client, village, who):
    visitor = {
        "resident": lambda: make_resident(),
        "ppid": lambda: make_official(Role.PPID),
        "hamlet head": lambda: make_official(Role.HAMLET_HEAD, region=make_region()),
    }.get(who)
    if visitor:
        client.force_login(visitor())
    draft = make_draft(cover=make_stored())
    attachment = make_attachment(draft)

    assert page_of(client, draft).status_code == 404
    assert status_of(client, attachment.get_absolute_url()) == 404
    assert status_of(client, draft.cover.public_url()) == 404
    assert status_of(client, attachment.file.public_url()) == 404
    assert status_of(client, f"{draft.get_absolute_url()}dibaca.gif") == 404


def test_a_clerk_previews_a_draft_uncached_and_marked(client, village):
    client.force_login(make_official(Role.SECRETARY))
    draft = make_draft(cover=make_stored())
    attachment = make_attachment(draft)

    answer = page_of(client, draft)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    html = html_of(answer)
    assert "Draf" in html
    assert "dibaca.gif" not in html
    assert "Bagikan" not in html
    assert status_of(client, attachment.get_absolute_url()) == 200
    assert status_of(client, draft.cover.public_url()) == 200


def test_a_clerk_of_the_neighbour_sees_no_draft_of_ours(client, village, neighbour):
    with village_scope(neighbour):
        clerk = make_official(Role.OPERATOR)
    client.force_login(clerk)

    assert page_of(client, make_draft()).status_code == 404


def test_an_archived_article_is_gone_with_its_comments_and_files(client, village):
    article = make_article()
    attachment = make_attachment(article)
    article.archive("Memuat alamat warga.", by=make_user())

    assert page_of(client, article).status_code == 404
    assert status_of(client, attachment.get_absolute_url()) == 404
    client.force_login(make_official(Role.OPERATOR))
    html = html_of(page_of(client, article))
    assert "Memuat alamat warga." in html


def test_the_other_village_knows_none_of_it(client, village, neighbour):
    article = make_article()
    attachment = make_attachment(article)
    there = {"headers": {"host": "tetangga.testserver"}}

    assert page_of(client, article, **there).status_code == 404
    assert status_of(client, attachment.get_absolute_url(), **there) == 404
    assert status_of(client, attachment.file.public_url(), **there) == 404
    assert status_of(client, f"{article.get_absolute_url()}dibaca.gif", **there) == 404
    assert article.title not in html_of(client.get("/informasi/", **there))
    assert article.title not in html_of(client.get("/informasi/umpan.atom", **there))


def test_pages_only_answer_to_reading(client, village):
    article = make_article()
    paths = (
        "/informasi/",
        article.get_absolute_url(),
        f"{article.get_absolute_url()}dibaca.gif",
        "/informasi/umpan.atom",
    )

    for path in paths:
        assert client.post(path, {"title": "Diubah"}).status_code == 405
    assert Article.objects.get().title == article.title


@pytest.mark.parametrize("path", ["/informasi/", "article", "/informasi/umpan.atom", "counter"])
def test_public_pages_set_no_cookie_and_carry_no_token(client, village, path):
    article = make_article(body="<p>x</p>")
    path = {"article": article.get_absolute_url(), "counter": f"{article.get_absolute_url()}dibaca.gif"}.get(
        path, path
    )

    answer = client.get(path)

    assert answer.status_code == 200
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


def test_a_page_for_one_is_not_shown_to_another(client, village):
    clerk, article = make_official(Role.OPERATOR, username="petugasnya"), make_article()
    client.force_login(clerk)
    assert "petugasnya" in html_of(page_of(client, article)).lower()

    client.logout()
    assert "petugasnya" not in html_of(page_of(client, article)).lower()

    client.force_login(clerk)
    assert "petugasnya" in html_of(page_of(client, article)).lower()


def test_a_whole_article_stays_within_the_statements_of_a_page(client, village):
    picture = make_picture()

    def whole(attachments, comments):
        body = f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        article = make_article(body=body, cover=make_stored())
        for number in range(attachments):
            make_attachment(article, title=f"Lampiran {number}")
        for _ in range(comments):
            article.topic.reply(author=make_official(Role.OPERATOR), body="Terima kasih.")
        return len(statements(client, article.get_absolute_url()))

    assert whole(1, 1) == whole(5, 20) <= MOST_STATEMENTS


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words_everywhere(client, village, hostile):
    if not hostile.strip():
        return
    article = make_draft(
        title=hostile[:160],
        summary=hostile[:300],
        author_name=hostile[:80],
        body=f"<p>{hostile}</p>",
        cover_alt="x",
    )
    article.publish(by=make_user())
    attachment = make_attachment(article, title=hostile.replace("\0", "")[:160])

    pages = [page_of(client, article), client.get("/informasi/"), client.get("/informasi/umpan.atom")]

    for answer in pages:
        assert answer.status_code == 200
        html = html_of(answer)
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
        assert "<svg onload" not in html
    downloaded = client.get(attachment.get_absolute_url())
    assert downloaded.status_code == 200
    assert b"".join(downloaded.streaming_content)
    assert "\n" not in downloaded["Content-Disposition"]


# Attachments


def test_an_attachment_is_downloaded_under_its_title(client, village):
    article = make_article()
    attachment = make_attachment(article, title="Daftar Hadir", upload=make_pdf("../../jahat.html"))

    answer = client.get(attachment.get_absolute_url())

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'filename="daftar-hadir.pdf"' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_an_attachment_hangs_on_its_own_article_alone(client, village):
    attachment = make_attachment(make_article())
    other = make_article(title="Artikel lain")

    assert status_of(client, f"/informasi/{other.slug}/lampiran/{attachment.pk}/x.pdf") == 404
    assert Attachment.objects.count() == 1


# Pictures in the text


def test_a_picture_appears_with_its_article(client, village):
    picture = make_picture()
    body = f'<figure><img src="{picture.get_absolute_url()}" alt="Rapat"></figure>'
    article = make_draft(body=body)
    assert status_of(client, picture.get_absolute_url()) == 404

    article.publish(by=make_user())

    assert status_of(client, picture.get_absolute_url()) == 200
    html = html_of(page_of(client, article))
    assert f'src="{picture.get_absolute_url()}" alt="Rapat"' in html
    assert f'srcset="{picture.file.preview_url} 480w, {picture.file.public_url()} 640w"' in html
    assert 'width="640" height="480" loading="lazy"' in html


def test_an_uploaded_picture_that_no_article_uses_is_shown_to_clerks_alone(client, village):
    picture = make_picture(file=make_stored(make_upload(color="pink")))

    assert status_of(client, picture.get_absolute_url()) == 404
    client.force_login(make_official(Role.OPERATOR))
    assert status_of(client, picture.get_absolute_url()) == 200


# When it changes


def test_a_scheduled_article_is_not_there_before_its_time(client, village):
    article = make_draft()
    article.schedule(clock.now() + timedelta(hours=1), by=make_user())

    assert page_of(client, article).status_code == 404
