"""Writing minutes: the items of the agenda, what was said on each, and what was resolved."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms

from attendance.models import Minutes, Writing
from attendance.models.minutes import MOST_LINES

from .parts import bare_helper

SPARE = 3
TOO_LONG = "Terlalu panjang: paling banyak %(limit_value)d karakter, sekarang %(show_value)d."


class MinutesForm(forms.Form):
    """As many items and resolutions as were sent, or as there are and some to spare; empty ones do not count."""

    chaired_by = forms.CharField(
        label="Pimpinan rapat",
        max_length=120,
        required=False,
        help_text="Misalnya: Siti Aminah, dari BPD.",
    )
    noted_by = forms.CharField(label="Notulis", max_length=120, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, said: Writing, version: int, needs_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.said = said
        self.initial = {
            "chaired_by": said.chaired_by,
            "noted_by": said.noted_by,
            "version": version,
            "nonce": uuid.uuid4(),
        }
        self.item_count = self._count("topic", len(said.items))
        self.resolution_count = self._count("resolution", len(said.resolutions))
        for place in range(self.item_count):
            self._add_item(place)
        for place in range(self.resolution_count):
            self._add_resolution(place)
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label="Alasan perbaikan",
                max_length=200,
                help_text="Notulen ini sudah terbit. Warga membaca alasan ini di bawahnya.",
                error_messages={"required": "Tulis mengapa notulen yang sudah terbit diperbaiki."},
            )
        self.helper = bare_helper()

    def _count(self, name: str, standing: int) -> int:
        if not self.is_bound:
            return min(standing + SPARE, MOST_LINES)
        sent = (place for place in range(MOST_LINES) if f"{name}-{place}" not in self.data)
        return max(next(sent, MOST_LINES), 1)

    def _add_item(self, place: int) -> None:
        topic, said = self.said.items[place] if place < len(self.said.items) else ("", "")
        self.fields[f"topic-{place}"] = forms.CharField(
            label="Acara",
            max_length=200,
            required=False,
            initial=topic,
            error_messages={"max_length": TOO_LONG},
        )
        self.fields[f"said-{place}"] = forms.CharField(
            label="Pembicaraan",
            max_length=20000,
            required=False,
            initial=said,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": TOO_LONG},
        )

    def _add_resolution(self, place: int) -> None:
        standing = self.said.resolutions
        self.fields[f"resolution-{place}"] = forms.CharField(
            label=f"Putusan {place + 1}",
            max_length=2000,
            required=False,
            initial=standing[place] if place < len(standing) else "",
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": TOO_LONG},
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for place in range(self.item_count):
            if told.get(f"said-{place}") and not told.get(f"topic-{place}"):
                self.add_error(f"topic-{place}", "Tulis acaranya: apa yang dibicarakan di sini.")
        return told

    @property
    def items(self) -> Iterator[tuple[int, Any, Any]]:
        """The pairs of fields with their number, for the page."""
        for place in range(self.item_count):
            yield place + 1, self[f"topic-{place}"], self[f"said-{place}"]

    @property
    def resolutions(self) -> list[Any]:
        return [self[f"resolution-{place}"] for place in range(self.resolution_count)]

    @property
    def writing(self) -> Writing:
        """What was sent, without the empty lines."""
        told = self.cleaned_data
        items = [(told[f"topic-{place}"], told[f"said-{place}"]) for place in range(self.item_count)]
        resolutions = [told[f"resolution-{place}"] for place in range(self.resolution_count)]
        return Writing(
            tuple(item for item in items if item[0]),
            tuple(text for text in resolutions if text),
            told["chaired_by"],
            told["noted_by"],
        )

    def over(self, minutes: Minutes) -> "MinutesForm":
        """The same text, to be saved over what another has saved meanwhile, by who has now seen that."""
        data = self.data.copy()
        data["version"], data["nonce"] = minutes.version, uuid.uuid4()
        return MinutesForm(
            data, said=minutes.writing, version=minutes.version, needs_reason=bool(minutes.published_at)
        )
