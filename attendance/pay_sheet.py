"""From a list of money to its paper: *tanda terima*, or the *daftar hadir pekerja* with its days (domain: 1.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from attendance.models import PayLine, PayList, Session, total_of
from attendance.recorded import ledger_head
from attendance.roster import Filling, letterhead_of, rows_of_invited
from attendance.sheet import Column, Fact, Field, Footer, Paper, Row, Sheet, Sum
from attendance.sheet.description import Number
from attendance.signing import signatures_of
from partisipasi.db import current_village
from partisipasi.village.models import Village
from partisipasi.village.words import rupiah

HALF, ABSENT = "½", "–"


@dataclass(frozen=True)
class PayOptions:
    """How an official wants the paper this time."""

    filling: Filling = Filling.PRESENT
    paper: Paper = Paper.A4
    blank_rows: int = 0


def pay_sheet_of(pay_list: PayList, options: PayOptions) -> Sheet:
    """The paper of this list: who gets something; before anybody came, the invited or nobody yet."""
    village, session = current_village(), pay_list.sessions[-1]
    lines = [line for line in pay_list.lines() if line.amount] if options.filling is Filling.PRESENT else []
    rows = _rows(pay_list, lines) if options.filling is not Filling.INVITED else _rows_of_invited(pay_list)
    return Sheet(
        letterhead=letterhead_of(village),
        title="Daftar Hadir Pekerja (HOK)" if pay_list.by_days else "Tanda Terima",
        subtitle=pay_list.purpose,
        facts=tuple(_facts(pay_list, session)),
        columns=tuple(_columns(pay_list)),
        attendees=tuple(rows),
        blank_rows=options.blank_rows,
        recap=Sum(total_of(lines) if lines else None, _remark(pay_list, options.filling)),
        totals=_totals(pay_list, lines),
        place=village.name,
        day=session.day,
        signatures=tuple(signatures_of(session, village, pay_list.paper)),
        footer=Footer(
            village.code,
            _notice(village),
            ledger_head(pay_list, "pay.settled") if pay_list.settled_at else "",
        ),
        paper=options.paper,
        nobody="Belum ada yang menerima pembayaran.",
    )


def _facts(pay_list: PayList, session: Session) -> Iterator[Fact]:
    yield Fact("Masa kerja" if pay_list.by_days else "Hari/Tanggal", pay_list.days_text)
    yield Fact("Kegiatan", pay_list.activity.title)
    yield Fact("Tempat", session.venue_text)
    if pay_list.by_days:
        yield Fact("Upah setiap HOK", rupiah(pay_list.rate))
    if pay_list.charged_to:
        yield Fact("Dibebankan pada", pay_list.charged_to)


def _columns(pay_list: PayList) -> Iterator[Column]:
    if not pay_list.by_days:
        yield Column.of(Field.NUMBER)
        yield Column.of(Field.NAME)
        yield Column.of(Field.ROLE, "Jabatan/Unsur")
        yield Column.of(Field.AMOUNT)
        yield Column.of(Field.SIGNATURE)
        return
    yield Column.of(Field.NUMBER, width=9)
    yield Column.of(Field.NAME, width=40)
    for day in pay_list.days:
        yield Column.of(Field.MARK, f"{day.day}/{day.month}", key=day.isoformat())
    yield Column.of(Field.WORKED)
    yield Column.of(Field.RATE)
    yield Column.of(Field.AMOUNT)
    yield Column.of(Field.SIGNATURE, width=40)


def _rows(pay_list: PayList, lines: list[PayLine]) -> Iterator[Row]:
    days = pay_list.days
    for number, line in enumerate(lines, start=1):
        values = {Field.NAME.value: line.name, Field.ROLE.value: line.role}
        numbers: dict[str, Number] = {Field.AMOUNT: line.amount}
        if pay_list.by_days:
            numbers |= {Field.WORKED: line.worked, Field.RATE: line.rate}
            for day in days:
                mark = line.mark(day)
                # Nobody can add a day with a pen where a stroke stands.
                if mark:
                    numbers[day.isoformat()] = mark
                if mark != 1:
                    values[day.isoformat()] = HALF if mark else ABSENT
        yield Row(line.number or number, values, numbers=numbers)


def _rows_of_invited(pay_list: PayList) -> Iterator[Row]:
    """Names and what each gets, to be signed when the money is handed out; days are marked by hand."""
    numbers: dict[str, Number] = {Field.RATE if pay_list.by_days else Field.AMOUNT: pay_list.rate}
    for row in rows_of_invited(pay_list.sessions[0]):
        yield Row(row.number, row.values, numbers=numbers)


def _totals(pay_list: PayList, lines: list[PayLine]) -> dict[str, Number | None]:
    """Below the columns; of an empty paper nobody knows them yet."""
    totals: dict[str, Number | None] = {Field.AMOUNT: total_of(lines) if lines else None}
    if pay_list.by_days:
        for day in pay_list.days:
            totals[day.isoformat()] = sum((line.mark(day) for line in lines), Decimal(0)) if lines else None
        totals[Field.WORKED] = sum((line.worked for line in lines), Decimal(0)) if lines else None
    return totals


def _remark(pay_list: PayList, filling: Filling) -> str:
    if filling is not Filling.PRESENT:
        return "Baris tanpa tanda tangan dicoret." if not pay_list.by_days else ""
    key = f"1 = sehari, {HALF} = setengah hari, {ABSENT} = tidak bekerja." if pay_list.by_days else ""
    is_open = (
        "" if pay_list.settled_at else "Daftar ini belum dinyatakan dibayarkan; isinya masih dapat berubah."
    )
    return " ".join(filter(None, (key, is_open)))


def _notice(village: Village) -> str:
    """What those who sign must be told (domain: 6)."""
    contact = village.email or village.phone or f"kantor {village.full_name}"
    return (
        "Lembar ini bukti keuangan desa: nama dan jumlah yang Anda terima disimpan bersama pertanggungjawabannya dan "
        f"tidak diumumkan. Anda berhak meminta salinan atau perbaikan melalui {contact}."
    )
