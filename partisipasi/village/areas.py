"""Reading the national list of areas, as idn-area-data publishes it, into the table Area.

The data are under the Open Database License 1.0 (docs/data.md).
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from .models import Area

Level = Area.Level

SOURCE = "Data wilayah: idn-area-data, github.com/fityannugroho/idn-area-data, lisensi ODbL 1.0."


@dataclass(frozen=True)
class _File:
    name: str
    level: int
    header: list[str]
    code: re.Pattern[str]


FILES = (
    _File("provinces.csv", Level.PROVINCE, ["code", "name"], re.compile(r"\d{2}")),
    _File("regencies.csv", Level.REGENCY, ["code", "province_code", "name"], re.compile(r"\d{2}\.\d{2}")),
    _File(
        "districts.csv", Level.DISTRICT, ["code", "regency_code", "name"], re.compile(r"\d{2}(\.\d{2}){2}")
    ),
    _File(
        "villages.csv",
        Level.VILLAGE,
        ["code", "district_code", "name"],
        re.compile(r"\d{2}(\.\d{2}){2}\.\d{4}"),
    ),
)
_LONGEST_NAME = Area._meta.get_field("name").max_length or 0

Row = tuple[str, str | None, int, str]
Progress = Callable[[str, int, int], None]


class BadRow(Exception):
    """A row that cannot be read: in which file, on which line, and why."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file.name}, baris {line}: {reason}")


@dataclass
class Loaded:
    """What loading changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    no_longer_listed: int = 0


@dataclass
class _Reader:
    folder: Path
    progress: Progress
    seen: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        for file in FILES:
            path = self.folder / file.name
            try:
                yield from self._rows_of(file, path, path.read_bytes().decode("utf-8-sig"))
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                raise BadRow(path, line, "hurufnya bukan UTF-8.") from None

    def _rows_of(self, file: _File, path: Path, text: str) -> Iterator[Row]:
        total = text.count("\n")
        lines = csv.reader(text.splitlines(keepends=True), strict=True)
        try:
            if next(lines, []) != file.header:
                raise BadRow(path, 1, f"kepala kolomnya harus {','.join(file.header)}.")
            for cells in lines:
                yield self._row(file, path, lines.line_num, cells)
                self.progress(file.name, lines.line_num, total)
        except csv.Error as error:
            raise BadRow(path, lines.line_num, f"tidak dapat dibaca ({error}).") from None

    def _row(self, file: _File, path: Path, line: int, cells: list[str]) -> Row:
        if reason := self._fault(file, cells):
            raise BadRow(path, line, reason)
        self.seen.add(cells[0])
        return cells[0], cells[1] if len(cells) == 3 else None, file.level, cells[-1].strip()

    def _fault(self, file: _File, cells: list[str]) -> str:
        """Why this row cannot be taken, or nothing."""
        if len(cells) != len(file.header):
            return f"ada {len(cells)} kolom, seharusnya {len(file.header)}."
        code, name = cells[0], cells[-1].strip()
        if not file.code.fullmatch(code):
            return f"kode {code!r} bukan kode tingkat ini."
        if code in self.seen:
            return f"kode {code} sudah ada sebelumnya."
        if len(cells) == 3 and (cells[1] not in self.seen or cells[1] != code.rpartition(".")[0]):
            return f"induk {cells[1]!r} dari {code} tidak ada."
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            return f"nama {name!r} kosong, terlalu panjang, atau memuat karakter yang tidak tercetak."
        return ""


def load(folder: Path, progress: Progress = lambda file, line, total: None) -> Loaded:
    """Bring the table Area up to what the four files in `folder` say; all of it, or nothing.

    Areas that are no longer listed stay, since villages may point at them. Raises BadRow, or FileNotFoundError.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            for row in _Reader(folder, progress).rows():
                copy.write_row(row)
        return Loaded(
            unchanged=_count(cursor, _UNCHANGED),
            no_longer_listed=_count(cursor, _NO_LONGER_LISTED),
            changed=_count(cursor, _CHANGE),
            added=_count(cursor, _ADD),
        )


def _count(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return cursor.fetchone()[0]


_INCOMING = """
    DROP TABLE IF EXISTS incoming_area;
    CREATE TEMPORARY TABLE incoming_area
        (code text PRIMARY KEY, parent_id text, level smallint, name text) ON COMMIT DROP
"""
_COPY = "COPY incoming_area (code, parent_id, level, name) FROM STDIN"
_UNCHANGED = "SELECT count(*) FROM village_area JOIN incoming_area USING (code, level, name)"
_NO_LONGER_LISTED = "SELECT count(*) FROM village_area WHERE code NOT IN (SELECT code FROM incoming_area)"
_CHANGE = """
    WITH changed AS (
        UPDATE village_area SET name = incoming.name, level = incoming.level, parent_id = incoming.parent_id
        FROM incoming_area AS incoming
        WHERE village_area.code = incoming.code
          AND (village_area.name, village_area.level, village_area.parent_id)
              IS DISTINCT FROM (incoming.name, incoming.level, incoming.parent_id)
        RETURNING 1
    )
    SELECT count(*) FROM changed
"""
_ADD = """
    WITH added AS (
        INSERT INTO village_area (code, parent_id, level, name)
        SELECT code, parent_id, level, name FROM incoming_area AS incoming
        WHERE NOT EXISTS (SELECT 1 FROM village_area WHERE village_area.code = incoming.code)
        RETURNING 1
    )
    SELECT count(*) FROM added
"""
