"""Appending to the village's chain, and the arithmetic that anybody can repeat to check it (docs/ledger.md)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import current_village_pk

from .models import Entry, LedgerHead, Seal

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """`value` as JSON with sorted keys, no spaces, UTF-8: the same bytes on every machine."""
    text = json.dumps(
        value,
        cls=DjangoJSONEncoder,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return text.encode()


def stated(
    *, number: int, at: datetime, kind: str, subject: str, facts: Any, previous: str
) -> dict[str, Any]:
    """What an entry states, as it goes into its hash."""
    return {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "subject": subject,
        "facts": facts,
        "previous": previous,
    }


def stated_by(entry: Entry) -> dict[str, Any]:
    """What a kept entry states."""
    return stated(
        number=entry.number,
        at=entry.at,
        kind=entry.kind,
        subject=entry.subject,
        facts=entry.facts,
        previous=entry.previous,
    )


def entry_hash(**values: Any) -> str:
    """The SHA-256 over what an entry states (`stated`), the hash of the one before it included; hexadecimal."""
    return hashlib.sha256(canonical(stated(**values))).hexdigest()


def _mac(*parts: object) -> str:
    return hmac.new(settings.LEDGER_KEY, ":".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()


def entry_mac(village_pk: int, entry_digest: str) -> str:
    """The HMAC with a key that is not in the database: whoever rewrites the whole chain cannot make it."""
    return _mac(village_pk, entry_digest)


def head_mac(village_pk: int, number: int, entry_digest: str) -> str:
    """The HMAC that says that the chain ends here; the entry's own would say so of every former end."""
    return _mac(village_pk, "head", number, entry_digest)


def subject_of(row: models.Model | None) -> str:
    """How an entry names the row that it is about: "announcements.article:12"."""
    return f"{row._meta.label_lower}:{row.pk}" if row is not None else ""


@transaction.atomic
def record(
    kind: str,
    subject: models.Model | None = None,
    facts: Mapping[str, Any] | None = None,
    *,
    sealed: Mapping[str, str] | None = None,
) -> Entry:
    """Append that `kind` happened to `subject` in the village in scope.

    `facts` are public for ever: no personal data, no free text. Those go into `sealed`, of which only salted
    commitments enter the chain. Takes the ledger's lock, so it is the last thing a verb does. Raises TypeError for
    facts with fractions that are not Decimal: they do not come back from the database with the same digits.
    """
    salts = {name: secrets.token_hex(16) for name in sealed or {}}
    told = json.loads(canonical(dict(facts or {})), parse_float=_refuse_float)
    for name, text in (sealed or {}).items():
        told[name] = {"commitment": commitment(salts[name], text)}
    head = LedgerHead.locked()
    values = {
        "number": head.number + 1,
        # Read under the lock, so that times run as the numbers do.
        "at": clock.now(),
        "kind": kind,
        "subject": subject_of(subject),
        "facts": told,
        "previous": head.hash or GENESIS,
    }
    village_pk, digest = current_village_pk(), entry_hash(**values)
    entry = Entry.objects.create(**values, hash=digest, mac=entry_mac(village_pk, digest))
    Seal.objects.bulk_create([Seal(entry=entry, name=name, salt=salt) for name, salt in salts.items()])
    head.move_to(entry.number, digest, head_mac(village_pk, entry.number, digest))
    return entry


def forget_sealed(rows: models.QuerySet, names: Iterable[str] = ()) -> None:
    """Let the commitments of the entries about `rows` say nothing any more: their salts go.

    `names`: of those commitments alone; of none means all.
    """
    label = rows.model._meta.label_lower
    subjects = [f"{label}:{pk}" for pk in rows.values_list("pk", flat=True)]
    seals = Seal.objects.filter(entry__subject__in=subjects)
    only = list(names)
    (seals.filter(name__in=only) if only else seals).delete()


def _refuse_float(digits: str) -> Any:
    raise TypeError(f"The ledger takes whole numbers and Decimal, not the float {digits}.")


def commitment(salt: str, text: str) -> str:
    """What stands in the chain for a text that may have to be forgotten: without its salt it says nothing."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()
