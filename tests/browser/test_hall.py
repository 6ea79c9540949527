"""The hall's screen in a real browser: it renews itself, says when the network is gone, and phones need no script."""

import re

import pytest
from playwright.sync_api import expect

from attendance import phone_codes
from attendance.models import Attendance
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def test_a_phone_reads_the_screen_and_the_screen_counts_it_by_itself(
    browser, live_server, village, page, sign_in
):
    activity = make_activity()
    sign_in(page, factories.make_official(Role.SECRETARY))
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/kegiatan/{activity.pk}/layar/")
    code = page.locator(".hall-code")
    expect(code).to_be_in_viewport(ratio=1)
    expect(page.locator(".hall-numbers div", has_text="orang hadir")).to_contain_text("0")

    phone = browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    ).new_page()
    phone.goto("/hadir/")
    phone.get_by_label("Kode di layar").fill(code.inner_text())
    phone.get_by_role("button", name="Pakai kode ini").click()
    phone.get_by_label("Nama").fill("Siti Aminah")
    phone.get_by_role("button", name="Saya hadir").click()

    expect(phone.get_by_role("heading", name="Anda tercatat hadir")).to_be_visible()
    expect(page.locator(".hall-numbers div", has_text="orang hadir")).to_contain_text("1", timeout=10_000)
    assert Attendance.objects.get().method == Attendance.Method.PHONE


def test_screen_and_phone_pages_are_for_everybody(village, page, sign_in, axe):
    activity = make_activity()
    session = activity.sessions.get()
    code = phone_codes.shown(session)
    for address in ("/hadir/", f"/hadir/{code.long}/", f"/kegiatan/{activity.pk}/langsung/"):
        page.goto(address)
        axe(page)
    page.goto("/hadir/")
    page.get_by_label("Nama").fill("Siti Aminah")
    page.get_by_role("button", name="Saya hadir").click()
    axe(page)
    page.get_by_role("link", name=re.compile("orang serumah")).click()
    page.get_by_role("button", name="Catat orang ini").click()
    axe(page)
    sign_in(page, factories.make_official(Role.SECRETARY))
    page.goto(f"/kegiatan/{activity.pk}/layar/")
    axe(page)


def test_a_screen_without_network_says_so_and_comes_back_by_itself(village, page, context, complaints):
    activity = make_activity()
    page.goto(f"/kegiatan/{activity.pk}/langsung/")
    told = page.get_by_text(re.compile("Sambungan terputus"))
    expect(told).to_be_hidden()

    context.set_offline(True)
    expect(told).to_be_visible(timeout=10_000)
    make_attendance(activity)
    context.set_offline(False)

    expect(told).to_be_hidden(timeout=10_000)
    expect(page.locator(".hall-numbers div", has_text="orang hadir")).to_contain_text("1")
    complaints.clear()
