"""Every kind of entry that the portal writes is called something that people understand."""

import ast

import pytest

from partisipasi.ledger import wording
from tests.source import modules


def kinds_in(tree):
    """The kinds that `record(…)` is called with: texts, and both ends of a choice between two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) == "record" and node.args:
            kind = node.args[0]
            branches = [kind.body, kind.orelse] if isinstance(kind, ast.IfExp) else [kind]
            yield from (each.value for each in branches if isinstance(each, ast.Constant))


def _called(function):
    return getattr(function, "id", getattr(function, "attr", ""))


RECORDED = sorted({(kind, name) for name, tree in modules().items() for kind in kinds_in(tree)})


@pytest.mark.parametrize(("kind", "module"), RECORDED)
def test_every_kind_that_the_code_records_has_words(kind, module):
    assert kind in wording.registered_kinds(), (
        f"Say in the room's wording.py what {kind} is called (partisipasi.ledger.wording.register)."
    )


def test_the_kinds_are_found_however_the_verb_is_called():
    tree = ast.parse('record("a.b", row)\nchain.record("c.d")\nrecord("e.f" if x else "g.h")')

    assert list(kinds_in(tree)) == ["a.b", "c.d", "e.f", "g.h"]
    assert len(RECORDED) > 10


def test_facts_are_told_in_words(village):
    facts = {
        "topic": 7,
        "closed_at": "2026-01-31T02:00:00Z",
        "from": "2026-02-01",
        "final": True,
        "reason": {"commitment": "a" * 64},
        "until": None,
        "parts": [{"session": 3, "by_unsur": {"Tokoh agama": 2}}],
        "names": ["a", 1],
    }
    wording.register("test.said", "Diuji", group="Uji", facts={"topic": "Topik"})

    told = dict(wording.told("test.said", facts))

    assert told == {
        "Topik": "7",
        "Closed at": "31 Januari 2026, 09.00 WIB",
        "Sejak": "1 Februari 2026",
        "Final": "ya",
        "Alasan": "tersegel, tidak ditampilkan (aaaaaaaaaaaaaaaa…)",
        "Parts 1: Session": "3",
        "Parts 1: By unsur: Tokoh agama": "2",
        "Names": "a, 1",
    }
    assert ("Alasan" not in dict(wording.told_briefly("test.said", facts))) is True
    del wording._wordings["test.said"]


def test_codes_are_told_by_what_they_stand_for():
    wording.register("test.coded", "Diuji", group="Uji", values={"role": {"kades": "Kepala Desa"}})

    told = dict(wording.told("test.coded", {"role": "kades", "from": "kades"}))

    assert told == {"Role": "Kepala Desa", "Sejak": "kades"}
    del wording._wordings["test.coded"]


def test_a_kind_that_nobody_names_keeps_its_own():
    assert wording.of("old.thing").words == "old.thing"
    assert wording.of("old.thing").group == wording.OTHER
    assert wording.groups()[-1] == wording.OTHER
