"""The public record, the privacy desk and what the portal says of itself, looked at by axe."""

from datetime import UTC, datetime

import pytest

from partisipasi import clock
from partisipasi.ledger.chain import record
from partisipasi.ledger.due import keep_daily_heads
from partisipasi.portal.models import PrivacyRequest
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Role
from tests import factories

pytestmark = pytest.mark.browser

PUBLIC = [
    "/catatan/",
    "/catatan/?dari=salah",
    "/catatan/2/",
    "/catatan/kepala/",
    "/catatan/periksa/",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
]
OWN = [
    "/akun/data-saya/",
    "/akun/data-saya/hapus/",
    "/akun/data-saya/minta/perbaikan/",
    "/akun/data-saya/persetujuan/",
]


def test_the_record_and_what_the_portal_says_of_itself_are_for_everybody(page, axe, village):
    for day in (3, 4):
        with clock.at(datetime(2026, 5, day, 8, tzinfo=UTC)):
            record("post.hidden", None, {"topic": day}, sealed={"reason": "Iklan"})
    with clock.at(datetime(2026, 5, 6, 1, tzinfo=UTC)):
        keep_daily_heads()
    for path in PUBLIC:
        page.goto(path)
        axe(page)


def test_the_privacy_desk_is_for_everybody(page, axe, sign_in, village):
    resident = factories.make_resident()
    PrivacyRequest.objects.file("perbaikan", user=resident, text="RT 02", right="RT 03")
    Consent.objects.give(resident, consents.CONTACT)
    sign_in(page, resident)
    for path in OWN:
        page.goto(path)
        axe(page)


def test_the_register_of_requests_is_for_everybody_who_keeps_it(page, axe, sign_in, village):
    asked = PrivacyRequest.objects.file("penghapusan", user=factories.make_resident())
    sign_in(page, factories.make_official(Role.SECRETARY))
    for path in ("", "add/", f"{asked.pk}/change/", f"{asked.pk}/putuskan/", "register/"):
        page.goto(f"/admin/portal/privacyrequest/{path}")
        axe(page)
