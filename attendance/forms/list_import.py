"""Taking a list in from a spreadsheet: the file, and then what its columns and lines mean."""

from typing import Any

from django import forms

from attendance.kept_list import sample, usable
from attendance.list_matching import Match
from attendance.models import ListImport, Session
from attendance.models.list_import import ListReading
from partisipasi.residents.sheets.table import ACCEPT

MOST_ASKED = 200
"""Lines of a page that have a choice; further questions follow when these are answered."""


class ListFileForm(forms.Form):
    """A file with the list of this session."""

    sheet = forms.FileField(
        label="Berkas daftar hadir",
        help_text="XLSX, ODS, atau CSV, paling besar 3 MB dan 2.000 baris.",
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "form-control"}),
        error_messages={"required": "Pilih berkas daftar hadir."},
    )

    def __init__(self, *args: Any, session: Session, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.by = session, by

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "sheet" in cleaned:
            try:
                self.read = ListImport.objects.read(self.session, cleaned["sheet"], by=self.by)
            except forms.ValidationError as refusal:
                self.add_error("sheet", refusal)
        return cleaned


class ListMeaningForm(forms.Form):
    """What each column is taken for, and whom lines mean that may mean several."""

    def __init__(self, data: Any = None, *, sent: ListImport, reading: ListReading) -> None:
        super().__init__(data)
        self.sent, self.reading = sent, reading
        meanings = [("", "Tidak dipakai"), *usable(sent.session.activity.kind.columns).items()]
        self.places = [place for place, heading in enumerate(sent.headings) if heading]
        for place in self.places:
            self.fields[f"kolom-{place}"] = forms.ChoiceField(
                label=sent.headings[place], choices=meanings, required=False, initial=sent.meant[place]
            )
        choice = [match for match in reading.matches if match.is_choice]
        choice.sort(key=lambda match: not match.is_asked)
        self.shown: list[Match] = choice[:MOST_ASKED]
        self.further = len(choice) - len(self.shown)
        for match in self.shown:
            self.fields[f"baris-{match.row.number}"] = forms.ChoiceField(
                label=f"Baris {match.row.number}: {match.row.name}",
                choices=match.choices,
                required=False,
                initial=match.chosen,
            )

        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def columns(self) -> list[tuple[Any, str]]:
        """The field of each column with a few of its cells."""
        return [
            (self[f"kolom-{place}"], "; ".join(sample(self.reading.kept, place))) for place in self.places
        ]

    def lines(self) -> list[tuple[Match, Any]]:
        return [(match, self[f"baris-{match.row.number}"]) for match in self.shown]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for place in self.places:
            meaning = cleaned.get(f"kolom-{place}", "")
            if meaning and meaning in seen:
                self.add_error(f"kolom-{place}", f"Sudah dipilih untuk kolom “{seen[meaning]}”.")
            elif meaning:
                seen[meaning] = self.sent.headings[place]
        return cleaned

    @property
    def meant(self) -> list[str]:
        return [self.cleaned_data.get(f"kolom-{place}", "") for place in range(len(self.sent.headings))]

    @property
    def answers(self) -> dict[str, str]:
        told = {
            name: value for name, value in self.cleaned_data.items() if name.startswith("baris-") and value
        }
        return {name.removeprefix("baris-"): value for name, value in told.items()}
