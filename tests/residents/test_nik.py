import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import connection

from partisipasi.db import village_scope
from partisipasi.residents import nik
from partisipasi.residents.models import Person
from tests import factories

NUMBER = "3301015507900001"


def test_a_nik_is_known_again_but_never_kept(village):
    person = factories.make_person()

    person.remember_nik("3301 0155 0790 0001")

    assert Person.objects.with_nik(NUMBER).get() == person
    assert NUMBER not in serialize("json", Person.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM residents_person p")
        assert NUMBER not in str(cursor.fetchall())


def test_two_villages_know_the_same_nik_by_different_marks(village, neighbour):
    assert nik.fingerprint(NUMBER, village.pk) != nik.fingerprint(NUMBER, neighbour.pk)
    with village_scope(neighbour):
        factories.make_person().remember_nik(NUMBER)


def test_a_nik_belongs_to_one_person_of_the_village(village):
    factories.make_person().remember_nik(NUMBER)
    other = factories.make_person()

    with pytest.raises(ValidationError, match="orang lain"):
        other.remember_nik(NUMBER)

    other.refresh_from_db()
    assert other.nik_hmac == ""


@pytest.mark.parametrize(
    "wrong",
    ["", "330101550790000", "33010155079000011", "3301019907900001", "3301011513900001", "330101550790000O"],
)
def test_what_cannot_be_a_nik_is_refused(wrong):
    with pytest.raises(ValidationError):
        nik.normalise(wrong)
