"""Signing up, in and out: by keyboard alone, on a phone, and in admin."""

import pytest

from partisipasi import clock
from partisipasi.residents.models import Person, Role, User
from tests import factories
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def type_into(page, label, text):
    """Tab to the field with this label, as somebody without a mouse does, and type."""
    for _ in range(60):
        if page.evaluate("document.activeElement?.labels?.[0]?.textContent.trim() ?? ''").startswith(label):
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {label}")


def focus_on(page, name):
    for _ in range(60):
        if page.evaluate("document.activeElement?.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {name}")


def test_somebody_signs_up_out_and_in_again_by_keyboard(page, village, live_server):
    page.goto("/akun/daftar/")
    type_into(page, "Nama pengguna", "sri.rahayu")
    type_into(page, "Kata sandi", factories.PASSWORD)
    type_into(page, "Kata sandi sekali lagi", factories.PASSWORD)
    page.get_by_label("menyimpan nama akun").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    assert User.objects.get().username == "sri.rahayu"

    page.goto("/akun/")
    focus_on(page, "Keluar")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")

    page.goto("/akun/")
    assert "/akun/masuk/?next=/akun/" in page.url
    type_into(page, "Nama pengguna", "sri.rahayu")
    type_into(page, "Kata sandi", factories.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/akun/")
    assert page.get_by_role("heading", level=1).text_content() == "sri.rahayu"


def test_a_mistake_is_told_on_top_and_its_line_leads_to_the_field(page):
    page.set_viewport_size(PHONE)
    page.goto("/akun/daftar/")
    page.get_by_label("Nama pengguna").fill("0812")
    page.get_by_role("button", name="Daftar").click()

    page.get_by_role("alert").get_by_role("link").first.click()

    assert page.evaluate("location.hash") == "#id_username"
    assert page.get_by_label("Nama pengguna").input_value() == "0812"


def test_accounts_work_without_scripts(browser, live_server, village):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/akun/daftar/")
    page.get_by_label("Nama pengguna").fill("sri.rahayu")
    page.get_by_label("Kata sandi", exact=False).first.fill(factories.PASSWORD)
    page.get_by_label("Kata sandi sekali lagi").fill(factories.PASSWORD)
    page.get_by_label("menyimpan nama akun").check()
    page.get_by_role("button", name="Daftar").click()
    context.close()

    assert User.objects.get().username == "sri.rahayu"


PAGES_OUTSIDE = [
    "/akun/masuk/",
    "/akun/daftar/",
    "/akun/sandi/lupa/",
    "/akun/sandi/lupa/terkirim/",
    "/akun/surel/salah/",
]
PAGES_INSIDE = [
    "/akun/",
    "/akun/nomor-hp/",
    "/akun/surel/",
    "/akun/sandi/",
    "/akun/keluar/",
    "/akun/2fa/",
    "/akun/2fa/aktifkan/",
]


@pytest.mark.parametrize("path", PAGES_OUTSIDE)
def test_pages_before_signing_in_are_for_everybody(page, axe, path):
    page.goto(path)

    axe(page)


def test_pages_of_an_account_are_for_everybody(page, axe, sign_in, village):
    sign_in(page, factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))
    for path in PAGES_INSIDE:
        page.goto(path)
        axe(page)


@pytest.fixture
def office(village):
    """An Admin Desa with something to do."""
    hamlet = factories.make_region(name="Krajan")
    for number in range(3):
        factories.make_person(name=f"Warga {number}", region=hamlet, unsur=factories.make_unsur())
    factories.make_resident("menunggu")
    admin = factories.make_official(Role.ADMIN, username="admindesa")
    factories.make_person(name="Tono").appoint(role=Role.OPERATOR, by=admin)
    return admin


ADMIN_PAGES = [
    "/admin/",
    "/admin/residents/person/",
    "/admin/residents/person/add/",
    "/admin/residents/appointment/",
    "/admin/residents/appointment/add/",
    "/admin/residents/body/",
    "/admin/residents/body/add/",
    "/admin/residents/unsur/",
    "/admin/village/region/",
    "/admin/village/holiday/add/",
    "/admin/village/village/",
]


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_admin_is_for_everybody(page, axe, sign_in, office, path):
    sign_in(page, office)
    page.goto(path)

    axe(page)


def test_rows_in_admin_are_for_everybody(page, axe, sign_in, office):
    sign_in(page, office)
    person = Person.objects.get(name="Tono")
    held = person.appointments.get()
    for path in (
        f"/admin/residents/person/{person.pk}/change/",
        f"/admin/residents/person/{person.pk}/history/",
        f"/admin/residents/appointment/{held.pk}/change/",
        f"/admin/residents/appointment/{held.pk}/cabut/",
    ):
        page.goto(path)
        axe(page)


def test_a_clerk_finds_chooses_and_saves_by_the_admins_own_scripts(page, sign_in, office):
    sign_in(page, office)
    page.goto("/admin/residents/person/add/")
    page.get_by_label("Nama:", exact=True).fill("Pendatang Baru")
    page.locator(".field-region .select2-selection").click()
    page.locator(".select2-search__field").fill("Krajan")
    page.locator(".select2-results__option", has_text="Krajan").first.click()
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.wait_for_url("**/admin/residents/person/")

    assert Person.objects.get(name="Pendatang Baru").region.name == "Krajan"


def test_what_waits_leads_to_what_is_done_about_it(page, sign_in, office):
    sign_in(page, office)
    page.goto("/admin/")
    page.get_by_role("link", name="Pemilik akun menunggu verifikasi").click()
    page.locator("tr", has_text="menunggu").get_by_role("checkbox").check()
    page.get_by_label("Tindakan:").select_option(label="Tandai terverifikasi (sudah bertatap muka)")
    page.get_by_role("button", name="Jalankan").click()
    page.wait_for_selector(".messagelist")

    assert Person.objects.get(user__username="menunggu").verified_at <= clock.now()
