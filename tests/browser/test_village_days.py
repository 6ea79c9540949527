"""Four days in the village, told in a real browser: a newcomer, an anonymous complaint, a moderator, a hamlet head."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from attendance.models import Activity
from feedback.models import Category, Report
from forums.models import Flag, Forum, Post, Topic
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Person, Role, User
from tests import factories
from tests.attendance.factories import make_activity
from tests.browser.conftest import PHONE
from tests.feedback.factories import make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}


@pytest.fixture
def plain(browser, live_server, village):
    """A visitor with a small phone and no JavaScript."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=SMALLEST, locale="id-ID"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def make_discussion(title: str = "Jadwal ronda") -> Topic:
    forum = Forum.objects.create(name="Rembug", slug="rembug")
    author = factories.make_resident(name="Pak Karso", verified_at=clock.now())
    return Topic.objects.start(forum=forum, author=author, title=title, body="Siapa yang bisa malam Jumat?")


def fits(page) -> bool:
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_newcomer_signs_up_with_a_letter_and_replies(plain, village):
    topic = make_discussion()
    person = factories.make_person(name="Sri Rahayu")
    letter = factories.make_letter(person)

    plain.goto(topic.get_absolute_url())
    plain.get_by_role("link", name="Tulis tanggapan").click()
    plain.get_by_role("main").get_by_role("link", name="Daftar").click()
    plain.get_by_label("Nama pengguna").fill("sri.rahayu")
    for field in plain.locator("input[type=password]").all():
        field.fill(factories.PASSWORD)
    plain.get_by_label("menyimpan nama akun").check()
    plain.get_by_role("button", name="Daftar").click()

    plain.goto("/akun/verifikasi/")
    assert fits(plain)
    plain.get_by_label("Kode").fill("SALAH-SALAH")
    plain.get_by_role("button", name="Pastikan akun saya").click()
    assert Person.objects.get(pk=person.pk).verified_at is None
    plain.get_by_label("Kode").fill(letter.code)
    plain.get_by_role("button", name="Pastikan akun saya").click()

    plain.goto(topic.get_absolute_url())
    plain.get_by_role("link", name="Tulis tanggapan").click()
    plain.get_by_label("Tanggapan").fill("Saya bisa, gantian dengan RT 02.")
    plain.get_by_role("button", name="Kirim tanggapan").click()

    assert "Tanggapan Anda sudah tayang" in plain.content()
    post = Post.objects.replies().get()
    assert post.published_at
    assert post.person == person
    assert Person.objects.get(pk=person.pk).user == User.objects.get(username="sri.rahayu")


def test_an_anonymous_complaint_is_tracked_late_in_public_and_answered(plain, village, move_clock):
    Category.objects.seed()
    officer = factories.make_official(Role.COMPLAINTS, title="Petugas Pengaduan")
    monday = clock.now().replace(hour=3, minute=0) - timedelta(days=clock.now().weekday())
    move_clock(monday)

    plain.goto("/aspirasi/")
    plain.get_by_role("link", name="Kirim laporan").first.click()
    plain.get_by_label("Pengaduan:").check()
    plain.get_by_label("Tentang apa").select_option(label="Jalan dan jembatan")
    plain.get_by_label("Judul").fill("Jembatan bambu lapuk")
    plain.get_by_label("Isi laporan").fill("Dua batang sudah patah, anak sekolah lewat tiap pagi.")
    plain.get_by_label("Anonim").check()
    assert fits(plain)
    plain.get_by_role("button", name="Kirim laporan").click()
    assert "Laporan sudah kami terima" in plain.content()
    code, pin = plain.locator("dl.receipt dd").all_inner_texts()

    report = Report.objects.get()
    assert (report.reporter, report.person) == (None, None)
    report.verify(by=officer)
    report.release("Jembatan bambu lapuk", "Dua batang sudah patah.", by=officer)
    move_clock(monday + timedelta(days=22))

    plain.goto("/aspirasi/")
    assert "Terlambat" in plain.get_by_role("listitem").filter(has_text="Jembatan bambu lapuk").inner_text()
    assert Entry.objects.filter(kind="report.deadline_missed").exists()

    report.answer("Bambu diganti balok kayu kemarin sore.", by=officer)
    plain.goto("/aspirasi/lacak/")
    plain.get_by_label("Kode laporan").fill(code)
    plain.get_by_label("PIN").fill("000000" if pin != "000000" else "111111")
    plain.get_by_role("button", name="Lacak laporan").click()
    assert "Bambu diganti" not in plain.content()
    plain.get_by_label("PIN").fill(pin)
    plain.get_by_role("button", name="Lacak laporan").click()
    assert "Bambu diganti balok kayu kemarin sore." in plain.content()
    assert fits(plain)
    plain.get_by_label("Balasan").fill("Terima kasih, tinggal pegangannya.")
    plain.get_by_role("button", name="Kirim balasan").click()
    plain.get_by_role("link", name="Terima jawaban").click()
    plain.get_by_role("button", name="Terima jawaban").click()

    report.refresh_from_db()
    assert report.closed_at
    assert report.answered_on_time is False


