"""Typing in a signed paper list: a row for each line of the paper, saved together."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from attendance.models import Attendance, PaperLine, Session, SheetColumn
from partisipasi.village.models import Region

from .paper_rows import CELLS, PaperRow, RegisteredRow, SeatRow, spoken

SEATS_A_PAGE = 100
USUAL_ROWS = 10
MOST_ROWS = 60


class PaperForm(forms.Form):
    """A page of the paper list: the invited in their printed order, and lines for who came without an invitation.

    An empty line does not count; one without a signature is not recorded.
    """

    kiriman = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, session: Session, page: str, people: Any) -> None:
        super().__init__(data)
        self.session, self.people = session, people
        self.nonce = self._nonce()
        self.fields["kiriman"].initial = self.nonce
        present = list(session.attendances.present().in_order().select_related("unsur"))
        self.present_by_seat = {row.invitation_id: row for row in present if row.invitation_id}
        self.present_by_registration = {row.registration_id: row for row in present if row.registration_id}
        self.walk_ins: list[Attendance] = [row for row in present if row.is_walk_in]
        self.present_by_name: dict[str, list[Attendance]] = {}
        for row in present:
            self.present_by_name.setdefault(spoken(row.name), []).append(row)
        self.unsur_choices = [("", "–"), *((one.pk, str(one)) for one in session.activity.kind.unsur_offered)]
        self.region_choices = [("", "–"), *((one.pk, str(one)) for one in Region.objects.all())]
        self._lay_seats(page)
        self.first_free_number = self.pages.count + len(self.walk_ins) + 1
        self.rows: list[PaperRow] = []
        for place in range(self._row_count()):
            self.rows.append(PaperRow(data, page=self, place=place))

    def _nonce(self) -> uuid.UUID:
        try:
            return uuid.UUID(str(self.data.get("kiriman", "")))
        except ValueError:
            return uuid.uuid4()

    def _lay_seats(self, page: str) -> None:
        standing = self.session.activity.invitations.standing().by_name()
        found = standing.select_related("person__region", "body__region", "unsur")
        seats: list[SeatRow | RegisteredRow] = [
            SeatRow(self, number, each) for number, each in enumerate(found, start=1)
        ]
        registered = self.session.activity.registrations.standing().placed().in_order()
        with_people = registered.select_related("person__region", "person__unsur")
        seats += [
            RegisteredRow(self, number, each) for number, each in enumerate(with_people, start=len(seats) + 1)
        ]
        self.pages = Paginator(seats, SEATS_A_PAGE)
        self.page_of_seats: Page = self.pages.get_page(page or 1)
        self.seats: list[SeatRow | RegisteredRow] = list(self.page_of_seats)
        for seat in self.seats:
            seat.add_fields()
        self.free_seats_by_name: dict[str, list[SeatRow | RegisteredRow]] = {}
        for seat in seats:
            if not seat.attendance and not self.data.get(seat.ticked):
                self.free_seats_by_name.setdefault(spoken(str(seat.listed)), []).append(seat)

    def _row_count(self) -> int:
        if not self.is_bound:
            return USUAL_ROWS
        sent = (place for place in range(MOST_ROWS) if f"baris-{place}-name" not in self.data)
        wanted = next(sent, MOST_ROWS) + (USUAL_ROWS if "tambah" in self.data else 0)
        return min(max(wanted, 1), MOST_ROWS)

    @property
    def typed_columns(self) -> list[SheetColumn]:
        """The columns of this kind's paper that are typed; RT/RW and hamlet are one answer."""
        columns: list[SheetColumn] = []
        for column in map(SheetColumn, self.session.activity.kind.columns):
            if column in CELLS and CELLS[column] not in [CELLS[each] for each in columns]:
                columns.append(column)
        return columns

    most_rows = MOST_ROWS

    @property
    def asks_sex(self) -> bool:
        return SheetColumn.SEX in self.typed_columns

    @property
    def blank_row(self) -> PaperRow:
        """A row for the page to copy."""
        return PaperRow(page=self, place=MOST_ROWS)

    @property
    def filled_rows(self) -> list[PaperRow]:
        return [row for row in self.rows if not row.is_empty]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for seat in self.seats:
            if not seat.attendance:
                seat.check()
        return told

    def is_valid(self) -> bool:
        # Each is asked, so that all the errors of a page are told at once.
        return all([super().is_valid(), *(row.is_valid() for row in self.filled_rows)])

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """Number on the paper, the field's id and what is wrong with it, for the summary above the table."""
        found = [(str(seat.number), *wrong) for seat in self.seats for wrong in seat.errors]
        for row in self.filled_rows:
            found += [
                (str(row.number), field.id_for_label, " ".join(field.errors)) for field in row if field.errors
            ]
        return found

    def lines(self) -> Iterator[PaperLine]:
        """What is to be recorded; whom another desk has marked meanwhile keeps that line."""
        for seat in self.seats:
            if self.cleaned_data[seat.ticked] and not seat.attendance:
                yield seat.line
        for row in self.filled_rows:
            if row.cleaned_data["signed"]:
                yield row.line

    @property
    def recorded_before(self) -> int:
        """How many of the ticked seats this very page has recorded already, when it is sent a second time."""
        return sum(
            bool(seat.attendance and seat.attendance.nonce == seat.nonce and self.cleaned_data[seat.ticked])
            for seat in self.seats
        )

    @property
    def overtaken(self) -> list[Attendance]:
        """Ticked here, and recorded elsewhere since the page was opened."""
        return [
            seat.attendance
            for seat in self.seats
            if self.cleaned_data[seat.ticked] and seat.attendance and seat.attendance.nonce != seat.nonce
        ]

    @property
    def unsigned(self) -> list[str]:
        return [row.cleaned_data["name"] for row in self.filled_rows if not row.cleaned_data["signed"]]
