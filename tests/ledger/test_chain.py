import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger import verifier
from partisipasi.ledger.chain import GENESIS, canonical, commitment, record
from partisipasi.ledger.models import DailyHead, Entry, LedgerHead, Seal
from partisipasi.ledger.verification import verify
from partisipasi.village.models import Region
from tests import factories
from tests.lock_order import LockedTooLate
from tests.threads import at_once


def test_each_entry_seals_the_one_before(village):
    first = record("article.published", factories.make_region(), {"title": "Musdes"})
    second = record("activity.closed", None, {"attended": 60})

    assert (first.number, first.previous) == (1, GENESIS)
    assert (second.number, second.previous) == (2, first.hash)
    assert first.subject.startswith("village.region:")
    head = LedgerHead.objects.get()
    assert (head.number, head.hash) == (2, second.hash)


def test_each_village_has_its_own_chain(village, neighbour):
    record("article.published")

    with village_scope(neighbour):
        assert record("article.published").number == 1


def test_a_strangers_program_reads_every_kind_of_fact_as_we_wrote_it(village):
    record(
        "budget.set", None, {"amount": Decimal("1250000.50"), "on": datetime(2026, 1, 1, tzinfo=UTC).date()}
    )
    record("post.hidden", None, {"é": ["a", {"b": True}], "a": None}, sealed={"reason": "kasar"})
    with clock.at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        record("article.published", None, {"title": 'Kata "kami"\n'})

    for entry in Entry.objects.order_by("number"):
        published = {
            "number": entry.number,
            "at": entry.at.isoformat(timespec="microseconds"),
            "kind": entry.kind,
            "subject": entry.subject,
            "facts": entry.facts,
            "previous": entry.previous,
        }
        assert verifier.fingerprint(json.loads(json.dumps(published))) == entry.hash


def test_a_reason_enters_the_chain_as_a_commitment_alone(village):
    entry = record("post.hidden", None, {"rule": 3}, sealed={"reason": "Menghina Bu Siti"})

    entry.refresh_from_db()
    seal = Seal.objects.get()
    assert "Siti" not in json.dumps(entry.facts)
    assert entry.facts["reason"] == {"commitment": commitment(seal.salt, "Menghina Bu Siti")}
    assert (
        entry.facts["reason"]["commitment"]
        == hashlib.sha256(f"{seal.salt}:Menghina Bu Siti".encode()).hexdigest()
    )


def test_salts_can_be_deleted_and_the_chain_stays_whole(village):
    record("post.hidden", None, sealed={"reason": "x"})

    Seal.objects.all().delete()

    assert verify().is_whole


def test_fractions_that_lose_digits_are_refused_and_change_nothing(village):
    for fact in (0.1, float("nan")):
        with pytest.raises((TypeError, ValueError)):
            record("budget.set", None, {"amount": fact})

    assert not Entry.objects.exists()


_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
_facts = st.recursive(
    st.none() | st.booleans() | st.integers() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


@given(_facts)
def test_the_canonical_form_survives_reading_and_writing(facts):
    assert canonical(json.loads(canonical(facts))) == canonical(facts)


@pytest.mark.parametrize("model", [Entry, DailyHead])
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = ''", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_what_is_recorded(village, model, statement):
    entry = record("article.published")
    DailyHead.objects.create(on=clock.today(), number=1, hash=entry.hash)
    table = model._meta.db_table

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="hanya dapat ditambah"), transaction.atomic():
            cursor.execute(statement.format(table))

    assert model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_append_without_gaps():
    village = factories.make_village()

    outcomes = at_once(village, *[lambda: record("article.published").number] * 40)

    assert sorted(outcomes) == list(range(1, 41))
    with village_scope(village):
        assert verify().is_whole
        times = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)


@pytest.mark.django_db(transaction=True)
def test_who_records_keeps_nobody_from_working_in_the_village():
    village = factories.make_village()

    def work() -> bool:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            factories.make_person()
            village.save(update_fields=["phone"])
        return True

    with village_scope(village), transaction.atomic():
        record("article.published")
        assert at_once(village, work) == [True]


@pytest.mark.django_db(transaction=True)
def test_a_verb_that_fails_leaves_no_entry_and_no_gap():
    village = factories.make_village()

    with village_scope(village):
        with transaction.atomic():
            record("article.published")
            transaction.set_rollback(True)
        assert record("article.published").number == 1


def test_a_verb_that_locks_a_row_after_the_record_is_found(village):
    region = factories.make_region()

    with transaction.atomic():
        Region.objects.filter(pk=region.pk).update(name="Wetan")
        record("region.renamed")
        record("region.renamed")
        with pytest.raises(LockedTooLate):
            list(Region.objects.select_for_update())
    Region.objects.filter(pk=region.pk).update(name="Kulon")
