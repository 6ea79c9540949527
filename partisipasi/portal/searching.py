"""The search page: what was asked, what was found, and what was meant where nothing was."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator

from partisipasi import search

from .models import Word

PAGE_SIZE = 20
# Nobody reads on beyond; a program that does costs no more than this.
LAST_HIT = 2_000

Pieces = list[tuple[str, bool]]


class SearchForm(forms.Form):
    """What is sought, of which kind and from which days; everything stands in the address."""

    q = forms.CharField(label="Kata yang dicari", max_length=200, required=False)
    jenis = forms.ChoiceField(
        label="Jenis",
        required=False,
        error_messages={"invalid_choice": "Jenis ini tidak ada. Pilih dari daftar."},
    )
    dari = forms.DateField(label="Sejak tanggal", required=False, widget=forms.DateInput({"type": "date"}))
    sampai = forms.DateField(label="Sampai tanggal", required=False, widget=forms.DateInput({"type": "date"}))
    persis = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.name, kind.label) for kind in search.kinds()]
        self.fields["jenis"].choices = [("", "Semua jenis"), *kinds]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs |= {"type": "search", "enterkeyhint": "search"}
        for name in ("dari", "sampai"):
            self.fields[name].error_messages["invalid"] = "Tulis tanggal seperti 22/12/2023."

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("dari"), told.get("sampai")
        if since and until and since > until:
            self.add_error("sampai", "Tanggal akhir tidak boleh mendahului tanggal awal.")
        return told


@dataclass(frozen=True)
class Found:
    """One page of what was found. `asked` are the words that were sought, which `meant` changed, if not empty."""

    asked: str
    page: Page
    kinds: list[tuple[str, str, int]]
    total: int
    meant: str = ""


class _Hits:
    """The hits of one query as a list that a Paginator cuts into pages."""

    def __init__(self, finding: search.Finding, asked: str, kind: str, total: int) -> None:
        self.finding, self.asked, self.kind, self.total = finding, asked, kind, total

    def __len__(self) -> int:
        return min(self.total, LAST_HIT)

    def __getitem__(self, pages: slice) -> list[tuple[search.Hit, Pieces, Pieces]]:
        """Each hit with its title and the part of its text that was asked for, cut where they are to be marked."""
        hits = self.finding.hits(self.kind, pages.start, pages.stop - pages.start) if self.total else []
        return [
            (
                hit,
                search.snippet(hit.title, self.asked, len(hit.title)),
                search.snippet(hit.text, self.asked),
            )
            for hit in hits
        ]


def found_by(told: dict[str, Any], user: Any, page: str | None) -> Found:
    """What the words of a valid SearchForm find for this visitor; a slip of one letter is forgiven."""
    asked, kind = told["q"], told["jenis"]
    finding = search.find(asked, user, since=told["dari"], until=told["sampai"])
    counts, meant = finding.counts(), ""
    if not counts and not told["persis"] and (meant := what_was_meant(asked)):
        asked = meant
        finding = replace(finding, asked=search.query(meant))
        counts = finding.counts()
    total = counts.get(kind, 0) if kind else sum(counts.values())
    pages: Paginator[Any] = Paginator(_Hits(finding, asked, kind, total), PAGE_SIZE)  # type: ignore[arg-type]
    labels = [(each.name, each.label, counts[each.name]) for each in search.kinds() if each.name in counts]
    return Found(asked, pages.get_page(page), labels, total, meant if counts else "")


def what_was_meant(asked: str) -> str:
    """The same words, spelt as the village spells them; "" where there is nothing to mend."""
    written = list(search.words(asked))
    meant = Word.objects.meant_by(written)
    return " ".join(meant.get(word, word) for word in written) if meant else ""
