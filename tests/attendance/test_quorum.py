"""The quorum: a rule of the kind of activity, counted in seats, frozen when the list is closed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.agreement import _attached
from attendance.models import Activity, ActivityKind
from attendance.quorum import Quorum, QuorumCount
from attendance.roster import SheetOptions, sheet_of
from attendance.tally import Tally
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind
from tests.attendance.test_admin import KINDS


@pytest.mark.parametrize(
    ("text", "invited", "needed"),
    [("2/3", 3, 2), ("2/3", 4, 3), ("2/3", 90, 60), ("2/3", 100, 67), ("1/2", 5, 3), ("1/1", 7, 7)],
)
def test_a_part_of_the_seats_is_rounded_up(text, invited, needed):
    assert Quorum.read(text).needed(invited) == needed


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 5000))
def test_no_seat_more_is_asked_than_the_part_says(part, whole, invited):
    quorum = Quorum(min(part, whole), max(part, whole))
    needed = quorum.needed(invited)

    assert needed * quorum.whole >= invited * quorum.part > (needed - 1) * quorum.whole
    assert needed <= invited
    assert Quorum.read(str(quorum)) == quorum


@pytest.mark.parametrize(
    "text", ["3/2", "0/3", "2/0", "2", "dua", "2/3/4", "-1/2", "1/100", "２/３", "2/3\n"]
)
def test_what_is_no_part_of_the_seats_is_refused(text, village):
    with pytest.raises(ValueError, match=r"fraction|more than"):
        Quorum.read(text)
    with pytest.raises(ValidationError):
        ActivityKind(code="x", name="x", quorum=text).full_clean()


def test_the_database_keeps_no_other_text(village):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_kind(quorum="dua")


@pytest.mark.parametrize(
    ("quorum", "words"),
    [
        ("2/3", "dua pertiga"),
        ("1/2", "setengah"),
        ("3/4", "tiga perempat"),
        ("1/3", "sepertiga"),
        ("7/9", "7/9"),
    ],
)
def test_a_fraction_is_spoken(quorum, words):
    assert Quorum.read(quorum).words == words


def test_a_new_kind_asks_for_two_thirds_and_standard_kinds_as_they_need(village):
    ActivityKind.objects.seed()

    assert make_kind().quorum == "2/3"
    asked = dict(ActivityKind.objects.values_list("code", "quorum"))
    assert asked["musdes"] == asked["rapat-bpd"] == "2/3"
    assert asked["kerja-bakti"] == asked["pelatihan"] == ""


@pytest.fixture
def closed(village):
    """Three seats of which a stand-in fills one and nobody the others; five walk-ins."""
    activity = make_activity(kind=make_kind(quorum="2/3"))
    seats = [make_invitation(activity) for _ in range(3)]
    session = activity.sessions.get()
    session.check_in(factories.make_person(), stands_for=seats[0], by=factories.make_user())
    for _ in range(5):
        make_attendance(activity)
    activity.close(factories.make_user())
    return activity


LINE = "Kuorum: 2 kursi, dua pertiga dari 3 undangan; tidak tercapai."


def test_page_sheet_and_agreement_tell_the_same(client, closed):
    session = closed.sessions.get()

    assert LINE in client.get(closed.get_absolute_url()).text
    assert LINE in client.get(reverse("attendance:attendance_list", args=[closed.pk])).text
    assert LINE in sheet_of(session, SheetOptions()).recap.remark
    assert LINE in " ".join(_attached([session], is_closed=True))


def test_an_edit_of_the_kind_does_not_rewrite_what_is_closed(client, closed):
    closed.kind.quorum = ""
    closed.kind.by_invitation = False
    closed.kind.save()

    assert LINE in sheet_of(closed.sessions.get(), SheetOptions()).recap.remark
    hall = client.get(reverse("attendance:hall_numbers", args=[closed.pk])).text
    assert "Kuorum kurang 1 kursi" in hall

    closed.reopen("Satu orang terlewat.", factories.make_user())
    assert str(Activity.objects.get().quorum_asked) == "2/3"
    closed.close(factories.make_user())
    assert Activity.objects.get().quorum == "2/3"


def test_a_kind_that_asks_later_asks_nothing_of_the_past(village):
    activity = make_activity(kind=make_kind(quorum=""))
    make_invitation(activity)
    activity.close(factories.make_user())
    activity.kind.quorum = "2/3"
    activity.kind.save()

    assert Tally.of_session(Activity.objects.get().sessions.get()).quorum is None


def test_the_record_keeps_rule_and_outcome(closed):
    facts = Entry.objects.get(kind="activity.closed").facts

    assert facts["quorum"] == "2/3"
    assert (facts["sessions"][0]["quorum_seats"], facts["sessions"][0]["quorum_met"]) == (2, False)


def test_the_count_says_what_lacks():
    count = QuorumCount(Quorum(2, 3), invited=90, seats_filled=55)

    assert (count.needed, count.is_met, count.lacking) == (60, False, 5)
    assert count.pill == "Kuorum kurang 5 kursi"
    assert QuorumCount(Quorum(2, 3), 90, 60).line == (
        "Kuorum: 60 kursi, dua pertiga dari 90 undangan; tercapai."
    )


def test_a_secretary_sets_the_quorum_of_a_kind(client, village):
    client.force_login(factories.make_official(Role.SECRETARY))
    kind = make_kind()
    told = {
        "name": kind.name,
        "order": 1,
        "organiser": "",
        "sheet_title": "Daftar Hadir",
        "particulars_months": 3,
        "report_days": 7,
        "columns_0": "name",
    }
    told |= {"by_invitation": "on", "signatories-TOTAL_FORMS": 0, "signatories-INITIAL_FORMS": 0}

    wrong = client.post(f"{KINDS}{kind.pk}/change/", told | {"quorum": "3/2"})
    assert "Tulis sebagai pecahan" in wrong.text
    assert 'value="3/2"' in wrong.text

    client.post(f"{KINDS}{kind.pk}/change/", told | {"quorum": "1 / 2"})
    kind.refresh_from_db()
    assert kind.quorum == "1/2"
