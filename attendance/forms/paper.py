"""Typing in a signed paper list: a row for each line of the paper, saved together."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from attendance.models import Attendance, Guest, Invitation, PaperLine, Session, SheetColumn
from attendance.roster import values_of_invited
from attendance.sheet import Field
from partisipasi.residents.models import Person
from partisipasi.village.models import Region

from .desk import GuestForm

SEATS_A_PAGE = 100
USUAL_ROWS = 10
MOST_ROWS = 60
_SEX = [("", "–"), ("L", "L"), ("P", "P")]
_CELLS = {
    SheetColumn.NAME: "name",
    SheetColumn.SEX: "sex",
    SheetColumn.ROLE: "unsur",
    SheetColumn.AGE_GROUP: "age_group",
    SheetColumn.ADDRESS: "address",
    SheetColumn.NEIGHBOURHOOD: "region",
    SheetColumn.HAMLET: "region",
    SheetColumn.INSTITUTION: "institution",
    SheetColumn.PHONE: "phone",
}
"""Which columns of the paper are typed, and into which field; the others are numbers, times and signatures."""


def spoken(name: str) -> str:
    """A name as it is compared: spaces and capitals do not make another person."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Cell:
    """One square of the page under the heading of its column: what stands there, or the field that is typed."""

    column: SheetColumn
    text: str = ""
    field: Any = None

    @property
    def label(self) -> str:
        return str(self.column.label)

    @property
    def is_name(self) -> bool:
        return self.column == SheetColumn.NAME


class PaperRow(GuestForm):
    """A line that somebody without an invitation wrote; `person` once it was completed from the address book."""

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sex = forms.ChoiceField(label="L/P", required=False, choices=_SEX)
    signed = forms.BooleanField(label="Bertanda tangan", required=False, initial=True)

    def __init__(self, *args: Any, page: "PaperForm", place: int, **kwargs: Any) -> None:
        self.page, self.place = page, place
        super().__init__(*args, session=page.session, prefix=f"baris-{place}", **kwargs)
        del self.fields["nonce"]
        self.fields["name"].required = False
        self.fields["name"].widget.attrs |= {"placeholder": " ", "data-name": ""}
        for field in self.fields.values():
            field.widget.attrs |= {"aria-label": f"{field.label}, nomor {self.number}"}
        # Asked once for the page, not once for each row.
        self.fields["unsur"].choices = page.unsur_choices  # type: ignore[attr-defined]
        if "region" in self.fields:
            self.fields["region"].choices = page.region_choices  # type: ignore[attr-defined]

    @property
    def number(self) -> int:
        """The number that the line has on the paper: those without an invitation come after the invited."""
        return self.page.first_free_number + self.place

    @property
    def is_empty(self) -> bool:
        typed = (name for name in self.fields if name not in {"signed", "same_name"})
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in typed)

    @property
    def nonce(self) -> uuid.UUID:
        """Follows from the page's and from who it is, so that a page sent twice is one row and another name is not."""
        return self._nonce(self.data.get(self.add_prefix("person")) or self._typed_name)

    def _nonce(self, who: str) -> uuid.UUID:
        return uuid.uuid5(self.page.nonce, f"baris:{self.place}:{who}")

    @property
    def _typed_name(self) -> str:
        return spoken(self.data.get(self.add_prefix("name"), ""))

    def _repeats_a_name(self) -> bool:
        return self.is_bound and bool(self._typed_name) and bool(self._asked())

    def _asked(self) -> str:
        """What is asked about a name that stands on the list, among the invited or further up on this page."""
        if self.data.get(self.add_prefix("person")):
            return ""
        for there in self.page.present_by_name.get(self._typed_name, []):
            if there.nonce != self.nonce:
                about = self.about(there)
                return f"{there.name}{f' ({about})' if about else ''} sudah tercatat hadir."
        for seat in self.page.free_seats_by_name.get(self._typed_name, []):
            return (
                f"{seat.invitation} diundang, nomor {seat.number}. Bila orangnya sama, centang di sana dan "
                "kosongkan baris ini."
            )
        for earlier in self.page.rows[: self.place]:
            if earlier._typed_name == self._typed_name:
                return f"Nama ini juga ditulis di nomor {earlier.number}."
        return ""

    def clean_name(self) -> str:
        return super().clean_name() if self.cleaned_data["name"] else ""

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or self.cleaned_data
        if not self.is_empty and cleaned.get("name") == "":
            self.add_error("name", "Tulis nama yang hadir.")
        if "same_name" in self.fields and cleaned.get("name") and not cleaned.get("same_name"):
            self.add_error("name", f"{self._asked()} Bila ini orang lain, centang pernyataannya di bawah.")
        if pk := cleaned.get("person"):
            cleaned["person"] = self.page.people.filter(pk=pk).first()
            if cleaned["person"] is None:
                self.add_error("name", "Orang ini tidak ada di buku alamat. Hapus namanya, lalu tulis lagi.")
        return cleaned

    @property
    def line(self) -> PaperLine:
        who: Person | Guest = self.cleaned_data["person"] or self.guest
        return PaperLine(self.nonce, who=who)

    @property
    def cells(self) -> list[Cell]:
        return [Cell(column, field=self[_CELLS[column]]) for column in self.page.typed_columns]


