"""Code and PIN: whoever holds them finds the report, and nobody guesses them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.models import (
    PinTries,
    Report,
    TooManyTries,
)
from partisipasi import clock
from partisipasi.ledger.models import Entry

from .factories import make_petugas, make_receipt, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)


def acts(report):
    return list(report.events.values_list("act", flat=True))


def recorded(report):
    return list(
        Entry.objects.filter(subject=f"feedback.report:{report.pk}")
        .order_by("number")
        .values_list("kind", flat=True)
    )


@pytest.fixture
def petugas(village):
    return make_petugas()


def test_code_and_pin_open_the_report_however_the_code_is_written(village):
    receipt = make_receipt()
    code = receipt.report.code
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        code[4:],
        code[:4] + code[4:].replace("0", "O"),
    ):
        assert Report.objects.opened_by(typed, receipt.pin, address="192.0.2.1") == receipt.report


def test_a_pin_may_be_typed_as_it_is_printed_in_two_halves(village):
    receipt = make_receipt()
    halves = f" {receipt.pin[:3]} {receipt.pin[3:]} "

    assert Report.objects.opened_by(receipt.report.code, halves, address="192.0.2.1") == receipt.report


def test_a_wrong_pin_and_an_unknown_code_get_the_same_answer(village):
    report = make_report()

    assert Report.objects.opened_by(report.code, "000000", address="192.0.2.1") is None
    assert Report.objects.opened_by("SUK-00000-00000", "000000", address="192.0.2.1") is None
    for typed in ("", "'; DROP TABLE", "SUK", "ꦱ" * 300):
        assert Report.objects.opened_by(typed, "", address="192.0.2.1") is None


@pytest.mark.parametrize("exists", [True, False])
def test_guessing_pins_is_stopped_and_goes_on_after_an_hour(village, exists):
    receipt = make_receipt()
    code = receipt.report.code if exists else "SUK-00000-00000"
    with clock.at(FRIDAY):
        for _ in range(5):
            assert Report.objects.opened_by(code, "12345", address="192.0.2.1") is None
        with pytest.raises(TooManyTries):
            Report.objects.opened_by(code, receipt.pin, address="192.0.2.1")
    with clock.at(FRIDAY + timedelta(minutes=61)):
        opened = Report.objects.opened_by(code, receipt.pin, address="192.0.2.1")

    assert opened == (receipt.report if exists else None)


def test_who_guesses_at_a_public_code_does_not_lock_its_reporter_out(village):
    receipt = make_receipt()
    code = receipt.report.code
    for _ in range(5):
        Report.objects.opened_by(code, "12345", address="192.0.2.1")
    for _ in range(99):
        with pytest.raises(TooManyTries):
            Report.objects.opened_by(code, "12345", address="192.0.2.1")

    assert Report.objects.opened_by(code, receipt.pin, address="198.51.100.7") == receipt.report


@pytest.mark.parametrize("exists", [True, False])
def test_guessing_at_one_code_from_many_addresses_is_stopped_too(village, exists):
    receipt = make_receipt()
    code = receipt.report.code if exists else "SUK-00000-00000"
    with clock.at(FRIDAY):
        for number in range(50):
            assert Report.objects.opened_by(code, "12345", address=f"192.0.2.{number // 5}") is None
        with pytest.raises(TooManyTries):
            Report.objects.opened_by(code, receipt.pin, address="198.51.100.7")
    with clock.at(FRIDAY + timedelta(minutes=61)):
        opened = Report.objects.opened_by(code, receipt.pin, address="198.51.100.7")

    assert opened == (receipt.report if exists else None)


def test_the_right_pin_forgives_ones_own_slips_alone(village):
    receipt = make_receipt()
    code = receipt.report.code
    for _ in range(4):
        Report.objects.opened_by(code, "12345", address="198.51.100.7")

    assert Report.objects.opened_by(code, receipt.pin, address="198.51.100.7") == receipt.report

    assert sorted(PinTries.objects.values_list("times", flat=True)) == [0, 4]


def test_a_wrong_pin_costs_the_same_whether_the_code_is_there_or_not(village):
    receipt = make_receipt()
    Report.objects.opened_by(receipt.report.code, "12345", address="192.0.2.1")
    Report.objects.opened_by("SUK-00000-00000", "12345", address="192.0.2.1")
    statements = []
    for code in (receipt.report.code, "SUK-00000-00000"):
        with CaptureQueriesContext(connection) as asked:
            Report.objects.opened_by(code, "12345", address="192.0.2.1")
        statements.append(len(asked))

    assert statements[0] == statements[1]


def test_no_address_can_be_read_from_the_counts(village):
    Report.objects.opened_by("SUK-00000-00000", "12345", address="192.0.2.1")

    assert "192.0.2.1" not in str(list(PinTries.objects.values()))


def test_guessing_at_many_codes_from_one_address_is_stopped(village, monkeypatch):
    monkeypatch.setattr("feedback.models.sending.WRONG_PINS_FROM_ONE_ADDRESS", 4)
    receipt = make_receipt()
    for number in range(4):
        Report.objects.opened_by(f"SUK-00000-0000{number}", "111111", address="192.0.2.1")

    with pytest.raises(TooManyTries):
        Report.objects.opened_by(receipt.report.code, receipt.pin, address="192.0.2.1")
    assert Report.objects.opened_by(receipt.report.code, receipt.pin, address="192.0.2.2")
