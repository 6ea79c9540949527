"""The yearly poster (*baliho*) of a budget: what must be shown to residents, on a wall or across a street.

Its contents follow Permendagri 20/2018 art. 39: the budget, who carries it out, and where to complain (domain: 5.3).
"""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attendance.roster import letterhead_of
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.printed import fitted, plain, qr_code
from partisipasi.residents.models import Appointment, Role
from partisipasi.typeset import typeset
from partisipasi.village.words import rupiah, share

from .tree import ZERO, Branch, tree_of

if TYPE_CHECKING:
    from announcements.models import Budget

FORMS = ("a3", "baliho")
"""For the wall, and 3 by 2 metres."""

_TEMPLATE = Path(__file__).with_name("poster.typ")
_ACCENT = "#0d5c4d"
_MOST_NAMES = 4
_MOST_ROWS = 32
"""Below the first level, for which the sheet has room."""


def poster(budget: "Budget", form: str) -> bytes:
    """The poster as PDF in one of FORMS. Raises NotTypesettable."""
    village = current_village()
    letterhead = letterhead_of(village)
    tree = tree_of(budget.lines.all())
    address = village.url(budget.get_absolute_url())
    net = Branch("6", "Pembiayaan neto", budget.financing, children=tree.financing.children)
    contact = " · ".join(filter(None, (village.full_name, village.phone, village.email)))
    is_report = tree.has_realised
    if is_report:
        into, out_of = (tree.financing.child(code) for code in ("6.1", "6.2"))
        net.realised = (into.spent if into else ZERO) - (out_of.spent if out_of else ZERO)
    deep = sum(len(each.children) for each in (*tree.income.children, *tree.spending.children)) <= _MOST_ROWS
    paper = {
        "form": form,
        "accent": village.accent or _ACCENT,
        "logo": list(letterhead.logo or b""),
        "authorities": plain(" · ".join(letterhead.authorities)),
        "village": plain(letterhead.village),
        "full_name": plain(village.full_name),
        "title": f"Anggaran Pendapatan dan Belanja Desa Tahun {budget.year}",
        "stage": plain(" · ".join(filter(None, (budget.get_stage_display(), budget.regulation)))),
        "income": _section(tree.income, has_bars=True, is_report=is_report, deep=deep),
        "spending": _section(tree.spending, has_bars=True, is_report=is_report, deep=deep),
        "financing": _section(net, has_bars=False, is_report=is_report, deep=False),
        "qr": qr_code(address),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "carried_out": plain(_carried_out()),
        "complaints": plain(village.complaints_address or contact),
    }
    return typeset(_TEMPLATE, paper, at=budget.published_at or budget.taken_in_at)


def _section(branch: Branch, *, has_bars: bool, is_report: bool, deep: bool) -> dict[str, Any]:
    amount = rupiah(branch.spent if is_report else branch.amount)
    return {
        "name": branch.name,
        "amount": amount,
        "planned": f"dari {rupiah(branch.amount)} yang dianggarkan" if is_report else "",
        "has_bars": has_bars,
        "rows": [
            _row(child, branch.amount, has_bars=has_bars, is_report=is_report)
            | {
                "rows": [_row(each, child.amount, is_report=is_report) for each in child.children]
                if deep
                else []
            }
            for child in branch.children
        ],
    }


def _row(branch: Branch, whole: Decimal, *, is_report: bool, has_bars: bool = False) -> dict[str, Any]:
    """A branch as a part of its whole; in a report what was spent as a part of what was planned."""
    part, of = (branch.spent, branch.amount) if is_report else (branch.amount, whole)
    return {
        "name": fitted(plain(branch.name), 32, 2),
        "amount": rupiah(part),
        "share": float(part * 100 / of) if of else 0,
        "percent": share(part, of) if has_bars or is_report else "",
    }


def _carried_out() -> str:
    """Those who spend it today: the treasurer and the teams of activities."""
    held = Appointment.objects.current(clock.today()).filter(role__in=[Role.TREASURER, Role.PROJECT_TEAM])
    names = [f"{each.person} ({each.title})" for each in held.select_related("person").order_by("role", "pk")]
    return ", ".join(names[:_MOST_NAMES])
