"""Printing."""

from collections.abc import Iterator

from django import forms
from django.http import QueryDict

from attendance.models import Session, SheetColumn
from attendance.roster import Filling, SheetOptions
from attendance.sheet import Field, Paper

from .parts import bare_helper

USUAL_BLANK_ROWS = 20


class SheetOptionsForm(forms.Form):
    """How the Daftar Hadir is to be printed."""

    isi = forms.ChoiceField(
        label="Isi",
        choices=[
            (Filling.PRESENT, "Yang hadir"),
            (Filling.INVITED, "Nama undangan dan pendaftar, belum ditandatangani"),
            (Filling.EMPTY, "Kosong"),
        ],
        required=False,
    )
    kertas = forms.ChoiceField(label="Kertas", choices=[("a4", "A4"), ("f4", "F4/Folio")], required=False)
    arah = forms.ChoiceField(
        label="Arah", choices=[("tegak", "Tegak"), ("mendatar", "Mendatar")], required=False
    )
    baris = forms.IntegerField(
        label="Baris kosong",
        min_value=0,
        max_value=500,
        required=False,
        error_messages={
            "min_value": "Tulis angka 0 sampai 500.",
            "max_value": "Tulis angka 0 sampai 500.",
            "invalid": "Tulis dengan angka, misalnya 20.",
        },
    )
    kolom = forms.MultipleChoiceField(
        label="Kolom",
        choices=SheetColumn,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, chosen: QueryDict, *, session: Session) -> None:
        """What is not chosen is as the kind of activity has it."""
        chosen = chosen.copy()
        if "kolom" not in chosen:
            chosen.setlist("kolom", session.activity.kind.columns)
        super().__init__(chosen)
        self.session = session
        self.helper = bare_helper()

    @property
    def options(self) -> SheetOptions:
        """What was asked for; an empty sheet without a number of rows has room for the invited and more."""
        told = self.cleaned_data
        filling = Filling(told["isi"] or Filling.PRESENT)
        rows = told["baris"]
        if rows is None:
            rows = self._usual_rows() if filling is Filling.EMPTY else 0
        landscape = "-landscape" if told["arah"] == "mendatar" else ""
        return SheetOptions(
            filling=filling,
            paper=Paper(f"{told['kertas'] or 'a4'}{landscape}"),
            blank_rows=rows,
            columns=tuple(self._in_order(told["kolom"])),
        )

    def _in_order(self, chosen: list[str]) -> Iterator[Field]:
        """The kind's own order; what it does not have stands before the signature."""
        own = [column for column in self.session.activity.kind.columns if column in chosen]
        added = [column for column in SheetColumn.values if column in chosen and column not in own]
        last = [column for column in own if column == SheetColumn.SIGNATURE]
        for column in [*(column for column in own if column not in last), *added, *last]:
            yield Field(column)

    def _usual_rows(self) -> int:
        invited = self.session.activity.invitations.standing().count()
        return max(USUAL_BLANK_ROWS, invited + invited // 4)
