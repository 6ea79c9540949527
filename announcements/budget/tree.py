"""The lines of a budget as the branches that a reader follows: from where money comes, and for what it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .codes import FINANCING, INCOME, SPENDING
from .names import FUNDS, NAMES, readable

if TYPE_CHECKING:
    from announcements.models import BudgetLine

ZERO = Decimal(0)


@dataclass
class Branch:
    """A sum and what it is made of; without children it is one line of the budget."""

    code: str
    name: str
    amount: Decimal = ZERO
    realised: Decimal | None = None
    children: "list[Branch]" = field(default_factory=list)
    fund: str = ""
    volume: str = ""
    projects: list[Any] = field(default_factory=list)
    """What is built with it; for pages that show them."""

    def add(self, line: "Branch") -> None:
        self.amount += line.amount
        if line.realised is not None:
            self.realised = (self.realised or ZERO) + line.realised

    # As `_bars.html` calls them.

    @property
    def label(self) -> str:
        return self.name

    @property
    def planned(self) -> Decimal:
        return self.amount

    @property
    def spent(self) -> Decimal:
        return self.realised or ZERO

    @property
    def lines(self) -> "list[Branch]":
        """Those of its children that are lines of the budget."""
        return [each for each in self.children if not each.children]

    @property
    def branches(self) -> "list[Branch]":
        return [each for each in self.children if each.children]

    @property
    def lines_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    def child(self, code: str) -> "Branch | None":
        return next((each for each in self.children if each.code == code), None)


@dataclass(frozen=True)
class Tree:
    """A budget's three sections, and its spending by where the money comes from."""

    income: Branch
    spending: Branch
    financing: Branch
    funds: list[Branch]

    @property
    def has_realised(self) -> bool:
        return self.spending.realised is not None or self.income.realised is not None


def tree_of(lines: "Iterable[BudgetLine]") -> Tree:
    """Spending by *bidang*, *sub bidang* and activity; income and financing by groups of accounts."""
    lines = list(lines)
    names = {line.activity or line.account: readable(line.name) for line in lines if line.is_group}
    roots = {code: Branch(code, NAMES[code]) for code in (INCOME, SPENDING, FINANCING)}
    branches: dict[str, Branch] = {}
    funds: dict[str, Branch] = {}
    for line in lines:
        if line.is_group or line.amount is None:
            continue
        leaf = Branch(
            line.account or line.activity,
            readable(line.name),
            line.amount,
            line.realised,
            fund=FUNDS.get(line.fund.upper(), line.fund),
            volume=f"{line.volume} {line.unit}".strip(),
        )
        parent = roots[line.section]
        parent.add(leaf)
        for code in _above(line):
            branch = branches.get(code)
            if branch is None:
                branch = branches[code] = Branch(code, names.get(code) or NAMES.get(code, code))
                parent.children.append(branch)
            branch.add(leaf)
            parent = branch
        parent.children.append(leaf)
        if line.section == SPENDING:
            funds.setdefault(leaf.fund, Branch(line.fund, leaf.fund or "Tidak disebut")).add(leaf)
    by_size = sorted(funds.values(), key=lambda fund: -fund.amount)
    return Tree(roots[INCOME], roots[SPENDING], roots[FINANCING], by_size)


def _above(line: "BudgetLine") -> list[str]:
    """The codes of the branches that this line hangs on, from the trunk outwards."""
    if line.section != SPENDING:
        return [".".join(line.account.split(".")[:2])]
    parts = line.activity.split(".")
    # Where a budget has no accounts below its activities, the activity is itself the line.
    deepest = len(parts) if line.account else len(parts) - 1
    return [".".join(parts[:depth]) for depth in range(1, deepest + 1)]
