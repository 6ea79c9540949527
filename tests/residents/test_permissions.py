from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents import permissions
from partisipasi.residents.models import Appointment, Person, Role
from tests import factories

PERM = "residents.view_person"
permissions.grant([Role.ADMIN, Role.HAMLET_HEAD], PERM)


def test_an_appointment_lets_in_and_its_end_keeps_out(village):
    official = factories.make_official(Role.ADMIN)
    assert official.has_perm(PERM)
    assert official.is_staff

    Appointment.objects.update(until_on=clock.today() - timedelta(days=1))
    official.__dict__.pop("_appointments")

    assert not official.has_perm(PERM)
    assert not official.is_staff


def test_residents_and_strangers_may_nothing(village):
    assert not factories.make_resident().has_perm(PERM)
    assert not permissions.coverage(AnonymousUser(), PERM)


def test_an_appointment_holds_in_its_village_alone(village, neighbour):
    official = factories.make_official(Role.ADMIN)

    with village_scope(neighbour):
        assert not official.has_perm(PERM)
        assert not official.is_staff


def test_a_hamlet_head_reaches_his_hamlet_and_what_lies_within(village):
    hamlet, other = factories.make_region(), factories.make_region()
    rt = factories.make_region(level_word="RT", name="001", parent=hamlet)
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    inside = factories.make_person(region=rt)
    outside = factories.make_person(region=other)
    nowhere = factories.make_person()

    seen = Person.objects.filter(head.coverage(PERM).as_q("region"))

    assert list(seen) == [inside]
    assert head.has_perm(PERM)
    assert head.has_perm(PERM, inside)
    assert not head.has_perm(PERM, outside)
    assert not head.has_perm(PERM, nowhere)


def test_an_appointment_of_the_future_waits(village):
    official = factories.make_official(Role.ADMIN, from_on=date(2999, 1, 1))

    assert not official.has_perm(PERM)
