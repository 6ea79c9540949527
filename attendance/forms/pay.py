"""Lists of money: what is paid for what, who gets otherwise than the rest, and how the paper is printed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from attendance.models import PayLine, PayList
from attendance.models.pay_row import MOST_RUPIAH
from attendance.pay_sheet import PayOptions
from attendance.roster import Filling
from attendance.sheet import Paper
from partisipasi.village.amounts import NoAmount, amount_of
from partisipasi.village.words import day_name, figures, rupiah

from .follow_ups import DayField, OnceForm
from .parts import bare_helper
from .sheets import USUAL_BLANK_ROWS


class RupiahField(forms.CharField):
    """Whole rupiah as people write them: `75000`, `75.000`, `Rp75.000`, `Rp 75.000,00`; cleans to an int."""

    def __init__(self, *, least: int = 0, most: int = MOST_RUPIAH, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("error_messages", {}).setdefault("required", "Tulis jumlahnya dalam rupiah.")
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return 0
        try:
            amount = amount_of(text)
        except NoAmount:
            amount = None
        if amount is None or amount != int(amount):
            raise forms.ValidationError("Tulis rupiah tanpa sen dengan angka, contoh 75.000.")
        if not self.least <= amount <= self.most:
            raise forms.ValidationError(f"Tulis jumlah dari {rupiah(self.least)} sampai {rupiah(self.most)}.")
        return int(amount)


class PayListForm(OnceForm):
    """What is paid, by which measure, for what, and on which days."""

    basis = forms.ChoiceField(
        label="Cara",
        choices=PayList.Basis,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih caranya."},
    )
    purpose = forms.CharField(
        label="Untuk",
        max_length=120,
        help_text="Tercetak pada lembarnya, misalnya: Uang transpor peserta, atau Upah padat karya talut.",
        error_messages={"required": "Tulis untuk apa uang ini."},
    )
    rate = RupiahField(
        label="Jumlah (Rp)",
        least=1,
        help_text="Untuk setiap orang, atau untuk setiap HOK. Dapat diubah pada setiap baris.",
    )
    charged_to = forms.CharField(
        label="Dibebankan pada",
        max_length=120,
        required=False,
        help_text="Kode atau nama kegiatan dalam APB Desa, bila ada.",
    )
    first_on = DayField(
        label="Dari tanggal", required=False, help_text="Kosongkan bila untuk seluruh kegiatan."
    )
    last_on = DayField(label="Sampai tanggal", required=False)

    def __init__(self, *args: Any, change: PayList | None = None, **kwargs: Any) -> None:
        if change:
            names = ("purpose", "rate", "charged_to", "first_on", "last_on")
            kwargs["initial"] = {name: getattr(change, name) for name in names}
        super().__init__(*args, **kwargs)
        if change:
            del self.fields["basis"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("first_on") and told.get("last_on") and told["last_on"] < told["first_on"]:
            self.add_error("last_on", "Tanggal akhir harus sesudah tanggal awal.")
        return told

    @property
    def told(self) -> PayList:
        """What was typed, not saved yet."""
        return PayList(**{name: value for name, value in self.cleaned_data.items() if name != "nonce"})


class PayRowsForm(forms.Form):
    """For each line its amount, and for work the days of which it was half."""

    def __init__(self, *args: Any, lines: list[PayLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.lines = lines
        for line in lines:
            self.fields[f"rate-{line.key}"] = RupiahField(
                label=f"Jumlah untuk {line.name}", required=False, initial=line.rate
            )
            if line.by_days:
                self.fields[f"half-{line.key}"] = forms.MultipleChoiceField(
                    label=f"Setengah hari: {line.name}",
                    required=False,
                    choices=[(day.isoformat(), _short(day)) for day in line.days],
                    initial=[day.isoformat() for day in line.half_days],
                    widget=forms.CheckboxSelectMultiple,
                )

    @property
    def rows(self) -> Iterator[tuple[PayLine, Any, Any]]:
        """Each line with its fields."""
        for line in self.lines:
            yield line, self[f"rate-{line.key}"], self[f"half-{line.key}"] if line.by_days else None

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """Whose field is wrong, its id, and why."""
        bound = [(line, self[f"rate-{line.key}"]) for line in self.lines]
        return [(line.name, field.auto_id, " ".join(field.errors)) for line, field in bound if field.errors]

    @property
    def wanted(self) -> dict[int, tuple[int, list[date]]]:
        """For `PayList.set_rows`."""
        told = self.cleaned_data
        return {
            line.key: (
                told[f"rate-{line.key}"],
                [date.fromisoformat(day) for day in told.get(f"half-{line.key}", [])],
            )
            for line in self.lines
        }


def _short(day: date) -> str:
    return f"{day_name(day)}, {day.day}/{day.month}"


class PaySheetForm(forms.Form):
    """How the paper is to be printed."""

    isi = forms.ChoiceField(
        label="Isi",
        choices=[
            (Filling.PRESENT, "Yang menerima, menurut daftar hadir"),
            (Filling.INVITED, "Nama undangan dan pendaftar, belum ditandatangani"),
            (Filling.EMPTY, "Kosong"),
        ],
        required=False,
    )
    kertas = forms.ChoiceField(label="Kertas", choices=[("a4", "A4"), ("f4", "F4/Folio")], required=False)
    arah = forms.ChoiceField(
        label="Arah", choices=[("tegak", "Tegak"), ("mendatar", "Mendatar")], required=False
    )

    def __init__(self, asked: QueryDict, *, pay_list: PayList) -> None:
        asked = asked.copy()
        asked.setdefault("arah", "mendatar" if pay_list.by_days else "tegak")
        asked.setdefault("isi", Filling.PRESENT if pay_list.activity.closed_at else Filling.INVITED)
        super().__init__(asked)
        self.helper = bare_helper()

    @property
    def options(self) -> PayOptions:
        told = self.cleaned_data
        filling = Filling(told["isi"])
        landscape = "-landscape" if told["arah"] == "mendatar" else ""
        return PayOptions(
            filling=filling,
            paper=Paper(f"{told['kertas'] or 'a4'}{landscape}"),
            blank_rows=USUAL_BLANK_ROWS if filling is Filling.EMPTY else 0,
        )
