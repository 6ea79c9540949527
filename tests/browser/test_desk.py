"""A meeting from its preparation to its paper, and the desk on a phone and without a mouse."""

import re
from io import BytesIO

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from attendance.models import Activity, ActivityKind, Attendance
from partisipasi import clock
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 640}


@pytest.fixture
def secretary(village, page, sign_in):
    ActivityKind.objects.seed()
    user = factories.make_official(Role.SECRETARY, username="sekretaris")
    sign_in(page, user)
    return user


@pytest.fixture
def people(village):
    elder = factories.make_unsur(name="Tokoh masyarakat")
    return [factories.make_person(name=f"Warga {n:02}", sex="LP"[n % 2], unsur=elder) for n in range(1, 31)]


def no_sideways_scroll(page: Page) -> None:
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], page.url


def test_a_secretary_makes_an_activity_marks_25_present_by_keyboard_and_prints(
    page, village, secretary, people
):
    prepare(page)
    activity = Activity.objects.get()
    invite(page, activity, people)
    mark_by_keyboard(page, activity, 25)
    add_walk_ins(page)
    undo_one(page)
    close(page)

    activity.refresh_from_db()
    present = Attendance.objects.present()
    assert activity.closed_at
    assert sorted(row.number for row in present) == list(range(1, 27))
    assert activity.invitations.standing().count() == 30
    text = printed(page)
    assert "Jumlah hadir: 26 orang" in text
    assert "dari 30 undangan" in text
    assert "Kursi undangan terisi: 24 dari 30. Hadir tanpa undangan: 2 orang." in text
    for row in present:
        assert row.name in text


def prepare(page: Page) -> None:
    """In admin, from the list to an announced activity."""
    today = clock.today()
    page.goto("/admin/attendance/activity/add/")
    page.locator("#id_kind").select_option(label="Musyawarah Desa (Musdes)")
    page.locator("#id_title").fill("Musyawarah Desa RKP Desa")
    page.locator("#id_agenda").fill("Pembahasan RKP Desa")
    page.locator("#id_venue").fill("Balai Desa")
    page.locator("#id_sessions-0-starts_at_0").fill(f"{today:%d-%m-%Y}")
    page.locator("#id_sessions-0-starts_at_1").fill("00.00")
    page.get_by_role("button", name="Simpan dan terus mengedit").click()
    page.get_by_role("link", name="Umumkan").click()
    page.get_by_role("button", name="Umumkan kegiatan").click()
    expect(page.get_by_text("Kegiatan diumumkan.")).to_be_visible()


def invite(page: Page, activity: Activity, people: list) -> None:
    page.get_by_role("link", name="Undangan").click()
    page.get_by_label("Unsur").select_option(label="Tokoh masyarakat")
    page.get_by_role("button", name="Saring").click()
    page.get_by_role("button", name="Undang yang dicentang").click()
    expect(page.get_by_text(f"{len(people)} undangan ditambahkan.")).to_be_visible()


def mark_by_keyboard(page: Page, activity: Activity, number: int) -> None:
    """Never touching the mouse: the next button is two steps on from where the last tap came back to."""
    page.goto(f"/kegiatan/{activity.pk}/meja/")
    page.get_by_role("button", name="Tandai hadir Warga 01").focus()
    for n in range(1, number + 1):
        assert page.evaluate("document.activeElement.innerText").startswith("Tandai hadir")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Warga {n:02} tercatat hadir.")).to_be_visible()
        page.wait_for_load_state()
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.desk-row button')"):
                break


def add_walk_ins(page: Page) -> None:
    for name, sex in (("Pak Marno", "Laki-laki"), ("Bu Darmini", "Perempuan")):
        walk_in = page.get_by_role("region", name="Hadir tanpa undangan")
        walk_in.get_by_label("Nama").fill(name)
        walk_in.get_by_label(sex).check()
        walk_in.get_by_role("button", name="Catat hadir").click()
        expect(page.get_by_text(f"{name} tercatat hadir.")).to_be_visible()


def undo_one(page: Page) -> None:
    page.get_by_role("link", name="Urungkan Warga 07").click()
    page.get_by_role("button", name="Urungkan kehadiran").click()
    expect(page.get_by_text("Tulis alasannya dengan singkat.").first).to_be_visible()
    page.get_by_label("Alasan").fill("salah orang")
    page.get_by_role("button", name="Urungkan kehadiran").click()
    expect(page.get_by_text("Warga 07 tidak lagi tercatat hadir.")).to_be_visible()


