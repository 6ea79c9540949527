"""The codes of a budget's lines: accounts (4.1.1.01) and the activities that money is spent on (01.02.03).

Both are tuples of the parts as they are printed. Source: the code lists of Permendagri 20/2018 in the form that
villages publish.
"""

import re
from dataclasses import dataclass

INCOME, SPENDING, FINANCING = "4", "5", "6"
SECTIONS = (INCOME, SPENDING, FINANCING)
FINANCING_IN, FINANCING_OUT = (FINANCING, "1"), (FINANCING, "2")
ACCOUNT_DEPTH = 4
ACTIVITY_DEPTH = 3
LAST_FIELD = 5
"""There are five *bidang*, 01 to 05."""

Code = tuple[str, ...]
_CODE = re.compile(r"\d+(?:\s*[.\-]\s*\d+)*")


@dataclass(frozen=True)
class Codes:
    """What stands in the code columns of one line; either may be empty."""

    account: Code = ()
    activity: Code = ()


def account(parts: list[str]) -> Code:
    return tuple(
        f"{int(part):02}" if depth >= ACCOUNT_DEPTH else str(int(part))
        for depth, part in enumerate(parts, start=1)
    )


def activity(parts: list[str]) -> Code:
    return tuple(f"{int(part):02}" for part in parts)


def codes_of(cells: list[str], *, is_spending: bool, name: str = "", field: str = "") -> Codes | None:
    """The codes in these cells, whether each part has its own or all stand in one; None where there are none.

    Where the leading zeros were lost, "5" is an account of spending and the fifth *bidang*: then `name` and the
    `field` that the lines before stand under decide. Raises ValueError for what is no code.
    """
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    joined = " ".join(filled)
    found = _CODE.findall(joined)
    if not found or re.sub(r"[\d\s.\-\[\](),/|]", "", joined):
        raise ValueError(joined)
    whole = [re.split(r"[\s.\-]+", each.strip()) for each in found]
    if len(found) > 1 and all(len(parts) == 1 for parts in whole) and "[" not in joined:
        whole = [[parts[0] for parts in whole]]  # One part in each cell.
    if len(whole) == 1:
        return _one(whole[0], is_spending=is_spending, name=name, field=field)
    first, second = whole[:2]
    if first[0] in SECTIONS:
        return Codes(account(first), activity(second))
    return Codes(account(second), activity(first))


def _one(parts: list[str], *, is_spending: bool, name: str, field: str) -> Codes:
    first = parts[0]
    if len(first) > 1 or first not in SECTIONS:
        # A budget may write account codes behind those of the activity, in one chain of parts.
        if len(parts) > ACTIVITY_DEPTH and parts[ACTIVITY_DEPTH] in SECTIONS:
            return Codes(account(parts[ACTIVITY_DEPTH:]), activity(parts[:ACTIVITY_DEPTH]))
        return Codes(activity=activity(parts))
    if is_spending and first != FINANCING and _names_activity(parts, name, field):
        return Codes(activity=activity(parts))
    return Codes(account=account(parts))


def _names_activity(parts: list[str], name: str, field: str) -> bool:
    if parts[0] == INCOME or re.match(r"(sub[\s-]*)?bidang\b", name, re.IGNORECASE):
        return True
    in_field = field == f"{int(parts[0]):02}"
    return len(parts) > 1 and len(parts) <= ACTIVITY_DEPTH and in_field
