"""How the record reads to people: each room says at start-up what its kinds of entries are called.

    register("post.hidden", "Tanggapan disembunyikan moderator", group="Moderasi", facts={"topic": "Topik"})

A room does so in its `wording.py`, imported in `AppConfig.ready()`; a test finds the kinds that nobody named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from partisipasi.village import words

OTHER = "Lainnya"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

# What several rooms state under the same name.
_COMMON = {
    "after": "Sidik jari sesudahnya",
    "amount": "Jumlah",
    "before": "Sidik jari sebelumnya",
    "body": "Isi",
    "by": "Nomor akun yang melakukannya",
    "content": "Sidik jari isi",
    "due": "Jatuh tempo",
    "from": "Sejak",
    "kind": "Jenis",
    "person": "Nomor orang di buku alamat",
    "reason": "Alasan",
    "region": "Nomor wilayah",
    "sha256": "Sidik jari berkas",
    "title": "Judul",
    "until": "Sampai dengan",
}


@dataclass(frozen=True)
class Wording:
    """What one kind of entry is called, under which heading it is looked for, and the names of its facts."""

    kind: str
    words: str
    group: str = OTHER
    facts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def label(self, name: str) -> str:
        return self.facts.get(name) or _COMMON.get(name) or _as_words(name)

    def value(self, name: str, value: Any) -> Any:
        """What a code stands for; anything else as it is."""
        return self.values.get(name, {}).get(value, value) if isinstance(value, str) else value


def _as_words(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")


_wordings: dict[str, Wording] = {}


def register(
    kind: str,
    words: str,
    *,
    group: str,
    facts: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Say what entries of `kind` are called, in Indonesian.

    `facts` names those that `_COMMON` does not; `values` says what the codes in a fact stand for.
    """
    _wordings[kind] = Wording(kind, words, group, dict(facts or {}), dict(values or {}))


def of(kind: str) -> Wording:
    """The wording of `kind`; one that no room names any more is shown by its own name."""
    return _wordings.get(kind) or Wording(kind, kind)


def registered_kinds() -> frozenset[str]:
    return frozenset(_wordings)


def groups() -> list[str]:
    """The headings under which entries are looked for, in order; the rest is OTHER."""
    return [*sorted({wording.group for wording in _wordings.values()} - {OTHER}), OTHER]


def kinds_of(group: str) -> list[str]:
    return [wording.kind for wording in _wordings.values() if wording.group == group]


def named_kinds() -> list[str]:
    """The kinds under any heading but OTHER."""
    return [wording.kind for wording in _wordings.values() if wording.group != OTHER]


def told(kind: str, facts: Any) -> list[tuple[str, str]]:
    """The facts of an entry as pairs to read, those within lists and objects under the names around them."""
    wording = of(kind)
    return [(label, _said(value)) for label, value in _pairs(wording, facts) if value not in ("", None)]


def told_briefly(kind: str, facts: Any) -> list[tuple[str, str]]:
    """The first three facts that are no fingerprints and no seals."""
    plain = {name: value for name, value in facts.items() if not _is_fingerprint(value)}
    return told(kind, plain)[:3]


def _is_fingerprint(value: Any) -> bool:
    if isinstance(value, dict):
        return "commitment" in value
    return isinstance(value, str) and bool(_FINGERPRINT.fullmatch(value))


def _pairs(wording: Wording, facts: Any, around: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        label = f"{around}: {wording.label(name)}" if around else wording.label(name)
        if isinstance(value, dict) and "commitment" not in value:
            yield from _pairs(wording, value, label)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, part in enumerate(value, start=1):
                yield from _pairs(wording, part, f"{label} {number}")
        else:
            yield label, wording.value(name, value)


def _said(value: Any) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case {"commitment": str(digest)}:
            return f"tersegel, tidak ditampilkan ({digest[:16]}…)"
        case list():
            return ", ".join(_said(each) for each in value)
        case str() if _MOMENT.fullmatch(value):
            moment = timezone.localtime(datetime.fromisoformat(value))
            zone = words.zone_word(timezone.get_current_timezone())
            return f"{words.long_date(moment.date())}, {words.clock_time(moment)} {zone}"
        case str() if _DAY.fullmatch(value):
            return words.long_date(date.fromisoformat(value))
    return str(value)
