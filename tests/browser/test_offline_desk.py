"""Two desks lose their network while checking in, one its browser too, and nobody is lost or doubled."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session as SignedIn
from django.test import Client
from playwright.sync_api import expect

from attendance.models import ActivityKind, Attendance, LateArrival
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation

pytestmark = pytest.mark.browser


@pytest.fixture
def activity(village):
    ActivityKind.objects.seed()
    activity = make_activity()
    for number in range(1, 9):
        make_invitation(activity, whom=factories.make_person(name=f"Warga {number:02}"))
    return activity


@pytest.fixture
def secretary(village):
    return factories.make_official(Role.SECRETARY, username="sekretaris")


def sign_in_to(browser, user, live_server):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    browser.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def at_desk(browser, activity):
    page = browser.pages[0]
    page.goto(f"{activity.get_absolute_url()}meja/")
    return page


def ready(page):
    """The page, its parts and the list are on the device."""
    expect(page.locator(".desk-state")).to_contain_text("Daring")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    expect(page.locator(".desk-state")).to_contain_text("Daring")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def mark(page, name):
    row = page.locator("[data-invited] .desk-row", has_text=name)
    row.get_by_role("button", name=re.compile("Tandai hadir")).click()


def state(page):
    return page.locator(".desk-state")


def test_two_desks_without_a_network_and_one_without_its_browser(
    activity, secretary, desk_browser, live_server
):
    left, right = desk_browser("kiri"), desk_browser("kanan")
    for browser in (left, right):
        sign_in_to(browser, secretary, live_server)
    one, two = at_desk(left, activity), at_desk(right, activity)
    ready(one)
    ready(two)
    mark(one, "Warga 01")
    expect(one.locator("[data-invited] .desk-row", has_text="Warga 01")).to_contain_text("Hadir")

    for browser in (left, right):
        browser.set_offline(True)
    for number in (2, 3, 4):
        mark(one, f"Warga {number:02}")
        expect(state(one)).to_have_text(f"Luring · {number - 1} menunggu")
    for number in (4, 5):
        mark(two, f"Warga {number:02}")
    expect(state(two)).to_have_text("Luring · 2 menunggu")
    two.locator("#id_name").fill("Tarno")
    two.get_by_role("button", name="Catat hadir").click()
    expect(state(two)).to_have_text("Luring · 3 menunggu")
    two.reload()
    expect(state(two)).to_have_text("Luring · 3 menunggu")
    assert Attendance.objects.count() == 1

    left.close()
    SignedIn.objects.all().delete()
    right.set_offline(False)
    expect(state(two)).to_contain_text("Perlu masuk · 3 menunggu")
    assert two.evaluate("caches.keys()") == []
    sign_in_to(right, secretary, live_server)
    two = at_desk(right, activity)
    expect(state(two)).to_have_text("Daring")
    left = desk_browser("kiri")
    sign_in_to(left, secretary, live_server)
    one = at_desk(left, activity)
    expect(state(one)).to_have_text("Daring")

    assert sorted(Attendance.objects.values_list("name", flat=True)) == [
        "Tarno",
        *(f"Warga {number:02}" for number in (1, 2, 3, 4, 5)),
    ]
    expect(one.locator("#antrean")).to_contain_text("Warga 04 sudah tercatat hadir")
    two.reload()
    expect(two.locator("#antrean")).to_contain_text("Warga 04 juga dicatat di meja lain")

    left.set_offline(True)
    mark(one, "Warga 06")
    expect(state(one)).to_have_text("Luring · 1 menunggu")
    activity.close(secretary)
    left.set_offline(False)

    expect(one.locator("#antrean")).to_contain_text("menunggu di susulan")
    assert str(LateArrival.objects.waiting().get()) == "Warga 06"
    assert Attendance.objects.count() == 6
    one.wait_for_function("caches.keys().then(keys => keys.length === 0)")


def test_without_a_network_the_desk_asks_for_the_guardian_of_a_child(
    activity, secretary, desk_browser, live_server
):
    activity.kind.columns = ["name", "age_group"]
    activity.kind.save()
    desk = desk_browser("kiri")
    sign_in_to(desk, secretary, live_server)
    page = at_desk(desk, activity)
    ready(page)
    desk.set_offline(True)
    expect(state(page)).to_contain_text("Luring")

    page.locator("#id_name").fill("Bagas")
    page.locator("#id_age_group").select_option("<18")
    page.get_by_role("button", name="Catat hadir").click()
    expect(page.locator("#id_guardian")).to_be_focused()
    page.locator("#id_guardian").fill("Ibu Sri")
    page.get_by_role("button", name="Catat hadir").click()
    expect(state(page)).to_contain_text("1 menunggu")
    desk.set_offline(False)

    expect(state(page)).to_have_text("Daring")
    assert Attendance.objects.get(name="Bagas").guardian == "Ibu Sri"