def test_a_moderators_day(page, village, sign_in, axe):
    topic = make_discussion()
    newcomer = factories.make_user("pendatang")
    topic.reply(author=newcomer, body="Salam kenal, saya warga baru di RT 03.")
    neighbour = factories.make_resident(name="Bu Tini", verified_at=clock.now())
    advert = topic.reply(author=neighbour, body="Jual pulsa murah, hubungi saya.")
    advert.flag(by=factories.make_resident(verified_at=clock.now()), reason=Flag.Reason.choices[0][0])
    moderator = factories.make_official(Role.MODERATOR)
    sign_in(page, moderator)
    page.set_viewport_size(PHONE)

    page.goto("/")
    page.get_by_role("link", name="moderasi").first.click()
    page.goto("/forum/moderasi/")
    axe(page, sizes=(PHONE,))
    page.get_by_role("button", name="Loloskan tulisan pendatang").click()
    page.get_by_text("Sembunyikan tulisan Bu Tini").click()
    page.get_by_label("Alasan, yang akan dibaca penulisnya").fill("Iklan tidak pada tempatnya.")
    page.get_by_role("button", name="Sembunyikan tanggapan").click()
    assert "Tidak ada yang menunggu" in page.content()

    page.goto(f"{topic.get_absolute_url()}moderasi/")
    axe(page, sizes=(PHONE,))
    page.get_by_label("Alasan").first.fill("Jadwal sudah disepakati.")
    page.get_by_role("button", name="Kunci topik").click()

    page.goto(topic.get_absolute_url())
    assert "Jadwal sudah disepakati." in page.content()
    assert "Salam kenal" in page.content()
    advert.refresh_from_db()
    assert advert.hidden_at
    sign_in(page, neighbour)
    page.goto("/forum/tanggapan-saya/")
    assert "Iklan tidak pada tempatnya." in page.content()


def test_a_hamlet_heads_day_on_a_phone(page, village, sign_in, axe):
    Category.objects.seed()
    ours, theirs = factories.make_region(name="Krajan"), factories.make_region(name="Wetan")
    head = factories.make_official(Role.HAMLET_HEAD, region=ours, title="Kepala Dusun Krajan")
    neighbour = factories.make_person(name="Mbah Wiryo", region=ours)
    moment = clock.now()
    activity = make_activity(
        title="Musdus Krajan", region=ours, starts_at=moment, ends_at=moment + timedelta(hours=2)
    )
    activity.invite(neighbour, by=head)
    make_report(title="Talud longsor", region=ours)
    make_report(title="Lampu padam di Wetan", region=theirs)
    sign_in(page, head)
    page.set_viewport_size(PHONE)

    page.goto("/")
    page.get_by_role("link", name="meja presensi Musdus Krajan").click()
    page.get_by_role("heading", name="Meja presensi").wait_for()
    assert fits(page)
    page.get_by_role("button", name="Mbah Wiryo").first.click()
    expect(page.locator(".desk-row-here")).to_contain_text("Mbah Wiryo")
    assert Activity.objects.counted().get(pk=activity.pk).present_count == 1

    page.goto("/aspirasi/loket/")
    axe(page, sizes=(PHONE,))
    assert page.get_by_label("Letaknya").locator("option").filter(has_text="Wetan").count() == 0
    page.get_by_label("Pengaduan:").check()
    page.get_by_label("Tentang apa").select_option(index=1)
    page.get_by_label("Letaknya").select_option(label="Dusun Krajan")
    page.get_by_label("Judul").fill("Pompa sumur mati")
    page.get_by_label("Isi laporan").fill("Disampaikan Mbah Wiryo sesudah musdus.")
    page.get_by_label("Nama pelapor", exact=True).fill("Mbah Wiryo")
    page.get_by_role("button", name="Catat laporan").click()
    expect(page.locator("dl.receipt dd")).to_have_count(2)

    page.goto("/admin/feedback/report/")
    assert "Talud longsor" in page.content()
    assert "Lampu padam di Wetan" not in page.content()
