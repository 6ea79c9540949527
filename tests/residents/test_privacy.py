import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from partisipasi.db import village_scope
from partisipasi.residents import privacy
from partisipasi.residents.models import Membership, Person, Role, User
from partisipasi.residents.privacy.export import exported
from tests import factories


def keys_to_people():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model in {User, Person}:
                yield model, field.name


@pytest.mark.parametrize(
    ("model", "field"), [pytest.param(m, f, id=f"{m._meta.label}.{f}") for m, f in keys_to_people()]
)
def test_every_key_to_a_person_or_an_account_is_registered(model, field):
    assert privacy.is_registered(model, field), (
        "Register it in the room's privacy.py (partisipasi.residents.privacy)."
    )


@pytest.mark.parametrize("holding", privacy.holdings(), ids=lambda h: f"{h.model._meta.label}.{h.path}")
def test_what_is_registered_can_be_exported(village, holding):
    person = Person.objects.get(user=factories.make_resident())

    assert list(exported(holding, person)) is not None
    for name in holding.export:
        assert holding.model._meta.get_field(name).concrete


def test_a_registration_says_what_becomes_of_the_rows():
    with pytest.raises(ValueError, match="why they are kept"):
        privacy.register(Membership, "position")
    with pytest.raises(FieldDoesNotExist):
        privacy.Holding(Membership, "position", (), None, "x").rows(Person.__new__(Person))


@pytest.fixture
def known(village):
    """Somebody of whom the portal knows all it can."""
    user = factories.make_resident(
        "wahyuningsih",
        name="Wahyuningsih Prabawati",
        address="Gang Kenanga 17",
        phone="+6281234567890",
        guardian="Wali Wahyuningsih",
        nipd="NIPD-775",
    )
    person = Person.objects.get(user=user)
    person.remember_nik("3301015507900001")
    EmailAddress.objects.create(user=user, email="wahyuningsih@contoh.id", verified=True, primary=True)
    User.objects.filter(pk=user.pk).update(email="wahyuningsih@contoh.id", phone="+6281234567890")
    Membership.objects.create(
        person=person, body=factories.make_body(name="PKK"), position="Bendahara Wahyuningsih"
    )
    LogEntry.objects.log_actions(user.pk, [person], CHANGE, change_message="Wahyuningsih", single_object=True)
    person.appoint(role=Role.OPERATOR, by=user)
    return Person.objects.get(pk=person.pk)


def test_an_export_tells_all_of_it_in_words(known):
    told = privacy.export(known)

    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    for said in (
        "Gang Kenanga 17",
        "+6281234567890",
        "wahyuningsih@contoh.id",
        "Bendahara",
        "PKK",
        "Operator (isi portal)",
    ):
        assert said in text
    assert known.nik_hmac not in text


def test_what_stays_is_named_before(known):
    assert (
        "Penugasan resmi disimpan sebagai register perangkat desa, tanpa nama Anda."
        in privacy.kept_after_erasure(known)
    )


STRINGS = ("wahyuningsih", "kenanga", "6281234567890", "nipd-775")


def rows_with(text):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE lower(t::text) LIKE %s', [f"%{text}%"])  # noqa: S608 - our own table names
            if cursor.fetchone()[0]:
                yield table


@pytest.mark.parametrize("text", STRINGS)
def test_after_erasure_nothing_in_the_database_tells_of_the_person(known, text):
    assert list(rows_with(text))

    privacy.erase(known)

    assert list(rows_with(text)) == []
    assert known.nik_hmac == ""


def test_nobody_signs_in_with_an_erased_account(known, client):
    privacy.erase(known)

    client.post("/akun/masuk/", {"login": "wahyuningsih", "password": factories.PASSWORD})

    assert "_auth_user_id" not in client.session


def test_an_account_known_in_another_village_stays_there(known, neighbour):
    user = known.user
    with village_scope(neighbour):
        there = factories.make_person(user=user, name="Wahyuningsih P.")

    privacy.erase(known)

    user.refresh_from_db()
    assert user.is_active
    assert user.username == "wahyuningsih"
    with village_scope(neighbour):
        there.refresh_from_db()
        assert there.user == user
