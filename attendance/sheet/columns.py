"""The columns of a Daftar Hadir: what each asks, its heading, and how wide it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from partisipasi.printed import plain


class Field(StrEnum):
    """What a column asks."""

    NUMBER = "number"
    NAME = "name"
    ROLE = "role"
    SEX = "sex"
    AGE_GROUP = "age_group"
    ADDRESS = "address"
    NEIGHBOURHOOD = "neighbourhood"
    HAMLET = "hamlet"
    INSTITUTION = "institution"
    PHONE = "phone"
    TIME = "time"
    REMARK = "remark"
    MARK = "mark"
    WORKED = "worked"
    RATE = "rate"
    AMOUNT = "amount"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Standard:
    """A field's usual heading and least width in millimetres; those that grow share what the paper leaves."""

    heading: str
    width: float
    grows: bool = False


STANDARD = {
    Field.NUMBER: Standard("No.", 11),
    Field.NAME: Standard("Nama", 46, grows=True),
    Field.ROLE: Standard("Unsur/Jabatan", 34, grows=True),
    Field.SEX: Standard("L/P", 11),
    Field.AGE_GROUP: Standard("Umur", 16),
    Field.ADDRESS: Standard("Alamat", 36, grows=True),
    Field.NEIGHBOURHOOD: Standard("RT/RW", 22),
    Field.HAMLET: Standard("Dusun", 24, grows=True),
    Field.INSTITUTION: Standard("Instansi", 34, grows=True),
    Field.PHONE: Standard("No. HP", 28),
    Field.TIME: Standard("Waktu", 18),
    Field.REMARK: Standard("Ket.", 20, grows=True),
    Field.MARK: Standard("", 4.2),
    Field.WORKED: Standard("HOK", 14),
    Field.RATE: Standard("Upah/HOK (Rp)", 19),
    Field.AMOUNT: Standard("Jumlah (Rp)", 26),
    Field.SIGNATURE: Standard("Tanda Tangan", 42, grows=True),
}

CENTRED = frozenset(
    {Field.NUMBER, Field.SEX, Field.AGE_GROUP, Field.NEIGHBOURHOOD, Field.PHONE, Field.TIME, Field.MARK}
)
"""Fields whose short entries stand in the middle of their column."""

OF_MONEY = frozenset({Field.MARK, Field.WORKED, Field.RATE, Field.AMOUNT})
"""Fields that a list of money has, and no Daftar Hadir."""

NUMERIC = frozenset({Field.WORKED, Field.RATE, Field.AMOUNT})
"""Fields whose figures stand one under the other, at the right."""


@dataclass(frozen=True)
class Column:
    """A column with its heading; `width` is the least it needs, in millimetres.

    `key` tells columns of one field from each other, as the days of a work list are.
    """

    field: Field
    heading: str
    width: float
    key: str = ""

    @classmethod
    def of(cls, field: Field, heading: str = "", width: float = 0, key: str = "") -> Self:
        """The column of a field as it usually is, but for what is given."""
        standard = STANDARD[field]
        return cls(field, plain(heading) or standard.heading, width or standard.width, key)

    @property
    def name(self) -> str:
        """Under which its entries are found."""
        return self.key or self.field

    @property
    def grows(self) -> bool:
        return STANDARD[self.field].grows

    @property
    def is_centred(self) -> bool:
        return self.field in CENTRED

    @property
    def is_numeric(self) -> bool:
        return self.field in NUMERIC

    @property
    def is_mark(self) -> bool:
        """So narrow that its heading is turned upright."""
        return self.field is Field.MARK


def needed(columns: Sequence[Column]) -> float:
    """The millimetres that the columns would like to have together."""
    return sum(column.width for column in columns)


def spread(columns: Sequence[Column], room: float) -> tuple[float, ...]:
    """Widths that fill `room`. What is left over or lacks is borne by the columns that grow.

    These give up to half of theirs; where that is not enough, all columns become narrower alike.
    """
    growing = needed([column for column in columns if column.grows])
    factor = 1 + (room - needed(columns)) / growing if growing else 1
    widths = [column.width * max(factor, 0.5) if column.grows else column.width for column in columns]
    return tuple(width * room / sum(widths) for width in widths)