def close(page: Page) -> None:
    page.get_by_role("link", name="Tutup daftar hadir").click()
    expect(page.get_by_text("dari 30 kursi undangan terisi")).to_be_visible()
    page.get_by_role("button", name="Tutup daftar hadir").click()
    expect(page.get_by_text("Daftar hadir ditutup. Sekarang dapat dicetak.")).to_be_visible()


def printed(page: Page) -> str:
    page.get_by_role("link", name="Cetak daftar hadir").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Unduh PDF").click()
    with pdfplumber.open(BytesIO(coming.value.path().read_bytes())) as book:
        return "\n".join(part.extract_text() for part in book.pages)


def test_the_desk_finds_one_by_name_and_marks_him_without_leaving_the_keyboard(page, secretary, people):
    activity = make_activity()
    for person in people:
        make_invitation(activity, whom=person)
    page.goto(f"/kegiatan/{activity.pk}/meja/")

    page.keyboard.press("/")
    page.keyboard.type("arga 17")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Tandai hadir"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Warga 17 tercatat hadir.")).to_be_visible()
    page.keyboard.type("arga 23")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Tandai hadir Warga 23")).to_be_focused()
    assert Attendance.objects.get().name == "Warga 17"


def test_the_desk_works_on_a_small_phone_without_javascript(
    browser, live_server, village, page, secretary, sign_in
):
    activity = make_activity()
    invitation = make_invitation(activity, whom=factories.make_person(name="Ketua RT 03"))
    context = browser.new_context(base_url=live_server.url, viewport=SMALLEST, java_script_enabled=False)
    phone = context.new_page()
    sign_in(phone, secretary)

    phone.goto(f"/kegiatan/{activity.pk}/meja/")
    phone.get_by_role("link", name="Diwakili orang lain Ketua RT 03").click()
    phone.get_by_label("Nama").fill("Bu Ratna")
    phone.get_by_role("button", name="Catat hadir").click()
    phone.get_by_role("region", name="Hadir tanpa undangan").get_by_label("Nama").fill("bu ratna")
    phone.get_by_role("button", name="Catat hadir").click()
    phone.get_by_label("Ya, ini orang lain yang namanya sama").check()
    phone.get_by_role("button", name="Catat hadir").click()

    rows = list(Attendance.objects.order_by("pk"))
    assert [(row.name, row.stands_for) for row in rows] == [("Bu Ratna", invitation), ("bu ratna", None)]
    context.close()


def test_every_page_of_activities_is_accessible_and_fits_the_smallest_phone(
    page, axe, village, secretary, people
):
    ended = make_activity(names_public=True, region=factories.make_region())
    ended.add_session(clock.now(), name="Sesi kedua")
    running, cancelled = make_activity(), make_activity()
    cancelled.cancel("Hujan lebat.", secretary)
    for person in people[:5]:
        make_invitation(running, whom=person)
    row = make_attendance(running, name="Pak Marno", unsur=factories.make_unsur())
    make_attendance(running).undo("salah orang", secretary)
    make_attendance(ended, unsur=factories.make_unsur())
    ended.close(secretary)
    at = f"/kegiatan/{running.pk}"
    pages = [
        "/kegiatan/",
        "/kegiatan/?tahun=1900",
        f"/kegiatan/{ended.pk}/",
        f"/kegiatan/{ended.pk}/daftar-hadir/",
        f"/kegiatan/{ended.pk}/meja/",
        f"/kegiatan/{ended.pk}/meja/buka-kembali/",
        f"/kegiatan/{cancelled.pk}/",
        f"{at}/",
        f"{at}/meja/",
        f"{at}/meja/?q=warga",
        f"{at}/meja/wakil/{running.invitations.first().pk}/",
        f"{at}/meja/urung/{row.pk}/",
        f"{at}/meja/tutup/",
        f"{at}/undangan/",
        f"{at}/undangan/?cari=warga",
        f"{at}/batalkan/",
        f"{at}/daftar-hadir/cetak/",
        f"{at}/daftar-hadir/cetak/?baris=-1",
    ]

    in_admin = [
        "activity/",
        "activity/add/",
        f"activity/{running.pk}/change/",
        f"activitykind/{running.kind_id}/change/",
    ]
    for address in in_admin:
        page.goto(f"/admin/attendance/{address}")
        axe(page, sizes=(DESK,))
    for address in pages:
        page.goto(address)
        axe(page, sizes=(DESK, PHONE))
        page.set_viewport_size(SMALLEST)
        no_sideways_scroll(page)
