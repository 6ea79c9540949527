from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.chain import GENESIS, entry_hash, record
from partisipasi.ledger.due import keep_daily_heads
from partisipasi.ledger.models import DailyHead, Entry, LedgerHead
from partisipasi.ledger.verification import verify


@pytest.fixture
def chain(village):
    """Six entries over three days in May, and the heads of these days."""
    for day in (3, 4, 5):
        for hour in (8, 9):
            with clock.at(datetime(2026, 5, day, hour, tzinfo=UTC)):
                record("budget.set", None, {"amount": day * 1000 + hour})
    with clock.at(datetime(2026, 5, 6, 1, tzinfo=UTC)):
        keep_daily_heads()
    assert verify().is_whole


@contextmanager
def unguarded() -> Iterator[CursorWrapper]:
    """The triggers away, as for somebody who owns the database but has not the keys."""
    tables = ("ledger_entry", "ledger_dailyhead")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def behind_djangos_back(*statements: str) -> None:
    with unguarded() as cursor:
        for statement in statements:
            cursor.execute(statement)


def change_a_fact() -> None:
    behind_djangos_back("""UPDATE ledger_entry SET facts = '{"amount": 1}' WHERE number = 3""")


def change_a_time() -> None:
    behind_djangos_back("UPDATE ledger_entry SET at = at - interval '1 day' WHERE number = 3")


def delete_from_the_middle() -> None:
    behind_djangos_back("DELETE FROM ledger_entry WHERE number IN (3, 4)")


def delete_the_first() -> None:
    behind_djangos_back("DELETE FROM ledger_entry WHERE number = 1")


def delete_the_end() -> None:
    behind_djangos_back("DELETE FROM ledger_entry WHERE number = 6")


def delete_the_end_and_set_back_the_head() -> None:
    behind_djangos_back(
        "DELETE FROM ledger_dailyhead WHERE number = 6",
        "DELETE FROM ledger_entry WHERE number > 4",
        "UPDATE ledger_ledgerhead SET number = 4, hash = (SELECT hash FROM ledger_entry WHERE number = 4)",
    )


def delete_everything() -> None:
    behind_djangos_back("DELETE FROM ledger_entry")


def rewrite_the_whole_chain() -> None:
    """Every hash, link, head and daily head recomputed by the published rules: only the key is missing."""
    previous = GENESIS
    for entry in Entry.objects.order_by("number"):
        facts = {"amount": 1} if entry.number == 1 else entry.facts
        digest = entry_hash(
            number=entry.number, at=entry.at, kind=entry.kind, subject="", facts=facts, previous=previous
        )
        entry.facts, entry.previous, entry.hash = facts, previous, digest
        with unguarded():
            entry.save()
            DailyHead.objects.filter(number=entry.number).update(hash=digest)
        previous = digest
    LedgerHead.objects.update(hash=previous)
    assert Entry.objects.get(number=1).facts == {"amount": 1}


def exchange_two_entries() -> None:
    behind_djangos_back(
        "UPDATE ledger_entry SET number = 99 WHERE number = 3",
        "UPDATE ledger_entry SET number = 3 WHERE number = 4",
        "UPDATE ledger_entry SET number = 4 WHERE number = 99",
    )


def change_a_daily_head() -> None:
    behind_djangos_back("UPDATE ledger_dailyhead SET hash = repeat('a', 64) WHERE number = 4")


def delete_a_daily_head() -> None:
    behind_djangos_back("DELETE FROM ledger_dailyhead WHERE number = 4")


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (change_a_fact, "Isi catatan 3 tidak cocok dengan sidik jarinya."),
        (change_a_time, "Isi catatan 3 tidak cocok dengan sidik jarinya."),
        (delete_from_the_middle, "Catatan 3–4 hilang."),
        (delete_the_first, "Catatan 1 hilang."),
        (delete_the_end, "Catatan 6 hilang dari ujung rantai."),
        (delete_the_end_and_set_back_the_head, "Kepala catatan tidak ditulis oleh portal ini"),
        (delete_everything, "Catatan 1–6 hilang dari ujung rantai."),
        (rewrite_the_whole_chain, "Catatan 1 tidak ditulis oleh portal ini."),
        (exchange_two_entries, "Isi catatan 3 tidak cocok dengan sidik jarinya."),
        (change_a_daily_head, "Kepala harian 4 Mei 2026 tidak cocok dengan catatan 4."),
        (delete_a_daily_head, "Kepala harian antara 3 Mei 2026 dan 5 Mei 2026 hilang."),
    ],
)
def test_tampering_behind_the_portals_back_is_caught(chain, tamper: Callable[[], None], said: str):
    tamper()

    assert any(fault.startswith(said) for fault in verify().faults)
    with pytest.raises(CommandError, match="tidak utuh"):
        call_command("verify_ledger", stdout=StringIO())


def test_the_command_names_each_village_and_what_does_not_fit(chain, village, neighbour):
    with village_scope(neighbour):
        record("article.published")
    change_a_fact()
    out = StringIO()

    with pytest.raises(CommandError, match="Catatan 1 desa tidak utuh"):
        call_command("verify_ledger", stdout=out)

    assert "Desa Sukaramah: Isi catatan 3 tidak cocok" in out.getvalue()
    assert "Desa Tetangga: 1 catatan utuh" in out.getvalue()
    call_command("verify_ledger", village="tetangga.testserver", stdout=StringIO())


def test_the_command_refuses_a_village_that_is_not_there(village):
    with pytest.raises(CommandError, match="Tidak ada desa"):
        call_command("verify_ledger", village="entah.desa.id")


def test_an_empty_record_is_whole(village):
    assert verify().is_whole
