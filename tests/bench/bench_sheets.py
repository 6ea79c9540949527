"""What a Daftar Hadir costs: sheets of 10, 120 and 2,000 rows as PDF and as spreadsheet, with their pages counted.

A ratio near 1 between two lengths says that the time grows as the rows do and no faster. Whoever waits longer for the
longest sheet than ALLOWED seconds, or finds fewer rows on its pages, ends with exit code 1. `--keep FOLDER` leaves the
papers there to look at.
"""

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from python_calamine import CalamineWorkbook

from attendance.sheet import as_pdf, as_xlsx
from tests.attendance.sheets import AT, Printout, make_sheet

LENGTHS = (10, 120, 2_000)
TIMES = 3
ALLOWED = 30


def timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """The median of some runs in seconds, and what was made."""
    waits = []
    for _ in range(TIMES):
        start = time.perf_counter()
        made = make()
        waits.append(time.perf_counter() - start)
    return statistics.median(waits), made


def rows_of(pdf: bytes) -> tuple[int, int]:
    """How many pages a paper has, and on the last of them the highest of our names."""
    printout = Printout(pdf)
    last = next(text for text in reversed(printout.texts) if "Peserta " in text)
    return len(printout.pages), int(last.rsplit("Peserta ", 1)[1].split()[0])


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--keep", type=Path)
    folder = told.parse_args().keep
    makers = {"pdf": as_pdf, "xlsx": as_xlsx}
    is_right = True
    for kind, make in makers.items():
        before: tuple[int, float] | None = None
        for length in LENGTHS:
            sheet = make_sheet(length)
            took, paper = timed(partial(make, sheet, at=AT))
            if kind == "pdf":
                pages, rows = rows_of(paper)
                size = f"{pages} pages"
            else:
                found = CalamineWorkbook.from_filelike(io.BytesIO(paper)).get_sheet_by_index(0).to_python()
                rows = sum(any(str(cell).startswith("Peserta ") for cell in row) for row in found)
                size = f"{len(found)} lines"
            grows = f", a row costs {took / length / before[1]:.2f} of one of {before[0]}" if before else ""
            print(f"{kind} of {length} rows: {took * 1000:.0f} ms, {size}, {len(paper) / 1000:.0f} kB{grows}")
            before = length, took / length
            is_right = is_right and rows == length and took <= ALLOWED
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"daftar-hadir-{length}.{kind}").write_bytes(paper)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
