"""Following a page, and telling people by WhatsApp: on a phone, and through axe."""

import pytest

from partisipasi.residents.models import Follow, Message, Role
from tests import factories
from tests.announcements.factories import make_article
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args) -> dict:
    return browser_context_args | {"viewport": PHONE}


def test_a_resident_follows_an_article_reads_what_is_new_and_gives_it_up(page, village, sign_in, axe):
    reader, article = factories.make_resident("siti"), make_article(title="Jadwal posyandu")
    sign_in(page, reader)
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Ikuti halaman ini").click()
    axe(page)
    page.get_by_role("button", name="Ikuti halaman ini").click()
    page.get_by_text("Anda mengikuti halaman ini").wait_for()
    article.body = "<p>Pukul sembilan.</p>"
    article.revise(by=factories.make_user())

    page.goto("/")
    page.get_by_role("link", name="Kabar 1 belum dibaca").click()
    axe(page)
    page.get_by_role("link", name="Diperbarui: Jadwal posyandu.").click()
    page.get_by_role("heading", level=1, name="Jadwal posyandu").wait_for()

    page.goto("/akun/pemberitahuan/atur/")
    axe(page)
    page.goto("/akun/ikutan/")
    axe(page)
    page.get_by_role("button", name="Berhenti mengikuti Jadwal posyandu").click()
    page.get_by_text("Anda belum mengikuti apa pun").wait_for()
    assert not Follow.objects.standing().exists()


def test_the_secretary_tells_people_one_by_one_on_his_phone(page, village, sign_in, axe):
    secretary = factories.make_official(Role.SECRETARY, username="sekretaris")
    hamlet = factories.make_region(name="Krajan")
    factories.make_person(name="Siti Rohmah", phone="+6281234567890", region=hamlet)
    factories.make_person(name="Ani Lestari", region=hamlet)
    sign_in(page, secretary)

    page.goto("/perangkat/pesan/baru/")
    axe(page, sizes=(PHONE,))
    page.get_by_label("Wilayah").select_option(label="Dusun Krajan")
    page.get_by_role("button", name="Tampilkan orang").click()
    page.get_by_label("Nama daftar").fill("Undangan musdus")
    page.get_by_label("Teks pesan").fill("Yth. {nama}, kami undang.")
    axe(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Buat daftar pesan").click()
    page.get_by_text("0 dari 2 sudah disampaikan").wait_for()
    axe(page)
    page.set_viewport_size(PHONE)
    opens = page.get_by_role("link", name="WhatsApp kepada Siti Rohmah").get_attribute("href")
    assert opens == "https://wa.me/6281234567890?text=Yth.%20Siti%20Rohmah%2C%20kami%20undang."
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_role("button", name="Tandai sudah disampaikan kepada Siti Rohmah").click()
    page.get_by_text("1 dari 2 sudah disampaikan").wait_for()
    page.get_by_role("link", name="Tanpa nomor (1)").click()
    page.get_by_role("button", name="Tandai sudah disampaikan kepada Ani Lestari").click()
    page.get_by_role("link", name="Sudah (2)").wait_for()

    assert not Message.objects.waiting().exists()
