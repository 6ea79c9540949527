"""What stands on an article's page beside its text, and how readers find articles of one kind."""

import pytest

from announcements import showing
from announcements.models import Article, Category
from tests.announcements.factories import (
    make_article,
    make_category,
    make_draft,
    make_gallery_picture,
    make_picture,
    make_stored,
    make_upload,
)
from tests.announcements.test_feeds import ATOM, feed_of
from tests.announcements.test_views import MOST_STATEMENTS, html_of, page_of, statements, status_of
from tests.factories import make_user

# Pictures


def test_a_gallery_shows_its_pictures_in_their_order_with_newer_formats_first(client, village):
    article = make_article()
    make_gallery_picture(article, alt="KEDUA", order=2)
    first = make_gallery_picture(
        article, alt="PERTAMA", caption="Pagi hari", order=1, file=make_stored(make_upload(size=(1600, 900)))
    )

    html = html_of(page_of(client, article))

    assert html.index("PERTAMA") < html.index("KEDUA")
    assert "<figcaption>Pagi hari</figcaption>" in html
    avif, webp = html.index('<source type="image/avif"'), html.index('<source type="image/webp"')
    assert avif < webp < html.index(f'<img src="{first.file.public_url()}"')
    assert f"/berkas/{first.file.sha256}/lebar/800.avif 800w" in html
    assert 'width="1600" height="900" loading="lazy"' in html


def test_every_version_named_in_a_page_is_there_and_is_small(client, village):
    stored = make_stored(make_upload(size=(1600, 900)))
    make_gallery_picture(make_article(), file=stored)

    for version in stored.versions:
        path = f"/berkas/{stored.sha256}/lebar/{version['width']}.{version['form']}"
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"image/{version['form']}"
        assert len(b"".join(answer.streaming_content)) < stored.size
    assert {version["width"] for version in stored.versions} == {480, 800, 1200}
    assert status_of(client, f"/berkas/{stored.sha256}/lebar/999.avif") == 404


def test_a_drafts_gallery_is_not_there_for_everybody(client, village):
    picture = make_gallery_picture(make_draft())

    assert status_of(client, picture.file.public_url()) == 404
    assert status_of(client, f"/berkas/{picture.file.sha256}/lebar/480.avif") == 404


def test_pictures_in_the_text_and_the_cover_come_in_newer_formats_too(client, village):
    picture = make_picture()
    body = f'<figure><img src="{picture.get_absolute_url()}" alt="Rapat"></figure>'
    article = make_article(body=body, cover=make_stored(), cover_alt="Balai desa")

    html = html_of(page_of(client, article))

    assert html.count('<source type="image/avif"') == html.count("<picture>") == 2
    cover = html.partition('<figure class="cover">')[2].partition("</figure>")[0]
    assert 'alt="Balai desa"' in cover
    assert "lazy" not in cover


def test_a_page_with_everything_stays_within_its_statements(client, village):
    picture, category = make_picture(), make_category()
    body = f'<figure><img src="{picture.get_absolute_url()}" alt="x"></figure>'

    def whole(many):
        article = make_article(title="Panen padi", body=body, category=category, cover=make_stored())
        for number in range(many):
            make_gallery_picture(article, order=number)
            article.revise(by=make_user(), correction=f"Ralat {number}.")
            make_article(title=f"Panen {number}", category=category)
        return len(statements(client, article.get_absolute_url()))

    assert whole(1) == whole(4) <= MOST_STATEMENTS


# Related


def test_what_shares_words_is_near_then_what_shares_the_category(village):
    category = make_category()
    article = make_article(title="Panen padi di blok timur", category=category)
    same = make_article(title="Lomba bayi", category=category)
    shares = make_article(title="Memanen padi lebih awal")
    make_article(title="Jadwal posyandu")
    make_draft(title="Panen padi rahasia", category=category)

    assert list(showing.related_to(article)) == [shares, same]


def test_no_more_than_three_are_related(client, village):
    article, *_others = (make_article(title="Panen padi") for _ in range(5))

    assert len(showing.related_to(article)) == 3
    assert "Baca juga" in html_of(page_of(client, article))
    assert "Baca juga" not in html_of(page_of(client, make_article(title="Jentik")))


# Kinds


def test_categories_that_are_called_like_a_kind_are_of_it(village):
    Category.objects.seed()

    assert dict(Category.objects.values_list("slug", "kind")) == {
        "berita": "berita",
        "pengumuman": "pengumuman",
        "edukasi": "edukasi",
        "kegiatan-desa": "berita",
        "transparansi": "berita",
    }


def test_list_and_feed_are_narrowed_by_kind_and_category(client, village):
    lessons = make_category(name="Hak warga", slug="hak-warga", kind="edukasi")
    make_article(title="Cara bertanya", category=lessons)
    make_article(title="Panen raya")

    html = html_of(client.get("/informasi/", {"jenis": "edukasi"}))
    assert "Cara bertanya" in html
    assert "Panen raya" not in html
    assert 'href="/informasi/umpan.atom?jenis=edukasi"' in html
    assert "Umpan Atom: Hak warga" in html_of(client.get("/informasi/", {"kategori": "hak-warga"}))
    for query, name in (("jenis=edukasi", "Edukasi"), ("kategori=hak-warga", "Hak warga")):
        feed = feed_of(client, query_params=dict([query.split("=")]))
        assert feed.findtext("a:title", namespaces=ATOM).startswith(f"{name} Desa")
        assert [each.findtext("a:title", namespaces=ATOM) for each in feed.findall("a:entry", ATOM)] == [
            "Cara bertanya"
        ]
        own = feed.find("a:link[@rel='self']", ATOM).get("href")
        assert own.endswith(f"/informasi/umpan.atom?{query}")


@pytest.mark.parametrize("bad", ["jenis=rahasia", "kategori=tidak-ada"])
def test_a_feed_of_what_does_not_exist_is_not_found(client, village, bad):
    make_article()

    assert client.get(f"/informasi/umpan.atom?{bad}").status_code == 404
    assert client.get(f"/informasi/?{bad}").status_code == 422
    assert Article.objects.count() == 1


@pytest.mark.parametrize("number", [1, 4])
def test_articles_with_a_gallery_stand_together_as_albums(
    client, village, number, django_assert_max_num_queries
):
    for _ in range(number):
        article = make_article()
        for each in range(2):
            make_gallery_picture(article, alt=f"Gambar {each}")
    make_article(title="Tanpa gambar")

    with django_assert_max_num_queries(MOST_STATEMENTS):
        page = client.get("/informasi/galeri/").text

    assert page.count("2 foto ·") == number
    assert "Tanpa gambar" not in page
