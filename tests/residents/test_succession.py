"""How an office passes on: for a while to a deputy, for good to a successor, and with it what lies on the desk."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents import due, handover
from partisipasi.residents.models import Appointment, Notice, NotTheirsToAppoint, Person, Role
from partisipasi.residents.permissions import coverage
from tests import factories
from tests.threads import at_once

TODAY = date(2026, 8, 3)
NOON = datetime(2026, 8, 3, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOON):
        yield


@pytest.fixture
def admin(village):
    return factories.make_official(Role.ADMIN, username="admin")


@pytest.fixture
def office(admin):
    return Appointment.objects.get(
        person__user=factories.make_official(Role.SECRETARY, title="Sekretaris Desa")
    )


@pytest.fixture
def works(monkeypatch):
    """What lies on desks, by person; it passes on with an office."""
    lying: dict[int, int] = {}
    monkeypatch.setattr(handover, "_works", {})

    def pass_on(former, to):
        passed = lying.pop(former.pk, 0)
        lying[to.pk] = lying.get(to.pk, 0) + passed
        return passed

    handover.register("laporan terbuka", pass_on, count=lambda person: lying.get(person.pk, 0))
    return lying


def someone(**fields):
    return Person.objects.get(user=factories.make_resident(**fields))


def texts_of(user):
    return list(Notice.objects.of(user).newest_first().values_list("text", flat=True))


# Deputies


def test_a_deputy_holds_the_office_beside_its_holder_while_it_lasts(admin, office):
    deputy = someone()

    made = office.deputise(deputy, TODAY, TODAY + 6 * DAY, by=admin, decree_number="SPT/9/2026")

    assert (made.title, made.role, made.region) == ("Plh. Sekretaris Desa", office.role, None)
    assert deputy.user.has_perm("residents.change_person")
    assert office.person.user.has_perm("residents.change_person")
    assert Entry.objects.filter(kind="appointment.made").last().facts["deputy_for"] == office.pk
    with clock.at(NOON + 7 * DAY):
        assert not deputy.user.has_perm("residents.change_person")
        assert office.person.user.has_perm("residents.change_person")


def test_a_deputy_in_a_hamlet_reaches_no_further_than_its_head(admin):
    hamlet, other = factories.make_region(), factories.make_region()
    head = Appointment.objects.get(person__user=factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    made = head.deputise(someone(), TODAY, TODAY + DAY, by=admin)

    reach = coverage(made.person.user, "residents.view_person")
    assert reach.includes(hamlet)
    assert not reach.includes(other)


def test_both_are_told(admin, office):
    made = office.deputise(someone(name="Sri Wahyuni"), TODAY, TODAY + 6 * DAY, by=admin)

    assert texts_of(made.person.user) == [
        "Anda bertugas sebagai Plh. Sekretaris Desa dari 3 Agustus 2026 sampai 9 Agustus 2026."
    ]
    assert "Sri Wahyuni menggantikan Anda sebagai Sekretaris Desa" in texts_of(office.person.user)[0]


def test_a_deputy_answers_for_whom_he_stands_in(admin, office):
    deputy = someone()
    office.deputise(deputy, TODAY, TODAY + DAY, by=admin)

    assert set(handover.people_answering_for(deputy.user)) == {deputy, office.person}
    assert set(handover.people_answering_for(office.person.user)) == {office.person}
    with clock.at(NOON + 2 * DAY):
        assert set(handover.people_answering_for(deputy.user)) == {deputy}


def test_deputies_stay_within_the_office(admin, office):
    office.until_on = TODAY + 10 * DAY
    office.save()

    for span, sentence in (
        ((TODAY, TODAY + 11 * DAY), "berakhir 13 Agustus 2026"),
        ((office.from_on - DAY, TODAY), "mendahului masa jabatan"),
        ((TODAY + DAY, TODAY), "mendahului tanggal mulai"),
        ((TODAY, None), "sampai kapan"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            office.deputise(someone(), *span, by=admin)

    assert not Appointment.objects.filter(deputy_for=office).exists()


def test_nobody_deputises_for_himself_or_for_a_deputy(admin, office):
    made = office.deputise(someone(), TODAY, TODAY + DAY, by=admin)

    with pytest.raises(ValidationError, match="dirinya sendiri"):
        office.deputise(office.person, TODAY + 3 * DAY, TODAY + 4 * DAY, by=admin)
    with pytest.raises(ValidationError, match="tidak digantikan"):
        made.deputise(someone(), TODAY, TODAY, by=admin)
    with pytest.raises(ValidationError, match="tidak digantikan"):
        made.hand_over(someone(), on=TODAY + DAY, by=admin)


def test_an_office_has_one_deputy_at_a_time(admin, office):
    office.deputise(someone(), TODAY, TODAY + 5 * DAY, by=admin)

    with pytest.raises(ValidationError, match="sudah mempunyai pengganti"):
        office.deputise(someone(), TODAY + 5 * DAY, TODAY + 7 * DAY, by=admin)

    assert office.deputise(someone(), TODAY + 6 * DAY, TODAY + 7 * DAY, by=admin).pk


def test_only_who_appoints_names_deputies_and_never_himself(admin, office):
    with pytest.raises(NotTheirsToAppoint):
        office.deputise(someone(), TODAY, TODAY, by=office.person.user)
    with pytest.raises(NotTheirsToAppoint):
        office.deputise(Person.objects.of(admin), TODAY, TODAY, by=admin)

    assert not Appointment.objects.filter(deputy_for=office).exists()


def test_who_lives_here_no_more_gets_no_office(admin, office):
    gone = someone()
    gone.retire(by=admin)

    with pytest.raises(ValidationError, match="tidak aktif"):
        office.deputise(gone, TODAY, TODAY, by=admin)
    with pytest.raises(ValidationError, match="tidak aktif"):
        office.hand_over(gone, on=TODAY, by=admin)

    office.refresh_from_db()
    assert office.until_on is None


def test_a_person_of_another_village_deputises_nowhere_here(admin, office, neighbour):
    with village_scope(neighbour):
        stranger = someone()

    with pytest.raises(ValidationError, match="tidak ada di desa ini"):
        office.deputise(stranger, TODAY, TODAY, by=admin)


def test_the_deputy_ends_with_the_office(admin, office):
    made = office.deputise(someone(), TODAY, TODAY + DAY, by=admin)

    office.revoke(reason="Mengundurkan diri.", by=admin)

    made.refresh_from_db()
    assert made.revoked_at
    assert Entry.objects.filter(kind="appointment.ended").count() == 2


def test_who_moves_away_loses_all_offices_and_their_deputies(admin, office):
    office.person.appoint(role=Role.PPID, by=admin)
    deputy = office.deputise(someone(), TODAY, TODAY + DAY, by=admin)

    office.person.retire(by=admin)

    assert not Appointment.objects.unfinished(TODAY).filter(person=office.person).exists()
    deputy.refresh_from_db()
    assert deputy.revoked_at


def test_the_database_itself_keeps_deputies_apart(admin, office):
    made = office.deputise(someone(), TODAY, TODAY + DAY, by=admin)
    twin = {"role": made.role, "title": "Plt.", "from_on": TODAY, "deputy_for": office, "person": someone()}

    with pytest.raises(IntegrityError, match="one_deputy_at_a_time"):
        Appointment.objects.create(**twin, until_on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_the_same_moment_name_one_deputy(admin, office):
    people = [someone(), someone()]

    outcomes = at_once(
        office.village,
        *(
            lambda person=person: office.deputise(person, clock.today(), clock.today() + DAY, by=admin)
            for person in people
        ),
    )

    assert sorted(isinstance(outcome, Appointment) for outcome in outcomes) == [False, True]
    assert Appointment.objects.filter(deputy_for=office).count() == 1


# Handover


def test_an_office_passes_on_today_with_what_lies_on_the_desk(admin, office, works):
    successor = someone(name="Sri Wahyuni")
    works[office.person_id] = 3
    assert handover.in_hand(office.person) == [("laporan terbuka", 3)]

    made = office.hand_over(successor, on=TODAY, by=admin, decree_number="SK/12/2026")

    assert (made.title, made.role, made.from_on) == ("Sekretaris Desa", Role.SECRETARY, TODAY)
    assert office.until_on == TODAY - DAY
    assert not office.is_current
    assert works == {successor.pk: 3}
    assert made.work_passed_at
    assert "Pekerjaan Anda kini pada Sri Wahyuni: 3 laporan terbuka." in texts_of(office.person.user)
    assert any("3 laporan terbuka" in text for text in texts_of(successor.user))
    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds[-3:] == ["appointment.made", "appointment.handed_over", "appointment.work_passed"]
    assert "Sri" not in str([entry.facts for entry in Entry.objects.all()])


def test_an_office_passes_on_when_its_day_comes_and_once(admin, office, works):
    successor = someone()
    works[office.person_id] = 2

    made = office.hand_over(successor, on=TODAY + 5 * DAY, by=admin)

    assert due.pass_work_on() == 0
    assert works == {office.person_id: 2}
    assert office.person.user.has_perm("residents.change_person")
    with clock.at(NOON + 5 * DAY):
        assert due.pass_work_on() == 1
        works[office.person_id] = 9
        assert due.pass_work_on() == 0
        assert not office.person.user.has_perm("residents.change_person")
        assert successor.user.has_perm("residents.change_person")
    assert works == {successor.pk: 2, office.person_id: 9}
    made.refresh_from_db()
    assert made.work_passed_at == NOON + 5 * DAY


def test_a_successor_called_off_before_his_day_gets_no_work(admin, office, works):
    works[office.person_id] = 2
    made = office.hand_over(someone(), on=TODAY + 5 * DAY, by=admin)

    made.revoke(reason="Batal.", by=admin)

    with clock.at(NOON + 6 * DAY):
        assert due.pass_work_on() == 0
    assert works == {office.person_id: 2}


@pytest.mark.django_db(transaction=True)
def test_work_passes_once_however_many_watch_the_clock(admin, office, works):
    works[office.person_id] = 2
    with clock.at(NOON - 9 * DAY):
        made = office.hand_over(someone(), on=TODAY - 5 * DAY, by=admin)

    outcomes = at_once(office.village, made.take_over_work, made.take_over_work)

    assert sorted(outcomes) == [0, 1]
    assert Entry.objects.filter(kind="appointment.work_passed").count() == 1


def test_deputies_leave_with_whom_they_stood_in_for(admin, office):
    now = office.deputise(someone(), TODAY, TODAY + 9 * DAY, by=admin)
    later = office.deputise(someone(), TODAY + 20 * DAY, TODAY + 22 * DAY, by=admin)

    office.hand_over(someone(), on=TODAY + 5 * DAY, by=admin)

    now.refresh_from_db()
    later.refresh_from_db()
    assert now.until_on == TODAY + 4 * DAY
    assert later.revoked_at


def test_a_handover_is_refused_with_a_sentence(admin, office):
    for to, on, sentence in (
        (office.person, TODAY, "sudah dipegangnya"),
        (someone(), TODAY - DAY, "paling awal hari ini"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            office.hand_over(to, on=on, by=admin)
    office.hand_over(someone(), on=TODAY + 9 * DAY, by=admin)
    with pytest.raises(ValidationError, match="sudah dicatat"):
        office.hand_over(someone(), on=TODAY + 8 * DAY, by=admin)

    assert Appointment.objects.filter(takes_over_from=office).count() == 1


def test_only_who_appoints_hands_over_and_never_to_himself(admin, office):
    with pytest.raises(NotTheirsToAppoint):
        office.hand_over(Person.objects.of(admin), on=TODAY, by=admin)
    office.person.user.forget_appointments()
    with pytest.raises(NotTheirsToAppoint):
        office.hand_over(someone(), on=TODAY, by=office.person.user)

    office.refresh_from_db()
    assert office.until_on is None


@pytest.mark.django_db(transaction=True)
def test_two_handovers_at_the_same_moment_are_one(admin, office):
    people = [someone(), someone()]

    outcomes = at_once(
        office.village,
        *(lambda person=person: office.hand_over(person, on=clock.today(), by=admin) for person in people),
    )

    assert sorted(isinstance(outcome, Appointment) for outcome in outcomes) == [False, True]
    assert Appointment.objects.filter(takes_over_from=office).count() == 1


# Ends


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_pass_work_on_and_tell_ends_once(admin, office, works):
    works[office.person_id] = 2
    successor, ending = (
        someone(),
        Appointment.objects.get(person__user=factories.make_official(Role.OPERATOR)),
    )
    ending.until_on = TODAY + 20 * DAY
    ending.save()
    with clock.at(NOON - 9 * DAY):
        office.hand_over(successor, on=TODAY, by=admin)

    def run():
        with clock.at(NOON):
            return due.pass_work_on(), due.tell_ends()

    outcomes = at_once(office.village, run, run)

    assert sorted(passed for passed, _ in outcomes) == [0, 1]
    assert sorted(ends for _, ends in outcomes) == [0, 1]
    assert works == {successor.pk: 2}
    assert Entry.objects.filter(kind="appointment.work_passed").count() == 1
    assert len(texts_of(ending.person.user)) == 1


def test_an_end_is_told_a_month_before_and_once(admin, office):
    head = factories.make_official(Role.VILLAGE_HEAD)
    office.until_on = TODAY + 31 * DAY
    office.save()
    assert due.tell_ends() == 0

    with clock.at(NOON + DAY):
        assert due.tell_ends() == 1
        assert due.tell_ends() == 0

    assert texts_of(office.person.user) == [
        "Penugasan Anda sebagai Sekretaris Desa berakhir 3 September 2026."
    ]
    assert len(texts_of(admin)) == len(texts_of(head)) == 1


def test_nobody_is_warned_of_what_is_short_ended_or_handed_over(admin, office):
    office.deputise(someone(), TODAY, TODAY + 6 * DAY, by=admin)
    office.hand_over(someone(), on=TODAY + 20 * DAY, by=admin)
    revoked = someone().appoint(role=Role.PPID, by=admin, from_on=TODAY - 90 * DAY, until_on=TODAY + 9 * DAY)
    revoked.revoke(reason="Selesai.", by=admin)

    assert due.tell_ends() == 0
