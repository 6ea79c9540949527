"""The whole of it: which tables are read, whose rows they are, and in which order they come in."""

from pathlib import Path

from django.core.exceptions import ValidationError

from partisipasi.db import current_village
from partisipasi.residents.models import User

from .articles import Articles, take_categories
from .budgets import take_budgets
from .comments import take_comments
from .complaints import take_complaints
from .documents import take_documents
from .dump import Dump, read_file
from .gallery import take_gallery
from .known import OWNER, QUIET, TABLES
from .officials import take_officials
from .projects import take_projects
from .regions import take_regions
from .report import Report
from .taking import Folder, Site


def take_over(path: Path, *, by: User, files: Path | None = None) -> Report:
    """Take over what is in a dump, in the village in scope. What was taken before is found again.

    Raises NotADump, OSError, ValidationError where it holds several villages and none of them is this one.
    """
    dump, report = read_file(path, TABLES.keys()), Report()
    owner = _owner(dump, report)
    _tell_unknown(dump, report)
    site = Site(dump, by, report, Folder(files, report), owner)
    take_regions(site)
    take_officials(site)
    take_categories(site)
    articles = Articles(site)
    articles.take()
    take_comments(site, articles.taken)
    take_complaints(site)
    take_gallery(site)
    take_documents(site)
    take_projects(site)
    take_budgets(site)
    return report


def _owner(dump: Dump, report: Report) -> str | None:
    """The number of this village in the dump; None where it holds one village alone."""
    villages, own = dump.rows("config"), current_village()
    found = next((row for row in villages if _code(row.get("kode_desa")) == _code(own.code)), None)
    if len(villages) > 1 and not found:
        raise ValidationError(f"Dump ini berisi {len(villages)} desa, dan tidak satu pun berkode {own.code}.")
    told = found or (villages[0] if villages else {})
    report.source = {"village": told.get("nama_desa") or "", "code": told.get("kode_desa") or ""}
    if villages and not found:
        report.warn(
            f"Dump ini milik desa {report.source['village']} ({report.source['code']}), portal ini {own}."
        )
    return told.get("id") if len(villages) > 1 else None


def _code(written: str | None) -> str:
    """`33.01.01.2001` as `3301012001`."""
    return "".join(sign for sign in written or "" if sign.isdecimal())


def _tell_unknown(dump: Dump, report: Report) -> None:
    """What the portal has not heard of, and what it misses."""
    report.missing_tables = sorted(TABLES.keys() - dump.tables.keys())
    report.unread_tables, report.other_tables = sorted(set(dump.unread)), sorted(dump.others)
    for name, table in sorted(dump.tables.items()):
        known = TABLES[name]
        here = set(table.columns)
        if name in QUIET:
            continue
        told = {known.key, OWNER, *known.read, *known.left}
        if unknown := sorted(here - told):
            report.unknown_columns[name] = unknown
        if missing := sorted(set(known.read) - here):
            report.missing_columns[name] = missing
        if left := {column: why for column, why in sorted(known.left.items()) if column in here}:
            report.left_columns[name] = left
