"""Somebody tells the village what is wrong, without a name, and follows what becomes of it."""

import pytest

from feedback.models import Category, Report
from partisipasi.residents.models import Role
from tests import factories

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def petugas(village):
    Category.objects.seed()
    return factories.make_official(Role.COMPLAINTS, title="Petugas Pengaduan", username="petugas")


def fill_in(page):
    page.goto("/aspirasi/")
    page.get_by_role("link", name="Kirim laporan").first.click()
    page.get_by_label("Pengaduan: ada yang rusak").check()
    page.get_by_label("Tentang apa").select_option(label="Penerangan dan listrik")
    page.get_by_label("Judul").fill("Lampu depan musala padam")
    page.get_by_label("Isi laporan").fill("Sudah tiga malam gelap.")


def receipt_of(page):
    code, pin = page.locator(".receipt dd").all_inner_texts()
    return code, pin


def test_a_report_without_a_name_is_sent_tracked_answered_and_accepted(page, petugas, axe):
    page.set_viewport_size(PHONE)
    fill_in(page)
    axe(page)
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("heading", name="Laporan sudah kami terima").wait_for()
    axe(page)
    code, pin = receipt_of(page)
    report = Report.objects.get()
    assert not report.held_at
    report.answer("Lampunya sudah diganti.", by=petugas)

    page.goto("/aspirasi/lacak/")
    axe(page)
    page.get_by_label("Kode laporan").fill(code.lower())
    page.get_by_label("PIN").fill(pin)
    page.keyboard.press("Enter")
    page.get_by_text("Lampunya sudah diganti.").wait_for()
    axe(page)
    page.get_by_label("Balasan Anda").fill("Terima kasih, sudah terang.")
    page.get_by_role("button", name="Kirim balasan").click()
    page.get_by_text("Balasan Anda sudah kami terima.").wait_for()
    page.get_by_role("link", name="Terima jawaban").click()
    page.get_by_role("button", name="Terima jawaban").click()
    page.get_by_text("Laporan Anda selesai.").wait_for()

    report.refresh_from_db()
    assert report.closed_how == "diterima"


def test_without_scripts_nobody_is_refused(browser, live_server, petugas):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    try:
        fill_in(page)
        page.get_by_role("button", name="Kirim laporan").click()
        page.get_by_text("bukan kiriman mesin").wait_for()
        code, pin = receipt_of(page)
    finally:
        context.close()

    report = Report.objects.get()
    assert (report.code, bool(report.held_at)) == (code, True)
    assert len(pin) == 6


def test_an_official_types_in_answers_and_releases(page, petugas, sign_in, axe):
    sign_in(page, petugas)
    page.goto("/aspirasi/loket/")
    axe(page)
    page.get_by_label("Nama pelapor", exact=True).fill("Mbah Karto")
    page.get_by_label("Aspirasi: usul").check()
    page.get_by_label("Tentang apa").select_option(label="Lainnya")
    page.get_by_label("Judul").fill("Jadwal ronda")
    page.get_by_label("Isi laporan").fill("Mbah Karto minta ronda dihidupkan.")
    page.get_by_role("button", name="Catat laporan").click()
    page.get_by_role("heading", name="Laporan sudah kami terima").wait_for()

    page.goto("/admin/feedback/report/")
    axe(page)
    page.get_by_role("link", name=Report.objects.get().code).click()
    axe(page)
    page.get_by_role("link", name="Jawab laporan").click()
    page.get_by_label("Jawaban desa").fill("Ronda mulai Sabtu.")
    axe(page)
    page.get_by_role("button", name="Jawab laporan").click()
    page.get_by_role("link", name="Tampilkan untuk umum").click()
    page.get_by_label("Isi untuk umum").fill("Warga minta ronda dihidupkan.")
    page.get_by_role("button", name="Tampilkan untuk umum").click()
    page.get_by_text("Laporan sudah ditampilkan untuk umum.").wait_for()

    page.goto(Report.objects.get().get_absolute_url())
    axe(page)
    page.goto("/aspirasi/")
    page.get_by_role("link", name="Jadwal ronda").wait_for()
    axe(page)
