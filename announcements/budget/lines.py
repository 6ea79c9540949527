"""The lines of a budget as they were read, what is wrong with them, and their sums."""

from dataclasses import dataclass, field
from decimal import Decimal

from .codes import FINANCING_IN, FINANCING_OUT, INCOME, SPENDING, Code

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One line that names an account, an activity or both; `amount` is that of a group where it has lines under it."""

    number: int
    section: str
    account: Code
    activity: Code
    name: str
    amount: Decimal | None
    realised: Decimal | None = None
    fund: str = ""
    volume: str = ""
    unit: str = ""

    @property
    def path(self) -> Code:
        """Where it stands in the tree: money spent belongs to its activity first, and to its account there."""
        return (self.section, *self.activity, *self.account[1:])


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (its number in the file, from 1) or, without one, with the whole."""

    message: str
    number: int | None = None

    def __str__(self) -> str:
        return f"Baris {self.number}: {self.message}" if self.number else self.message


@dataclass
class Reading:
    """A budget as it was understood. With `faults` it is not to be taken in."""

    year: int | None = None
    groups: list[Line] = field(default_factory=list)
    details: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)

    def total(self, *start: str) -> Decimal:
        """The sum of the details under this path: `total("4")` is the income."""
        return sum((line.amount or ZERO for line in self.details if line.path[: len(start)] == start), ZERO)

    @property
    def income(self) -> Decimal:
        return self.total(INCOME)

    @property
    def spending(self) -> Decimal:
        return self.total(SPENDING)

    @property
    def financing_in(self) -> Decimal:
        return self.total(*FINANCING_IN)

    @property
    def financing_out(self) -> Decimal:
        return self.total(*FINANCING_OUT)

    @property
    def remainder(self) -> Decimal:
        """*SILPA tahun berjalan*: nothing, where the budget is balanced."""
        return self.income - self.spending + self.financing_in - self.financing_out

    def by_first(self, section: str) -> dict[str, Decimal]:
        """What is under the section's first branches: of spending by *bidang*, of income by group of accounts."""
        sums: dict[str, Decimal] = {}
        for line in self.details:
            if line.section == section:
                key = line.activity[0] if section == SPENDING else ".".join(line.account[:2])
                sums[key] = sums.get(key, ZERO) + (line.amount or ZERO)
        return dict(sorted(sums.items()))
