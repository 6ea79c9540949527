"""A MySQL dump, read without MySQL: the tables that are asked for, their columns by name.

Made for what mysqldump and phpMyAdmin write: a statement ends at a line's end, and what stands within a text has no
line's end of its own. Where one does, the next lines are added until the statement can be read.
"""

import gzip
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

LONGEST_STATEMENT = 64 * 1024 * 1024
"""Characters; mysqldump itself stops at what the server takes in one packet, 64 MB at most by default."""
_STARTS = ("INSERT INTO", "REPLACE INTO", "INSERT IGNORE INTO", "CREATE TABLE")
_GZIP = b"\x1f\x8b"

Row = dict[str, str | None]
"""What stands in each column, as text; None for NULL."""


class NotADump(ValueError):
    """The file cannot be read as a MySQL dump; its words are for whoever sent it."""


@dataclass
class Table:
    """A table of the dump: the type of each column by its name, and the rows."""

    columns: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


@dataclass
class Dump:
    """The tables that were asked for, and the names of all others that hold rows."""

    tables: dict[str, Table] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    """Tables with a statement that could not be read."""

    def rows(self, table: str) -> list[Row]:
        return self.tables[table].rows if table in self.tables else []

    def moment(self, table: str, column: str, row: Row, zone: tzinfo) -> datetime | None:
        """A date with time, aware. A TIMESTAMP stands in UTC in a dump, a DATETIME as the server's clock showed it."""
        written = row.get(column) or ""
        try:
            read = datetime.fromisoformat(written)
        except ValueError:  # "0000-00-00 00:00:00" among others
            return None
        kind = self.tables[table].columns.get(column, "")
        return read.replace(tzinfo=UTC if kind == "TIMESTAMP" else zone)


def read_file(path: Path, wanted: Collection[str]) -> Dump:
    """The dump in a file, compressed or not. Raises NotADump, OSError."""
    try:
        with path.open("rb") as plain:
            start = plain.read(2)
        opened = gzip.open if start == _GZIP else open
        with opened(path, "rt", encoding="utf-8", errors="replace") as lines:
            return read(lines, wanted)
    except (EOFError, gzip.BadGzipFile) as broken:
        raise NotADump("Berkas GZIP ini rusak atau terpotong.") from broken


def read(lines: Iterable[str], wanted: Collection[str]) -> Dump:
    """Raises NotADump where no table is found at all."""
    dump = Dump()
    for name, statement in _statements(lines):
        if name not in wanted:
            if not statement.startswith("CREATE TABLE"):
                dump.others.add(name)
            continue
        table = dump.tables.setdefault(name, Table())
        tree = _parsed(statement)
        if isinstance(tree, exp.Create):
            table.columns |= {column.name: _type_of(column) for column in tree.find_all(exp.ColumnDef)}
        elif not isinstance(tree, exp.Insert) or not _add_rows(table, tree):
            dump.unread.append(name)
    if not dump.tables and not dump.others:
        raise NotADump("Berkas ini bukan dump MySQL: tidak ada tabel di dalamnya.")
    return dump


def _statements(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each statement that makes or fills a table, with the table's name."""
    held: list[str] = []
    length = 0
    for line in lines:
        if not held and not line.startswith(_STARTS):
            continue
        held.append(line)
        length += len(line)
        if length > LONGEST_STATEMENT:
            raise NotADump("Ada perintah SQL yang lebih panjang dari 64 MB di dalam dump ini.")
        if line.rstrip().endswith(";") and _is_whole(held):
            statement = "".join(held)
            yield _table_of(statement), statement
            held, length = [], 0
    if held:
        raise NotADump("Dump ini terpotong: perintah SQL terakhir tidak selesai.")


def _is_whole(held: list[str]) -> bool:
    """Does no text stand open at the end? An even number of quotes that are not escaped closes each."""
    statement = "".join(held).replace("\\\\", "").replace("\\'", "")
    return statement.count("'") % 2 == 0


def _table_of(statement: str) -> str:
    """The name between the first backquotes, or the word after INTO or TABLE."""
    head = statement[:200]
    if "`" in head:
        return head.split("`")[1]
    words = head.replace("(", " ").split()
    return next((words[place + 1] for place, word in enumerate(words[:-1]) if word in {"INTO", "TABLE"}), "")


def _parsed(statement: str) -> exp.Expr | None:
    try:
        return sqlglot.parse_one(statement, dialect="mysql")
    except SqlglotError:
        return None


def _type_of(column: exp.ColumnDef) -> str:
    """The type as MySQL's own word, without its length."""
    return column.kind.sql(dialect="mysql").split("(")[0].upper() if column.kind else ""


def _add_rows(table: Table, insert: exp.Insert) -> bool:
    """False where a row has another number of values than there are columns."""
    named = [each.name for each in insert.this.expressions] if isinstance(insert.this, exp.Schema) else []
    columns = named or list(table.columns)
    table.columns |= {name: "" for name in named if name not in table.columns}
    values = insert.expression.expressions if isinstance(insert.expression, exp.Values) else []
    for row in values:
        told = [_value(each) for each in row.expressions] if isinstance(row, exp.Tuple) else [_value(row)]
        if len(told) != len(columns):
            return False
        table.rows.append(dict(zip(columns, told, strict=True)))
    return bool(values)


def _value(written: exp.Expression) -> str | None:
    match written:
        case exp.Null():
            return None
        case exp.Literal() | exp.HexString() | exp.BitString():
            return str(written.this)
        case exp.Neg():
            return f"-{_value(written.this)}"
        case exp.Introducer():
            return _value(written.expression)
        case exp.Boolean():
            return "1" if written.this else "0"
        case _:
            return written.sql(dialect="mysql")
