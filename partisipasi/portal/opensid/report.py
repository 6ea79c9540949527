"""What became of a dump, told as JSON: nothing is left out without a line."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class TableReport:
    """One table: how many rows it has, what became of them now, and how many stand in the portal."""

    rows: int = 0
    done: Counter[str] = field(default_factory=Counter)
    left: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.done[name] for name in ("new", "changed", "same", "kept", "gone")}
        standing = counts["new"] + counts["changed"] + counts["same"] + counts["kept"]
        return {"rows": self.rows, "in_portal": standing, **counts, "left_out": self.left}


@dataclass
class Report:
    """All tables, and what of the dump the portal does not know or has no place for."""

    source: dict[str, str] = field(default_factory=dict)
    tables: dict[str, TableReport] = field(default_factory=dict)
    missing_tables: list[str] = field(default_factory=list)
    unread_tables: list[str] = field(default_factory=list)
    other_tables: list[str] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    missing_columns: dict[str, list[str]] = field(default_factory=dict)
    left_columns: dict[str, dict[str, str]] = field(default_factory=dict)
    missing_files: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def of(self, table: str) -> TableReport:
        return self.tables.setdefault(table, TableReport())

    def leave(self, table: str, key: object, reason: str) -> None:
        """A row for which the portal has no place, and why."""
        self.of(table).left.append({"key": str(key), "reason": reason})

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "tables": {name: table.as_json() for name, table in sorted(self.tables.items())},
            "missing_tables": self.missing_tables,
            "unread_tables": self.unread_tables,
            "other_tables": self.other_tables,
            "unknown_columns": self.unknown_columns,
            "missing_columns": self.missing_columns,
            "left_columns": self.left_columns,
            "missing_files": sorted(set(self.missing_files)),
            "warnings": self.warnings,
        }
