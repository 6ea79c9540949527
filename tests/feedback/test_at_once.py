"""What several do with a report at the same moment."""

import uuid
from datetime import UTC, datetime

import pytest

from feedback.models import (
    Report,
    ReportSettled,
)
from partisipasi.ledger.models import Entry
from tests.threads import at_once

from .factories import make_category, make_petugas, make_receipt, make_report

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


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_report(village):
    category, nonce = make_category(), uuid.uuid4()

    first, second = at_once(
        village,
        *[lambda: make_receipt(category=category, nonce=nonce)] * 2,
    )

    assert first == second
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_closed_and_answered_at_once_happens_in_turn(village):
    petugas = make_petugas()
    report = make_report()
    report.answer("Sudah.", by=petugas)

    outcomes = at_once(
        village,
        lambda: Report.objects.get(pk=report.pk).accept(),
        lambda: Report.objects.get(pk=report.pk).answer("Tambahan.", by=petugas),
    )

    report.refresh_from_db()
    assert report.closed_at
    assert all(outcome is None or isinstance(outcome, ReportSettled) for outcome in outcomes)
    assert acts(report).count("accepted") == 1


@pytest.mark.django_db(transaction=True)
def test_two_officials_who_answer_with_one_form_answer_once(village):
    petugas, nonce = make_petugas(), uuid.uuid4()
    report = make_report()

    at_once(
        village,
        *[lambda: Report.objects.get(pk=report.pk).answer("Sudah.", by=petugas, nonce=nonce)] * 2,
    )

    assert acts(report).count("answered") == 1
