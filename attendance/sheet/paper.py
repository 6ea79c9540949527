"""The papers that village offices print on."""

from enum import StrEnum


class Paper(StrEnum):
    """A size of paper and which way it lies. F4 is the Folio of Indonesian offices, 215 × 330 mm."""

    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"
    F4 = "f4"
    F4_LANDSCAPE = "f4-landscape"

    @property
    def is_landscape(self) -> bool:
        return self in {Paper.A4_LANDSCAPE, Paper.F4_LANDSCAPE}

    @property
    def is_folio(self) -> bool:
        return self in {Paper.F4, Paper.F4_LANDSCAPE}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in millimetres, as it lies."""
        short, long = (215, 330) if self.is_folio else (210, 297)
        return (long, short) if self.is_landscape else (short, long)

    @property
    def text_width(self) -> int:
        """Millimetres between the margins at the sides."""
        return self.size[0] - 2 * MARGIN

    @property
    def signatures_abreast(self) -> int:
        """How many signature blocks stand side by side at most."""
        return 4 if self.is_landscape else 3


MARGIN = 20
"""Millimetres left free at each side: the left one is punched and filed."""
