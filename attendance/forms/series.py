"""Regular meetings: by which rule they come again, and on which of the days it gives."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms

from attendance.models import Activity, ActivityKind, ActivitySeries
from attendance.recurrence import LAST, MOST, Every, Recurrence
from partisipasi import clock
from partisipasi.residents.permissions import coverage
from partisipasi.village.models import Holiday, Region
from partisipasi.village.words import DAYS, full_date, long_date

from .follow_ups import DayField, OnceForm
from .postponing import HourField

LONGEST = timedelta(days=2 * 366)
OFFERED = 20
_FIELDS = (
    "kind",
    "title",
    "agenda",
    "venue",
    "region",
    "begins",
    "ends",
    "every",
    "interval",
    "weekday",
    "nth",
    "day",
)


class DatesForm(OnceForm):
    """Days that a rule gives: looked at first, and those that are left ticked are meant."""

    @property
    def dates(self) -> list[date]:
        """All days that the rule gives."""
        raise NotImplementedError

    @property
    def offered(self) -> Iterator[tuple[str, str, str, bool]]:
        """Each day as it is sent, as it is read, what holiday it is, and whether it is chosen."""
        days = self.dates
        off = {each.on: each.name for each in Holiday.objects.filter(on__in=days)}
        chosen = self.chosen if self.is_confirmed else None
        for day in days:
            yield day.isoformat(), full_date(day), off.get(day, ""), chosen is None or day in chosen

    @property
    def is_confirmed(self) -> bool:
        """The dates were looked at, and not asked for anew."""
        return "buat" in self.data

    @property
    def chosen(self) -> list[date]:
        """Those of the rule's days that were left ticked."""
        sent = set(self.data.getlist("dates"))
        return [day for day in self.dates if day.isoformat() in sent]


