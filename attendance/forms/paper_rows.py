"""The rows of a signed paper list as it is typed in: of the invited, of who registered, and of everybody else."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from attendance.models import Guest, Invitation, PaperLine, Registration, SheetColumn
from attendance.roster import values_of_invited, values_of_registered
from attendance.sheet import Field
from partisipasi.residents.models import Person

from .desk import GuestForm

if TYPE_CHECKING:
    from .paper import PaperForm

_SEX = [("", "–"), ("L", "L"), ("P", "P")]
CELLS = {
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
    also: Any = None
    """A second field of the same column: the guardian of a minor stands beside the age."""

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
        if "guardian" in self.fields:
            self.fields["guardian"].widget.attrs |= {"placeholder": "Wali bila di bawah 18"}
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
            word = "diundang" if seat.takes_stand_in else "mendaftar"
            return (
                f"{seat.listed} {word}, nomor {seat.number}. Bila orangnya sama, centang di sana dan "
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
        return [
            Cell(column, field=self[CELLS[column]], also=self._also(column))
            for column in self.page.typed_columns
        ]

    def _also(self, column: SheetColumn) -> Any:
        return self["guardian"] if column == SheetColumn.AGE_GROUP else None


class SeatRow:
    """A line of the paper with the name of somebody invited already on it: signed, signed by a stand-in, or not."""

    takes_stand_in = True

    def __init__(self, page: "PaperForm", number: int, invitation: Invitation) -> None:
        self.page, self.number, self.invitation = page, number, invitation
        self.listed: Invitation | Registration = invitation
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

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The field's id and what is wrong with it."""
        return [(self.who.id_for_label, " ".join(self.who.errors))] if self.who.errors else []

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


class RegisteredRow:
    """A line of the paper with the name of somebody who registered: signed or not."""

    takes_stand_in = False

    def __init__(self, page: "PaperForm", number: int, registration: Registration) -> None:
        self.page, self.number, self.listed = page, number, registration
        self.attendance = page.present_by_registration.get(registration.pk)
        self.ticked = f"hadir-daftar-{registration.pk}"

    def add_fields(self) -> None:
        self.page.fields[self.ticked] = forms.BooleanField(label=f"Hadir: {self.listed}", required=False)
        self.page.fields[self.ticked].widget.attrs |= {"aria-label": f"Hadir: {self.listed}"}

    @property
    def tick(self) -> Any:
        return self.page[self.ticked]

    @property
    def cells(self) -> list[Cell]:
        values = values_of_registered(self.listed)
        return [Cell(column, values.get(Field(column.value), "")) for column in self.page.typed_columns]

    @property
    def errors(self) -> list[tuple[str, str]]:
        return []

    def check(self) -> None:
        """A tick alone can hardly be wrong."""

    @property
    def nonce(self) -> uuid.UUID:
        return uuid.uuid5(self.page.nonce, f"pendaftar:{self.listed.pk}")

    @property
    def line(self) -> PaperLine:
        return PaperLine(self.nonce, registration=self.listed)
