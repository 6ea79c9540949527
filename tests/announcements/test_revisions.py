"""What stood before a change is kept, read side by side, and comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements.differences import Piece, blocks, compare, folded
from announcements.models import Article, Revision
from partisipasi.db import village_scope
from partisipasi.files.models import StoredFile
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents.models import Role
from tests.announcements.factories import (
    make_article,
    make_attachment,
    make_draft,
    make_gallery_picture,
    make_pdf,
    make_stored,
    make_upload,
)
from tests.announcements.test_admin import filled, page_of
from tests.announcements.test_views import status_of
from tests.factories import make_official, make_resident, make_user


@pytest.fixture
def clerk(client, village):
    clerk = make_official(Role.OPERATOR)
    client.force_login(clerk)
    return clerk


def titles(article):
    return list(article.revisions.order_by("number").values_list("title", flat=True))


def reworded(article, title, **how):
    article.title = title
    article.revise(**{"by": make_user()} | how)
    return article


def address(article, rest=""):
    return f"/admin/announcements/article/{article.pk}/revisi/{rest}"


# Keeping


def test_what_stood_before_is_kept_with_who_and_when(village):
    writer, reviser = make_user(), make_user()
    draft = make_draft(title="Kerja bakti", by=writer)

    reworded(draft, "Gotong royong", by=reviser)
    draft.revise(by=make_user())

    first, second = draft.revisions.order_by("number")
    assert (first.title, first.made_by, first.made_at) == ("Kerja bakti", writer, draft.created_at)
    assert (second.title, second.made_by) == ("Gotong royong", reviser)


def test_files_are_kept_with_the_words(client, clerk):
    article = make_article()
    gone = make_attachment(article, title="Notulen")
    picture = make_gallery_picture(article, alt="Balai desa", caption="Pagi hari")

    client.post(page_of(article), filled(article, **{"attachments-0-DELETE": "on", "gallery-0-DELETE": "on"}))

    before, after = article.revisions.order_by("number")
    assert [(each.title, each.file) for each in before.in_place("lampiran")] == [("Notulen", gone.file)]
    assert [(each.title, each.caption) for each in before.in_place("galeri")] == [("Balai desa", "Pagi hari")]
    assert not after.files.all()
    # The bytes stay while a revision points at them, for who works on articles alone.
    assert StoredFile.objects.referenced().filter(pk=picture.file_id).exists()
    assert status_of(client, picture.file.preview_url) == 200
    client.logout()
    assert status_of(client, picture.file.preview_url) == 404


def test_a_new_article_has_one_revision_with_its_attachments(client, clerk):
    attached = {"attachments-TOTAL_FORMS": 1, "attachments-0-upload": make_pdf("surat.pdf")}

    client.post("/admin/announcements/article/add/", filled(**attached, **{"attachments-0-order": 1}))

    assert [each.title for each in Revision.objects.get().in_place("lampiran")] == ["surat"]


# Bringing back


def test_a_revision_comes_back_whole_and_is_a_revision_itself(village):
    cover = make_stored(make_upload(color="olive"))
    article = make_article(title="Panen raya", body="<p>Senin.</p>", cover=cover, cover_alt="Sawah")
    stays, goes = make_attachment(article, title="Surat"), make_attachment(article, title="Denah")
    picture = make_gallery_picture(article)
    article.revise(by=make_user())
    goes.delete()
    picture.delete()
    make_attachment(article, title="Baru")
    article.title, article.body, article.cover, article.cover_alt = "Panen", "<p>Selasa.</p>", None, ""
    article.revise(by=make_user())
    recorded = Entry.objects.filter(kind="article.revised").count()

    article.restore(article.revisions.get(number=1), by=make_user(), correction="Harinya Senin.")

    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.title, fresh.body, fresh.cover, fresh.cover_alt) == (
        "Panen raya",
        "<p>Senin.</p>",
        cover,
        "Sawah",
    )
    assert {each.title for each in fresh.attachments.all()} == {"Surat", "Denah"}
    assert stays in fresh.attachments.all()
    assert [each.alt for each in fresh.gallery.all()] == [picture.alt]
    assert fresh.revisions.newest_first()[0].correction == "Harinya Senin."
    assert titles(fresh) == ["Panen raya", "Panen", "Panen raya"]
    assert Entry.objects.filter(kind="article.revised").count() == recorded + 1


def test_restoring_is_asked_first_and_told_in_the_list(client, clerk):
    article = reworded(make_article(title="Panen raya"), "Panen")

    asked = client.get(address(article, "1/pulihkan/"))
    assert "Apa yang diralat" in asked.content.decode()
    assert titles(article) == ["Panen raya", "Panen"]
    client.post(address(article, "1/pulihkan/"), {"correction": "Judulnya keliru."})
    client.post(address(article, "1/pulihkan/"), {"correction": "Judulnya keliru."})

    assert titles(article) == ["Panen raya", "Panen", "Panen raya"]
    assert "Judulnya keliru." in client.get(address(article)).content.decode()
    assert client.get(address(article, "9/pulihkan/")).status_code == 404


def test_who_may_read_and_who_may_bring_back(client, village, neighbour):
    article = reworded(make_article(), "Lain")

    client.force_login(make_official(Role.SECRETARY))
    assert client.get(address(article)).status_code == 200
    assert "Pulihkan" not in client.get(address(article)).content.decode()
    assert client.post(address(article, "1/pulihkan/"), {"correction": ""}).status_code == 403
    with village_scope(neighbour):
        stranger = make_official(Role.OPERATOR)
    for visitor in (stranger, make_resident(), make_official(Role.PPID)):
        client.force_login(visitor)
        assert client.get(address(article)).status_code in {302, 403, 404}
    assert titles(article)[-1] == "Lain"


# Comparing


def test_the_page_lays_the_newest_beside_what_stood_before(client, clerk):
    article = make_article(body="<p>Kumpul pukul 08.00 di <b>balai</b>.</p><p>Bawa cangkul.</p>")
    article.body = "<p>Kumpul pukul 07.00 di balai desa.</p><p>Bawa cangkul.</p><p>Ada sarapan.</p>"
    article.revise(by=clerk)

    html = client.get(address(article)).content.decode()

    for words in ("08.00", "balai."):
        assert f'<del><span class="visually-hidden">[dihapus: </span>{words}' in html
    assert '<ins><span class="visually-hidden">[ditambahkan: </span>07.00' in html
    assert "Ada sarapan." in html
    assert "<h3>Judul</h3>" not in html


def test_any_two_are_compared_and_what_is_not_there_is_said(client, clerk):
    article = reworded(reworded(make_article(title="Satu"), "Dua"), "Tiga")

    html = client.get(address(article), {"dari": 1, "ke": 3}).content.decode()
    assert "Dari revisi 1 ke revisi 3" in html
    assert "Dua" not in html.partition('class="difference"')[2]
    for bad in ({"dari": 7, "ke": 1}, {"dari": "x"}):
        answer = client.get(address(article), bad)
        assert answer.status_code == 422
        assert "Revisi itu tidak ada" in answer.content.decode()
    assert "belum pernah diubah" in client.get(address(make_draft())).content.decode()


def test_links_and_pictures_are_told_in_words():
    link = '<p>Lihat <a href="https://x.id/" rel="nofollow">denah</a></p>'
    text = f'{link}<figure><img src="/berkas/a/b.jpg" alt="Peta"></figure>'

    assert blocks(text) == ["Lihat denah (https://x.id/)", "[Gambar: Peta]"]


def test_a_row_is_told_as_one_and_what_is_far_from_a_change_is_folded():
    table = "<table><tbody><tr><td>Pipa</td><td><p>600 m</p></td></tr><tr><td>Bak</td><td>1</td></tr></tbody></table>"
    assert blocks(table) == ["Pipa | 600 m", "Bak | 1"]

    before = [f"paragraf {number}" for number in range(9)]
    shown = folded(compare(before, [*before[:7], "lain sekali", before[8]]))

    assert [block.unchanged for block in shown] == [6, 0, 0, 0, 0]


@given(*[st.lists(st.sampled_from(["a b", "a c", "b", "c a b", "a  b c"]), max_size=5)] * 2)
def test_a_difference_tells_all_of_both_texts(before, after):
    pieces = [piece for block in compare(before, after) for piece in block.pieces]

    def words(left_out):
        return " ".join(piece.words for piece in pieces if piece.kind != left_out).split()

    assert words("added") == " ".join(before).split()
    assert words("removed") == " ".join(after).split()


def test_a_word_is_marked_and_not_the_whole_paragraph():
    [block] = compare(["Kumpul pukul 08.00 di balai"], ["Kumpul pukul 07.00 di balai"])

    assert block.pieces == [
        Piece("same", "Kumpul pukul "),
        Piece("removed", "08.00 "),
        Piece("added", "07.00 "),
        Piece("same", "di balai"),
    ]


# Ralat


def test_readers_see_what_was_corrected_and_when(client, clerk):
    article = make_article(title="Kerja bakti")
    sent = filled(article, title="Kerja bakti Minggu", correction="Bukan Sabtu, melainkan Minggu.")

    client.post(page_of(article), sent)
    client.post(page_of(article), sent)

    client.logout()
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Diperbarui" in html
    assert html.count("Bukan Sabtu, melainkan Minggu.") == 1
    entry = Entry.objects.get(kind="article.revised")
    assert "Sabtu" not in str(entry.facts)
    assert Seal.objects.filter(entry=entry, name="correction").exists()


def test_a_correction_alone_is_a_change_and_a_draft_has_none(village):
    article, draft = make_article(), make_draft()

    article.revise(by=make_user(), correction="Angka pada tabel dalam juta rupiah.")
    draft.revise(by=make_user(), correction="Tidak ada pembaca.")

    article.refresh_from_db()
    assert article.revised_at
    assert not Revision.objects.filter(article=draft).exclude(correction="").exists()


def test_corrections_stand_newest_first(client, village):
    article = make_article()
    for words in ("RALAT-LAMA", "RALAT-BARU"):
        article.revise(by=make_user(), correction=words)

    html = client.get(article.get_absolute_url()).content.decode()

    assert html.index("RALAT-BARU") < html.index("RALAT-LAMA")
