"""What narrows the lists of documents, in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models

from announcements.minimum import Category
from announcements.models import LawKind, LawState, PublicDocument
from partisipasi import search


class _Filter(forms.Form):
    year_lookup = "year"

    kata = forms.CharField(label="Kata", required=False, max_length=100)
    tahun = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Tahun",
        error_messages={"invalid_choice": "Tidak ada dokumen dari tahun ini. Pilih dari daftar."},
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["tahun"]
        asked.choices = [("", "Semua tahun"), *((year, year) for year in years)]

    def chosen(self, documents: models.QuerySet) -> models.QuerySet:
        """The documents that fit; none where the address asks for what does not exist."""
        if not self.is_bound:
            return documents
        if not self.is_valid():
            return documents.none()
        asked = self.cleaned_data
        if asked["kata"]:
            documents = documents.filter(search=search.query(asked["kata"]))
        if asked["tahun"]:
            documents = documents.filter(**{self.year_lookup: asked["tahun"]})
        return self.narrowed(documents, asked)

    def narrowed(self, documents: models.QuerySet, asked: dict[str, Any]) -> models.QuerySet:
        """What this list may be narrowed by besides."""
        raise NotImplementedError


class DocumentFilterForm(_Filter):
    klasifikasi = forms.ChoiceField(
        label="Klasifikasi",
        required=False,
        choices=[("", "Semua klasifikasi"), *PublicDocument.Classification.choices],
        error_messages={"invalid_choice": "Klasifikasi ini tidak ada. Pilih dari daftar."},
    )
    jenis = forms.ChoiceField(
        label="Jenis",
        required=False,
        choices=[("", "Semua jenis"), *Category.choices],
        error_messages={"invalid_choice": "Jenis ini tidak ada. Pilih dari daftar."},
    )
    field_order = ["kata", "klasifikasi", "jenis", "tahun"]

    def narrowed(self, documents: models.QuerySet, asked: dict[str, Any]) -> models.QuerySet:
        if asked["klasifikasi"]:
            documents = documents.filter(classification=asked["klasifikasi"])
        return documents.filter(category=asked["jenis"]) if asked["jenis"] else documents


class LawFilterForm(_Filter):
    year_lookup = "enacted_on__year"

    jenis = forms.ChoiceField(
        label="Jenis",
        required=False,
        error_messages={"invalid_choice": "Jenis ini tidak ada. Pilih dari daftar."},
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua keadaan"), *LawState.choices],
        error_messages={"invalid_choice": "Keadaan ini tidak ada. Pilih dari daftar."},
    )
    field_order = ["kata", "jenis", "keadaan", "tahun"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.in_words()) for kind in LawKind]
        asked: Any = self.fields["jenis"]
        asked.choices = [("", "Semua jenis"), *kinds]

    def narrowed(self, documents: models.QuerySet, asked: dict[str, Any]) -> models.QuerySet:
        if asked["jenis"]:
            documents = documents.filter(law_kind=asked["jenis"])
        return documents.filter(law_state=asked["keadaan"]) if asked["keadaan"] else documents
