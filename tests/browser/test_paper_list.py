"""A secretary types in the signed paper list without a mouse, and loses nothing."""

import re

import pytest
from django.contrib.sessions.models import Session as SignedIn
from playwright.sync_api import expect

from attendance.models import ActivityKind, Attendance
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_invitation

pytestmark = pytest.mark.browser
expect.set_options(timeout=10_000)


@pytest.fixture
def activity(village):
    ActivityKind.objects.seed()
    activity = make_activity(kind=ActivityKind.objects.get(code="musdes"))
    for name in ("Aminah", "Basuki", "Cahyono"):
        make_invitation(activity, whom=factories.make_person(name=name))
    return activity


@pytest.fixture
def paper(activity, page, sign_in):
    sign_in(page, factories.make_official(Role.SECRETARY, username="sekretaris"))
    page.goto(f"{activity.get_absolute_url()}daftar-hadir/kertas/")
    expect(page.get_by_role("checkbox", name="Hadir: Aminah")).to_be_focused()
    return page


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def present():
    return sorted(Attendance.objects.present().values_list("name", flat=True))


def type_all(page):
    """Aminah signed, Basuki did not, Hartono signed for Cahyono; then two without an invitation."""
    keys(page, "Enter", "ArrowDown")
    page.keyboard.type("Hartono")
    keys(page, "Enter", "L", "Enter")
    page.keyboard.type("Slamet")
    keys(page, "Enter", "L", "Enter", "Enter")
    page.keyboard.type("RT 01")
    keys(page, "Enter")
    page.keyboard.type("Darmini")
    keys(page, "Enter", "P")


def test_a_whole_list_is_typed_by_keyboard_alone(paper, axe):
    axe(paper)
    type_all(paper)
    expect(paper.locator("[data-count]")).to_contain_text("4 lagi ditahan di perangkat ini")
    assert present() == []

    keys(paper, "Control+Enter")

    expect(paper.get_by_text("4 orang tercatat hadir dari kertas.")).to_be_visible()
    assert present() == ["Aminah", "Darmini", "Hartono", "Slamet"]
    stand_in = Attendance.objects.get(name="Hartono")
    assert (str(stand_in.stands_for), stand_in.sex) == ("Cahyono", "L")
    assert Attendance.objects.get(name="Slamet").address == "RT 01"
    assert paper.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kertas:'))") == []


def test_names_are_completed_from_the_address_book_by_keyboard(paper):
    factories.make_person(name="Sulastri Handayani", sex="P", address="Jalan Kenanga 4")
    name = paper.locator("[name=baris-0-name]")
    name.focus()
    paper.keyboard.type("sulas")
    expect(paper.get_by_role("option", name="Sulastri Handayani")).to_be_visible()

    keys(paper, "ArrowDown", "Enter")

    expect(name).to_have_value("Sulastri Handayani")
    expect(paper.locator("[name=baris-0-address]")).to_have_value("Jalan Kenanga 4")
    expect(paper.locator("[name=baris-1-name]")).to_be_focused()
    keys(paper, "Control+Enter")
    expect(paper.get_by_text("1 orang tercatat hadir dari kertas.")).to_be_visible()
    assert Attendance.objects.get().person.name == "Sulastri Handayani"


def test_what_is_not_saved_outlives_the_page_and_the_session(paper, activity, sign_in):
    type_all(paper)
    paper.goto("about:blank")
    SignedIn.objects.all().delete()
    paper.goto(f"{activity.get_absolute_url()}daftar-hadir/kertas/")
    expect(paper).to_have_url(re.compile("/akun/masuk/"))
    sign_in(paper, factories.User.objects.get(username="sekretaris"))

    paper.goto(f"{activity.get_absolute_url()}daftar-hadir/kertas/")

    expect(paper.get_by_text("belum tersimpan di portal")).to_be_visible()
    expect(paper.locator("[name=baris-1-name]")).to_have_value("Darmini")
    paper.get_by_role("button", name="Simpan halaman ini").first.click()
    expect(paper.get_by_text("4 orang tercatat hadir dari kertas.")).to_be_visible()
    assert present() == ["Aminah", "Darmini", "Hartono", "Slamet"]


def test_lines_are_added_without_end_and_without_sending(paper):
    rows = paper.locator("[data-typed] [data-row]")
    expect(rows).to_have_count(10)

    paper.get_by_role("button", name="Tambah baris").click()

    expect(rows).to_have_count(11)
    expect(paper.locator("[name=baris-10-name]")).to_be_focused()
    expect(rows.last.locator(".number")).to_have_text("14")
