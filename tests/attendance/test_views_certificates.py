import pytest
from django.urls import reverse

from attendance.models import Certificate
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_attendance, make_certificate, make_training

CHECK = "/sertifikat/"
MINE = "/akun/belajar/"


def page_of(certificate, name="certificate_list"):
    pks = [certificate.training.activity_id]
    return reverse(f"attendance:{name}", args=pks if name == "certificate_list" else [*pks, certificate.pk])


def test_anybody_checks_a_certificate_by_its_code(client, village):
    certificate = make_certificate(name="Sumarni Widodo")

    found = client.get(CHECK, {"kode": certificate.code.lower()}, follow=True)

    assert found.request["PATH_INFO"] == certificate.get_absolute_url()
    for said in ("asli dan berlaku", "Sumarni Widodo", certificate.number, "noindex"):
        assert said in found.text


def test_a_withdrawn_one_says_so_but_not_why(client, village):
    certificate = make_certificate()
    certificate.withdraw("Bukan orangnya.", factories.make_user())

    page = client.get(certificate.get_absolute_url()).text

    assert "tidak berlaku lagi" in page
    assert "Bukan orangnya" not in page


@pytest.mark.parametrize("code", ["AAA-AAA-AAA", "entah", "0", "<b>x"])
def test_a_wrong_code_leads_to_a_clear_page(client, village, code):
    answer = client.get(reverse("certificates:certificate_check", args=[code]))

    assert answer.status_code == 404
    assert "tidak pernah menerbitkan sertifikat dengan kode ini" in answer.text


def test_a_code_that_can_be_none_is_said_beside_the_field(client, village):
    answer = client.get(CHECK, {"kode": "123"})

    assert answer.status_code == 422
    assert "sembilan huruf dan angka" in answer.text


def test_whoever_guesses_is_stopped(client, village):
    certificate = make_certificate()
    for _ in range(60):
        client.get(f"{CHECK}AAA-AAA-AAA/")

    assert client.get(certificate.get_absolute_url()).status_code == 429


def test_another_villages_certificate_is_unknown_here(client, village, neighbour):
    with village_scope(neighbour):
        certificate = make_certificate()

    assert client.get(certificate.get_absolute_url()).status_code == 404


# Giving


def test_a_clerk_gives_them_once_and_prints_all(client, clerk):
    training = make_training()
    make_attendance(training.activity, name="Sumarni Widodo")
    training.activity.close(clerk)
    page = reverse("attendance:certificate_list", args=[training.activity_id])
    assert "Sumarni Widodo" in client.get(page).text

    client.post(page)
    client.post(page)

    certificate = Certificate.objects.get()
    assert certificate.number in client.get(page).text
    printed = client.get(reverse("attendance:certificates_pdf", args=[training.activity_id]))
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_while_the_list_is_open_the_page_says_what_to_do(client, clerk):
    training = make_training()
    page = reverse("attendance:certificate_list", args=[training.activity_id])

    assert "Daftar hadir masih terbuka" in client.get(page).text
    assert "Tutup dahulu" in client.post(page, follow=True).text
    assert not Certificate.objects.exists()


def test_taking_back_needs_a_reason(client, clerk):
    certificate = make_certificate()
    page = page_of(certificate, "certificate_withdraw")

    refused = client.post(page, {"reason": ""})
    client.post(page, {"reason": "Bukan orangnya."})

    assert refused.status_code == 422
    assert "Tulis alasannya" in refused.text
    certificate.refresh_from_db()
    assert certificate.withdrawn_by == clerk
    assert "Bukan orangnya." in client.get(page_of(certificate)).text


def test_giving_anew_keeps_what_was_typed_until_it_is_complete(client, clerk):
    certificate = make_certificate(name="Sumarni")
    page = page_of(certificate, "certificate_reissue")

    refused = client.post(page, {"name": "Sumarni Widodo", "reason": ""})
    client.post(page, {"name": "Sumarni Widodo", "reason": "Kurang lengkap."})

    assert refused.status_code == 422
    assert 'value="Sumarni Widodo"' in refused.text
    assert [each.name for each in Certificate.objects.standing()] == ["Sumarni Widodo"]


def test_a_hamlet_head_gives_none(client, village):
    hamlet = factories.make_region()
    certificate = make_certificate(region=hamlet)
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    assert client.get(page_of(certificate)).status_code == 404
    assert client.post(page_of(certificate, "certificate_withdraw"), {"reason": "Iseng."}).status_code == 404
    assert not Certificate.objects.get().withdrawn_at


# One's own


def test_a_resident_finds_his_own_and_nobody_elses(client, village):
    user = factories.make_resident()
    own, other = make_certificate(user=user), make_certificate()
    client.force_login(user)

    page = client.get(MINE).text

    assert own.number in page
    assert page_of(own, "certificate_pdf") in page
    assert other.number not in page
    assert client.get(page_of(own, "certificate_pdf")).content.startswith(b"%PDF")
    assert client.get(page_of(other, "certificate_pdf")).status_code == 404


def test_a_record_says_why_a_certificate_counts_no_more(client, village):
    user = factories.make_resident()
    make_certificate(user=user).withdraw("Hadir hanya sebentar.", factories.make_user())
    client.force_login(user)

    assert "Hadir hanya sebentar." in client.get(MINE).text


def test_who_has_no_record_is_told_what_would_stand_there(client, village):
    client.force_login(factories.make_resident())
    assert "sesudah daftar hadirnya ditutup" in client.get(MINE).text

    client.force_login(factories.make_user())
    assert "belum terhubung" in client.get(MINE).text