class SeriesForm(DatesForm):
    """A regular meeting. Without chosen `dates` it shows those that the rule gives; with them it is complete."""

    kind = forms.ModelChoiceField(
        None, label="Jenis kegiatan", error_messages={"required": "Pilih jenisnya."}
    )
    title = forms.CharField(
        label="Judul",
        max_length=200,
        help_text="Misalnya: Posyandu Melati.",
        error_messages={"required": "Tulis judulnya."},
    )
    agenda = forms.CharField(label="Acara", max_length=300, required=False)
    venue = forms.CharField(label="Tempat", max_length=120, error_messages={"required": "Tulis tempatnya."})
    region = forms.ModelChoiceField(None, label="Dusun", required=False, empty_label="Seluruh desa")
    every = forms.ChoiceField(
        label="Berulang",
        choices=[
            (Every.WEEK, "Setiap minggu pada hari tertentu"),
            (Every.WEEKDAY, "Setiap bulan pada hari tertentu, misalnya Selasa kedua"),
            (Every.DAY, "Setiap bulan pada tanggal tertentu, misalnya tanggal 10"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih bagaimana kegiatan ini berulang."},
    )
    interval = forms.TypedChoiceField(
        label="Jarak",
        coerce=int,
        choices=[
            (1, "Setiap minggu atau bulan"),
            *((n, f"Setiap {n} minggu atau bulan") for n in (2, 3, 4, 6)),
        ],
    )
    weekday = forms.TypedChoiceField(
        label="Hari",
        coerce=int,
        choices=list(enumerate(DAYS)),
        help_text="Untuk mingguan, dan untuk bulanan pada hari tertentu.",
    )
    nth = forms.TypedChoiceField(
        label="Hari ke-",
        coerce=int,
        choices=[(1, "pertama"), (2, "kedua"), (3, "ketiga"), (4, "keempat"), (LAST, "terakhir")],
        help_text="Untuk bulanan pada hari tertentu.",
    )
    day = forms.TypedChoiceField(
        label="Tanggal",
        coerce=int,
        choices=[*((n, str(n)) for n in range(1, 29)), (LAST, "hari terakhir bulan")],
        help_text="Untuk bulanan pada tanggal tertentu.",
    )
    begins = HourField(label="Mulai pukul")
    ends = HourField(label="Selesai pukul", required=False, help_text="Kosongkan untuk “s.d. selesai”.")
    first_on = DayField(label="Mulai tanggal")
    last_on = DayField(label="Sampai tanggal", help_text=f"Paling lama dua tahun, paling banyak {MOST} kali.")
    like = forms.ModelChoiceField(
        None,
        label="Undang seperti pada",
        required=False,
        empty_label="Tanpa undangan dahulu",
        help_text="Daftar undangan kegiatan itu disalin ke setiap tanggal.",
    )
    announced = forms.BooleanField(
        label="Langsung umumkan semuanya",
        required=False,
        help_text="Bila tidak dicentang, semuanya menjadi draf yang dapat diubah dahulu.",
    )

    def __init__(self, data: Any = None, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reach = coverage(user, "attendance.add_activity")
        self.may_announce = coverage(user, "attendance.announce_activity")
        within = Activity.objects.within_reach(user, "attendance.change_activity")
        chosen: dict[str, Any] = {
            "kind": ActivityKind.objects.filter(retired_at__isnull=True),
            "region": Region.objects.filter(self.reach.as_q("")),
            "like": within.filter(
                invitations__uninvited_at__isnull=True, invitations__isnull=False
            ).distinct(),
        }
        for name, queryset in chosen.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        recent = chosen["like"].order_by("-starts_at", "-pk").values_list("pk", flat=True)[:OFFERED]
        self.fields["like"].queryset = Activity.objects.filter(pk__in=list(recent))  # type: ignore[attr-defined]
        self.fields["like"].label_from_instance = _named  # type: ignore[attr-defined]
        if not self.reach.everywhere:
            self.fields["region"].required = True
            self.fields["region"].empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first_on"), told.get("last_on")
        if told.get("begins") and told.get("ends") and told["ends"] <= told["begins"]:
            self.add_error("ends", "Waktu selesai harus sesudah waktu mulai.")
        if first and first < clock.today():
            self.add_error("first_on", "Tanggal ini sudah lewat.")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last_on", "Pilih tanggal sesudah tanggal mulai, paling lama dua tahun.")
        if not self.errors and not self.dates:
            self.add_error("last_on", "Tidak ada tanggal yang cocok sampai hari itu.")
        return told

    @property
    def series(self) -> ActivitySeries:
        """What was typed, not saved yet."""
        return ActivitySeries(**{name: self.cleaned_data[name] for name in _FIELDS})

    @property
    def dates(self) -> list[date]:
        """All days that the rule gives."""
        told = self.cleaned_data
        rule = Recurrence(Every(told["every"]), told["weekday"], told["nth"], told["day"], told["interval"])
        return rule.dates(told["first_on"], told["last_on"])


class ExtendForm(DatesForm):
    """Until when a regular meeting goes on by its own rule."""

    last_on = DayField(label="Sampai tanggal", help_text=f"Paling lama dua tahun, paling banyak {MOST} kali.")
    announced = forms.BooleanField(
        label="Langsung umumkan semuanya",
        required=False,
        help_text="Bila tidak dicentang, semuanya menjadi draf yang dapat diubah dahulu.",
    )

    def __init__(
        self, data: Any = None, *, series: ActivitySeries, may_announce: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.series = series
        if not may_announce:
            del self.fields["announced"]

    def clean_last_on(self) -> date:
        last, first = self.cleaned_data["last_on"], self.series.goes_on_from
        if not first <= last <= first + LONGEST:
            raise forms.ValidationError(f"Pilih tanggal sesudah {long_date(first)}, paling lama dua tahun.")
        if not self.series.recurrence.dates(first, last):
            raise forms.ValidationError("Tidak ada tanggal yang cocok sampai hari itu.")
        return last

    @property
    def dates(self) -> list[date]:
        return self.series.recurrence.dates(self.series.goes_on_from, self.cleaned_data["last_on"])


def _named(activity: Activity) -> str:
    return f"{activity} ({activity.facts_line})"[:120]
