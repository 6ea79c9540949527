import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Count
from django.test.utils import isolate_apps

from partisipasi.db import ScopeError, VillageRow, every_village, village_scope
from partisipasi.residents.models import Body, Membership, Person, Unsur, User
from partisipasi.village.models import Village
from tests import factories


@pytest.fixture
def nowhere(db: None) -> Village:
    """A village with one person, and no scope."""
    village = factories.make_village()
    with village_scope(village):
        factories.make_person()
    return village


@pytest.mark.parametrize(
    "touch",
    [
        lambda: Person.objects.exists(),
        lambda: Person.objects.exclude(pk=0).exists(),
        lambda: Person.objects.filter(pk=1),
        lambda: Person.objects.all(),
        lambda: Person.objects.count(),
        lambda: list(Person.objects.iterator()),
        lambda: Person.objects.bulk_create([Person(name="Siapa", village_id=1)]),
        lambda: Person.objects.create(name="Siapa", village_id=1),
        lambda: Person.objects.update(name="Siapa"),
        lambda: Person.objects.named_like("a"),
        lambda: Person(name="Siapa"),
    ],
)
def test_without_a_scope_nobody_touches_a_village(nowhere, touch):
    with pytest.raises(ScopeError):
        touch()


def test_no_village_is_not_every_village(nowhere):
    with pytest.raises(ScopeError), village_scope(None):
        pass


def test_a_scope_shows_its_village_alone(nowhere):
    other = factories.make_village()

    with village_scope(other):
        assert not Person.objects.exists()
    with village_scope(nowhere):
        assert Person.objects.count() == 1
    with every_village():
        assert Person.objects.count() == 1


def test_no_relation_leads_from_the_installation_into_villages(village):
    with pytest.raises(FieldError):
        User.objects.filter(person__name="x")
    with pytest.raises(FieldError):
        Village.objects.annotate(n=Count("person"))


def test_the_check_refuses_a_relation_that_leads_back():
    with isolate_apps("partisipasi.residents"):

        class Stray(VillageRow):
            user = models.ForeignKey(User, models.CASCADE)

            class Meta:
                app_label = "residents"

            def __str__(self) -> str:
                return ""

        assert "partisipasi.E001" in [error.id for error in Stray.check()]


def test_the_check_refuses_a_model_that_shows_all_villages():
    with isolate_apps("partisipasi.residents"):

        class Open(VillageRow):
            class Meta:
                app_label = "residents"

            def __str__(self) -> str:
                return ""

        assert "partisipasi.E002" in [error.id for error in Open.check()]


def test_a_foreign_key_stays_in_its_village(village, neighbour):
    person = factories.make_person()
    with village_scope(neighbour):
        body = factories.make_body()

    with pytest.raises(ValidationError) as refused:
        Membership(person=person, body=body).full_clean()

    assert "body" in refused.value.message_dict
    assert not Body.objects.exists()


def test_what_is_unique_in_a_village_is_asked_though_no_form_shows_the_village(village, neighbour):
    factories.make_unsur(name="Tokoh agama")

    with pytest.raises(ValidationError):
        Unsur(name="Tokoh agama").full_clean(exclude=["village"])
    with village_scope(neighbour):
        Unsur(name="Tokoh agama").full_clean(exclude=["village"])
