"""A clerk writes, publishes and changes an article in admin; a resident reads it and answers."""

import pytest

from announcements.models import Article, Category, Picture
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories
from tests.announcements.factories import (
    make_article,
    make_attachment,
    make_draft,
    make_pdf,
    make_picture,
    make_stored,
    make_upload,
)

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
    assert page.get_by_label("Baris pertama sebagai kepala").locator("option").all_inner_texts() == [
        "Ya",
        "Tidak",
    ]
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
    assert "<table><tbody><tr><th>" in article.body
    assert article.attachments.get().title == "Jadwal lengkap"
    assert Entry.objects.filter(kind="article.published").count() == 1

    visitor = context.new_page()
    visitor.context.clear_cookies()
    sign_in(visitor, factories.make_resident(username="warga", verified_at=clock.now()))
    visitor.goto("/informasi/")
    visitor.get_by_role("heading", name="Informasi").wait_for()
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


def test_a_clerk_puts_a_picture_of_the_village_into_the_text(page, context, clerk, sign_in, village, axe):
    sign_in(page, clerk)
    open_new_article(page)
    page.get_by_label("Judul:").fill("Balai Desa Dicat Ulang")
    page.get_by_label("Kategori:").select_option(label="Berita")
    page.get_by_role("textbox", name="Isi").click()
    page.keyboard.type("Warga mengecat balai desa.")

    tool(page, "Sisipkan gambar").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Pilih atau unggah…").click()
    picker = opened.value
    picker.get_by_label("Gambar:", exact=True).wait_for()
    axe(picker)
    picker.get_by_label("Gambar:", exact=True).set_input_files(upload("balai.jpg", make_upload()))
    picker.get_by_label("Keterangan bagi yang tidak melihat gambar:").fill("Warga di atas tangga")
    with picker.expect_event("close"):
        picker.get_by_role("button", name="Unggah gambar").click()
    asked = page.locator("dialog[open]")
    assert (
        asked.get_by_label("Keterangan bagi yang tidak melihat gambar").input_value()
        == "Warga di atas tangga"
    )
    asked.get_by_label("Keterangan di bawah gambar").fill("Kerja bakti Minggu pagi")
    page.get_by_role("button", name="Sisipkan", exact=True).click()
    page.locator(".ProseMirror figure img").wait_for()
    page.get_by_role("button", name="Simpan dan terbitkan").click()
    page.get_by_text("Artikel sudah tayang.").wait_for()

    article = Article.objects.get()
    picture = Picture.objects.get()
    assert list(article.pictures.all()) == [picture]
    page.goto(article.get_absolute_url())
    shown = page.get_by_role("img", name="Warga di atas tangga")
    shown.scroll_into_view_if_needed()
    # Decoding fails for a picture that does not come, and waits for one that is still on its way.
    shown.evaluate("image => image.decode()")
    assert shown.evaluate("image => image.naturalWidth") > 0
    page.get_by_text("Kerja bakti Minggu pagi").wait_for()


def test_a_clerk_takes_a_picture_that_is_there(page, context, clerk, sign_in, village):
    picture = make_picture(alt="Gapura")
    sign_in(page, clerk)
    open_new_article(page)
    page.get_by_role("textbox", name="Isi").click()

    tool(page, "Sisipkan gambar").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Pilih atau unggah…").click()
    with opened.value.expect_event("close"):
        opened.value.get_by_role("button", name="Pakai: Gapura").click()
    page.get_by_role("button", name="Sisipkan", exact=True).click()

    src = page.locator(".ProseMirror figure img").get_attribute("src")
    assert src == picture.get_absolute_url()


def test_a_clerk_writes_by_keyboard_alone(page, clerk, sign_in, village):
    sign_in(page, clerk)
    open_new_article(page)
    page.get_by_label("Judul:").focus()
    page.keyboard.type("Rapat RT")
    page.get_by_label("Kategori:").focus()
    page.keyboard.type("Ber")
    tool(page, "Judul bagian").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Acara")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Malam ini")
    page.get_by_role("button", name="Simpan dan terbitkan").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Artikel sudah tayang.").wait_for()

    assert Article.objects.get().body == "<h2>Acara</h2><p><strong>Malam ini</strong></p>"


def test_a_clerk_schedules_and_archives_and_no_step_leaves_him_guessing(page, clerk, sign_in, village, axe):
    draft, article = make_draft(title="Besok Tayang"), make_article(title="Sudah Usang")
    sign_in(page, clerk)

    page.goto("/admin/announcements/article/")
    page.get_by_role("heading", name="Pilih artikel").wait_for()
    axe(page)
    page.get_by_role("link", name="Besok Tayang").click()
    page.get_by_role("link", name="Jadwalkan artikel").click()
    page.get_by_role("heading", name="Jadwalkan artikel").wait_for()
    axe(page)
    page.get_by_label("Tanggal:").fill("01/01/2020")
    page.get_by_label("Waktu:").fill("08:00")
    page.get_by_role("button", name="Jadwalkan artikel").click()
    page.get_by_text("Pilih waktu yang akan datang").wait_for()
    assert page.get_by_label("Tanggal:").input_value() == "01/01/2020"
    page.get_by_label("Tanggal:").fill("01/01/2099")
    page.get_by_role("button", name="Jadwalkan artikel").click()
    page.get_by_text("Artikel sudah dijadwalkan.").wait_for()
    page.get_by_text("Akan tayang Kamis, 1 Januari 2099, 08.00 WIB.").wait_for()

    page.goto(f"/admin/announcements/article/{article.pk}/change/")
    page.get_by_role("link", name="Arsipkan artikel").click()
    page.get_by_role("heading", name="Arsipkan artikel").wait_for()
    axe(page)
    page.get_by_label("Alasan:").fill("Jadwalnya sudah lewat.")
    page.get_by_role("button", name="Arsipkan artikel").click()
    page.get_by_text("Artikel sudah diarsipkan.").wait_for()

    draft.refresh_from_db()
    article.refresh_from_db()
    assert draft.state[1] == "Dijadwalkan"
    assert article.archived_reason == "Jadwalnya sudah lewat."


WIDE_TABLE = f"<table><tbody><tr>{'<td><p>Penanggungjawab</p></td>' * 8}</tr></tbody></table>"


def test_residents_read_at_320_pixels_without_javascript(browser, live_server, village):
    cover = make_stored()
    words = "<p>Pertanggungjawabanpelaksanaananggaranpendapatandanbelanjadesa tahun ini.</p>"
    article = make_article(
        title="Pertanggungjawaban Pelaksanaan APB Desa", body=words + WIDE_TABLE, cover=cover
    )
    make_attachment(
        article, title="Laporan_pertanggungjawaban_pelaksanaan_anggaran_pendapatan_dan_belanja_desa"
    )
    small = {"width": 320, "height": 640}
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=small)
    phone = context.new_page()

    for path in ("/informasi/", article.get_absolute_url()):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, path

    phone.get_by_role("link", name="WhatsApp").wait_for()
    assert phone.locator(".table-scroll").evaluate("frame => frame.scrollWidth > frame.clientWidth")
    context.close()


def test_a_list_of_articles_weighs_little(page, village, request):
    for color in ("teal", "brown", "olive"):
        make_article(cover=make_stored(make_upload(color=color)))
    page.goto("/informasi/")
    first = page.evaluate(
        "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"
    )

    assert first < 100_000
