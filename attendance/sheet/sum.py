"""What stands under a list of money: its sum in words, as a receipt has it (*terbilang*)."""

from dataclasses import dataclass

from partisipasi.printed import Tidied
from partisipasi.village.words import rupiah_in_words


@dataclass(frozen=True)
class Sum(Tidied):
    """The sum in words, where a Daftar Hadir has its Recap; None is left to the pen."""

    rupiah: int | None = None
    remark: str = ""

    @property
    def line(self) -> str:
        if self.rupiah is None:
            return f"Terbilang: {'.' * 60}"
        words = rupiah_in_words(self.rupiah)
        return f"Terbilang: {words[:1].upper()}{words[1:]}"
