"""A clerk writes, publishes and changes an article in admin; a resident reads it and answers."""

import pytest

from announcements.models import Article, Category
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories
from tests.announcements.factories import make_pdf, make_upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(village):
    Category.objects.seed()
    return factories.make_official(Role.OPERATOR, username="operator")


def upload(name, made):
    return {"name": name, "mimeType": made.content_type, "buffer": made.read()}


def open_new_article(page):
    page.goto("/admin/announcements/article/add/")
    page.locator(".ProseMirror").wait_for()


def tool(page, name):
    return page.get_by_role("toolbar", name="Bentuk teks").get_by_role("button", name=name, exact=True)


def test_a_clerk_publishes_with_the_rich_text_editor_and_a_resident_comments(
    page, clerk, context, sign_in, village, axe
):
    sign_in(page, clerk)
    open_new_article(page)
    axe(page)

    page.get_by_label("Judul:").fill("Posyandu Balita Bulan Ini")
    page.get_by_label("Kategori:").select_option(label="Pengumuman")
    page.get_by_label("Ringkasan:").fill("Jadwal posyandu untuk semua dusun.")
    text = page.get_by_role("textbox", name="Isi")
    text.click()
    tool(page, "Judul bagian").click()
    page.keyboard.type("Jadwal")
    page.keyboard.press("Enter")
    page.keyboard.type("Datang bersama balita Anda.")
    page.keyboard.press("Enter")
    tool(page, "Daftar butir").click()
    page.keyboard.type("Bawa buku KIA")
    page.keyboard.press("Enter")
    page.keyboard.type("Pukul 08.00")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    tool(page, "Sisipkan tabel").click()
    page.get_by_role("spinbutton", name="Kolom").fill("2")
    page.get_by_role("spinbutton", name="Baris").fill("2")
    page.locator("dialog").get_by_role("button", name="Sisipkan tabel").click()
    page.keyboard.type("Dusun Krajan")
    page.keyboard.press("Tab")
    page.keyboard.type("Senin")

    page.get_by_label("Gambar sampul:").set_input_files(upload("posyandu.jpg", make_upload()))
    page.get_by_label("Keterangan sampul:").fill("Ibu dan balita di balai dusun")
    page.get_by_text("Tambahkan Dokumen lampiran lagi").click()
    page.locator("#id_attachments-0-title").fill("Jadwal lengkap")
    page.locator("#id_attachments-0-upload").set_input_files(upload("jadwal.pdf", make_pdf()))
    axe(page)
    page.get_by_role("button", name="Simpan dan terbitkan").click()

    page.get_by_text("Artikel sudah tayang.").wait_for()
    article = Article.objects.get()
    assert article.is_published
    assert "<h2>Jadwal</h2>" in article.body
    assert "<li><p>Bawa buku KIA</p></li>" in article.body
    assert "Dusun Krajan" in article.body
    assert "<table>" in article.body
    assert article.attachments.get().title == "Jadwal lengkap"
    assert Entry.objects.filter(kind="article.published").count() == 1

    visitor = context.new_page()
    visitor.context.clear_cookies()
    sign_in(visitor, factories.make_resident(username="warga", verified_at=clock.now()))
    visitor.goto("/informasi/")
    axe(visitor)
    visitor.get_by_role("link", name="Posyandu Balita Bulan Ini").click()
    visitor.get_by_role("heading", name="Jadwal").wait_for()
    axe(visitor)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Jadwal lengkap").click()
    assert download.value.suggested_filename == "jadwal-lengkap.pdf"
    visitor.get_by_role("link", name="Tulis tanggapan").click()
    visitor.get_by_label("Tanggapan").fill("Apakah lansia juga diperiksa?")
    visitor.get_by_role("button", name="Kirim tanggapan").click()
    visitor.get_by_text("Apakah lansia juga diperiksa?").wait_for()
    assert article.topic_id
    assert article.topic.posts.get().is_readable
