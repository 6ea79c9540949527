"""Putting an activity off: when, where, and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from attendance.models import Session
from partisipasi import clock
from partisipasi.village.words import clock_time, zone_word

from .follow_ups import DayField, OnceForm

_PART = timedelta(minutes=30)


class HourField(forms.TimeField):
    """A time of day, in the village's own zone."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["input_formats"] = ["%H:%M", "%H.%M", "%H:%M:%S"]
        kwargs.setdefault("error_messages", {}).update(
            required="Tulis jamnya.", invalid="Tulis jam dengan angka, misalnya 09.00."
        )
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class AgainForm(OnceForm):
    """Another day, time and place of a sitting."""

    day = DayField(label="Tanggal")
    begins = HourField(label="Mulai")
    ends = HourField(label="Selesai", required=False, help_text="Kosongkan untuk “s.d. selesai”.")
    venue = forms.CharField(label="Tempat", max_length=120, error_messages={"required": "Tulis tempatnya."})

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        ends = timezone.localtime(session.ends_at, session.zone) if session.ends_at else None
        kwargs["initial"] = {
            "begins": session.starts_local.time(),
            "ends": ends.time() if ends and ends.date() == session.day else None,
            "venue": session.venue_text,
        }
        super().__init__(*args, **kwargs)
        self.zone = session.zone

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("begins") and told.get("ends") and told["ends"] <= told["begins"]:
            self.add_error("ends", "Waktu selesai harus sesudah waktu mulai.")
        return told

    @property
    def starts_at(self) -> datetime:
        told = self.cleaned_data
        return datetime.combine(told["day"], told["begins"], tzinfo=self.zone)

    @property
    def ends_at(self) -> datetime | None:
        told = self.cleaned_data
        return datetime.combine(told["day"], told["ends"], tzinfo=self.zone) if told["ends"] else None


class PostponeForm(AgainForm):
    """The same of an announced sitting, with the reason that everybody reads."""

    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Warga membaca alasan ini pada halaman kegiatan.",
        error_messages={"required": "Tulis alasannya dengan singkat."},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        self.fields["day"].initial = session.day


class AdjournForm(OnceForm):
    """How much later it begins, in half hours, as far as the kind's rules go."""

    minutes = forms.TypedChoiceField(
        label="Dimulai lagi",
        coerce=int,
        error_messages={"required": "Pilih kapan dimulai lagi.", "invalid_choice": "Pilih dari daftar ini."},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].choices = list(self._choices(session))  # type: ignore[attr-defined]

    @staticmethod
    def _choices(session: Session) -> Iterator[tuple[int, str]]:
        now, zone = timezone.localtime(clock.now(), session.zone), zone_word(session.zone)
        for part in range(1, 2 * (session.activity.kind.wait_hours or 0) + 1):
            minutes = 30 * part
            hours = f"{minutes // 60} jam" if minutes >= 60 else ""
            rest = "30 menit" if minutes % 60 else ""
            until = clock_time(now + part * _PART)
            yield minutes, f"{' '.join(filter(None, (hours, rest)))} lagi, sekitar pukul {until} {zone}"

    @property
    def until(self) -> datetime:
        return clock.now() + timedelta(minutes=self.cleaned_data["minutes"])


class GoOnForm(OnceForm):
    """That it goes on with those present: nothing more is asked."""
