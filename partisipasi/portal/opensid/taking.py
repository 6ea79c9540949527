"""Taking rows over, once each: what was taken before is known again, what changed there is changed here."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.files.intake import IMAGES, Refused, store
from partisipasi.files.models import StoredFile
from partisipasi.ledger.chain import canonical
from partisipasi.portal.models import Origin
from partisipasi.residents.models import User

from .dump import Dump, Row
from .known import OWNER, TABLES
from .report import Report

LARGEST_FILE = 30 * 1024 * 1024


class LeftOut(Exception):
    """The portal has no place for this row; its words say why."""


@dataclass
class Folder:
    """The files of the former site (`desa/` of OpenSID), found by the name that a row has of them."""

    path: Path | None
    report: Report
    _by_name: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for found in sorted(self.path.rglob("*")) if self.path else ():
            # Of the sizes in which OpenSID keeps a picture the middle one is the largest it shows.
            name = found.name.removeprefix("sedang_")
            if found.is_file() and not found.is_symlink() and not found.name.startswith("kecil_"):
                self._by_name.setdefault(name, found)

    def stored(self, name: str | None, **asked: Any) -> StoredFile | None:
        """The file of this name, kept as a public one; None, with a line in the report, where that cannot be."""
        upload = self.upload(name)
        try:
            return store(upload, visibility=StoredFile.Visibility.PUBLIC, **asked) if upload else None
        except Refused as refusal:
            self.report.warn(f"Berkas {name} tidak diambil: {refusal}")
            return None

    def picture(self, name: str | None) -> StoredFile | None:
        """The same for a picture."""
        return self.stored(name, allow=IMAGES)

    def upload(self, name: str | None) -> UploadedFile | None:
        """The file of this name, as if somebody had just sent it; None, with a line in the report, without one."""
        name = Path((name or "").replace("\\", "/")).name
        if not name:
            return None
        found = self._by_name.get(name)
        if not found:
            self.report.missing_files.append(name)
            return None
        if found.stat().st_size > LARGEST_FILE:
            self.report.warn(f"Berkas {name} lebih besar dari 30 MB, jadi tidak diambil.")
            return None
        return SimpleUploadedFile(name, found.read_bytes())


@dataclass
class Site:
    """What is taken over, by whom, and what is told of it."""

    dump: Dump
    by: User
    report: Report
    files: Folder
    owner: str | None = None
    """The number of the village within the dump, where several share it."""

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of this village, in the order of their keys; each is counted in the report."""
        own = [row for row in self.dump.rows(table) if not self.owner or row.get(OWNER) in {None, self.owner}]
        own.sort(key=lambda row: number(row.get(TABLES[table].key)))
        self.report.of(table).rows = len(own)
        return iter(own)

    def named(self, table: str, column: str) -> dict[str | None, str]:
        """What stands in one column, by the key of its row."""
        return {row.get(TABLES[table].key): line(row.get(column)) for row in self.dump.rows(table)}

    def moment(self, table: str, column: str, row: Row) -> datetime | None:
        """When it was; what lies in the future is taken as now."""
        found = self.dump.moment(table, column, row, current_village().zone)
        return min(found, clock.now()) if found else None

    def take(
        self,
        table: str,
        row: Row,
        make: Callable[[Row], models.Model],
        *,
        finish: Callable[[Any, Row], None] = lambda target, row: None,
        change: Callable[[Any, Row], None] | None = None,
        state: Callable[[Any], str] = lambda target: "",
        address: str = "",
        beside: str = "",
    ) -> Any | None:
        """What the row became here: made now, or found again; None where there is no place for it.

        What `make` gives is noted in its own transaction; `finish` publishes it and the like, each step in one of its
        own, since the record's lock is the last that a transaction takes. An end in the middle is gone on with the next
        time, so both may happen twice.

        What changed there is changed here, unless it was changed here too (`state` tells); what was deleted here stays
        deleted. `beside` is what else belongs to it, from other tables.
        """
        key = str(row.get(TABLES[table].key))
        try:
            origin, target = self._found_or_made(table, key, row, make, address)
            if target is not None:
                self._bring_up_to_date(
                    origin, target, row, _fingerprint(table, row, beside), finish, change, state
                )
        except LeftOut as why:
            self.report.leave(table, key, str(why))
            return None
        except ValidationError as wrong:
            self.report.leave(table, key, " ".join(wrong.messages))
            return None
        if target is None:
            self.report.of(table).done["gone"] += 1
        return target

    def _found_or_made(
        self, table: str, key: str, row: Row, make: Callable[[Row], models.Model], address: str
    ) -> tuple[Origin, Any | None]:
        if origin := Origin.objects.filter(table=table, key=key).first():
            return origin, origin.target
        with transaction.atomic():
            made = make(row)
            noted = {"model": made._meta.label, "object_id": made.pk, "address": address}
            return Origin.objects.create(table=table, key=key, **noted), made

    def _bring_up_to_date(
        self,
        origin: Origin,
        target: Any,
        row: Row,
        fingerprint: str,
        finish: Callable[[Any, Row], None],
        change: Callable[[Any, Row], None] | None,
        state: Callable[[Any], str],
    ) -> None:
        done = self.report.of(origin.table).done
        if not origin.fingerprint:
            finish(target, row)
            self._noted(origin, fingerprint, state(target))
            done["new"] += 1
        elif origin.fingerprint == fingerprint or not change:
            done["same"] += 1
        elif origin.left_as and state(target) != origin.left_as:
            done["kept"] += 1
            self.report.warn(f"{origin} sudah diubah di portal ini, jadi dibiarkan.")
        else:
            # While it is under way nobody has changed it here.
            self._noted(origin, origin.fingerprint, "")
            change(target, row)
            self._noted(origin, fingerprint, state(target))
            done["changed"] += 1

    def _noted(self, origin: Origin, fingerprint: str, left_as: str) -> None:
        origin.fingerprint, origin.left_as = fingerprint, left_as
        origin.save(update_fields=["fingerprint", "left_as"])


def _fingerprint(table: str, row: Row, beside: str) -> str:
    read = {column: row.get(column) for column in TABLES[table].read}
    return hashlib.sha256(canonical([read, beside])).hexdigest()


def number(written: str | None) -> int:
    """A whole number; 0 for anything else."""
    try:
        return int(written or 0)
    except ValueError:
        return 0


def line(written: str | None, longest: int | None = None) -> str:
    """One line of printable words, shortened with an ellipsis where it is longer than its place."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in written or "").split())
    return words if longest is None or len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