class SeatRow:
    """A line of the paper with the name of somebody invited already on it: signed, signed by a stand-in, or not."""

    def __init__(self, page: "PaperForm", number: int, invitation: Invitation) -> None:
        self.page, self.number, self.invitation = page, number, invitation
        self.attendance = page.present_by_seat.get(invitation.pk)
        key = invitation.pk
        self.ticked, self.other, self.other_sex = f"hadir-{key}", f"wakil-{key}", f"lp-{key}"

    @property
    def needs_name(self) -> bool:
        """An invited body that has not said whom it sends."""
        return bool(self.invitation.body_id) and not self.invitation.representative

    def add_fields(self) -> None:
        page, whom = self.page, self.invitation
        page.fields[self.ticked] = forms.BooleanField(label=f"Hadir: {whom}", required=False)
        page.fields[self.ticked].widget.attrs |= {"aria-label": f"Hadir: {whom}"}
        label = f"Utusan {whom}" if self.needs_name else f"Yang mewakili {whom}"
        page.fields[self.other] = forms.CharField(
            label=label, max_length=120, required=False, initial=whom.stand_in
        )
        page.fields[self.other].widget.attrs |= {"autocomplete": "off", "aria-label": label}
        page.fields[self.other_sex] = forms.ChoiceField(label=f"L/P {label}", required=False, choices=_SEX)
        page.fields[self.other_sex].widget.attrs |= {"aria-label": f"L/P {label}"}

    @property
    def tick(self) -> Any:
        return self.page[self.ticked]

    @property
    def who(self) -> Any:
        return self.page[self.other]

    @property
    def sex(self) -> Any:
        return self.page[self.other_sex]

    @property
    def is_opened(self) -> bool:
        """Is the stand-in's name shown at once?"""
        return self.needs_name or bool(self.who.value()) or bool(self.who.errors)

    @property
    def cells(self) -> list[Cell]:
        """What the paper says of the invited."""
        values = values_of_invited(self.invitation)
        return [Cell(column, values.get(Field(column.value), "")) for column in self.page.typed_columns]

    def check(self) -> None:
        told, name = self.page.cleaned_data, self.page.cleaned_data.get(self.other, "")
        if name and not any(letter.isalpha() for letter in name):
            self.page.add_error(self.other, "Tulis nama dengan huruf.")
        elif told.get(self.ticked) and self.needs_name and not name:
            self.page.add_error(self.other, "Tulis nama utusannya.")
        elif name and name != self.invitation.stand_in and not told.get(self.ticked):
            self.page.add_error(self.other, "Centang hadir bila ia menandatangani, atau hapus namanya.")

    @property
    def nonce(self) -> uuid.UUID:
        name = self.page.data.get(self.other, "")
        return uuid.uuid5(self.page.nonce, f"kursi:{self.invitation.pk}:{spoken(name)}")

    @property
    def line(self) -> PaperLine:
        told = self.page.cleaned_data
        name = " ".join(told[self.other].split())
        if not name:
            return PaperLine(self.nonce, invitation=self.invitation)
        guest = Guest(name, sex=told[self.other_sex])
        if self.needs_name:
            return PaperLine(self.nonce, who=guest, invitation=self.invitation)
        return PaperLine(self.nonce, who=guest, stands_for=self.invitation)


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
        self.walk_ins: list[Attendance] = [row for row in present if not row.invitation_id]
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
        seats = [SeatRow(self, number, each) for number, each in enumerate(found, start=1)]
        self.pages = Paginator(seats, SEATS_A_PAGE)
        self.page_of_seats: Page = self.pages.get_page(page or 1)
        self.seats: list[SeatRow] = list(self.page_of_seats)
        for seat in self.seats:
            seat.add_fields()
        self.free_seats_by_name: dict[str, list[SeatRow]] = {}
        for seat in seats:
            if not seat.attendance and not self.data.get(seat.ticked):
                self.free_seats_by_name.setdefault(spoken(str(seat.invitation)), []).append(seat)

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
            if column in _CELLS and _CELLS[column] not in [_CELLS[each] for each in columns]:
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
        found = [
            (str(seat.number), seat.who.id_for_label, " ".join(seat.who.errors))
            for seat in self.seats
            if seat.who.errors
        ]
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
