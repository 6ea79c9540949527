from typing import Any

from django import forms
from django.db import models
from django.utils.http import urlencode

from announcements.models import Article, Category
from announcements.models.category import InformationKind


class ArticleFilterForm(forms.Form):
    """Narrow the list of articles by kind, category and year, in the address."""

    jenis = forms.ChoiceField(
        choices=[("", "Semua jenis"), *InformationKind.choices],
        required=False,
        label="Jenis",
        error_messages={"invalid_choice": "Jenis ini tidak ada. Pilih dari daftar."},
    )
    kategori = forms.ModelChoiceField(
        None,
        to_field_name="slug",
        required=False,
        label="Kategori",
        empty_label="Semua kategori",
        error_messages={"invalid_choice": "Kategori ini tidak ada. Pilih dari daftar."},
    )
    tahun = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Tahun",
        error_messages={"invalid_choice": "Tidak ada artikel dari tahun ini. Pilih dari daftar."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Article.objects.published().datetimes("published_at", "year", order="DESC")
        self.fields["kategori"].queryset = Category.objects.all()
        self.fields["tahun"].choices = [("", "Semua tahun"), *((year.year, year.year) for year in years)]

    def chosen(self, articles: models.QuerySet) -> models.QuerySet:
        """The articles that fit; none where the address asks for what does not exist."""
        if not self.is_bound:
            return articles
        if not self.is_valid():
            return articles.none()
        if kind := self.cleaned_data["jenis"]:
            articles = articles.filter(category__kind=kind)
        if category := self.cleaned_data["kategori"]:
            articles = articles.filter(category=category)
        if year := self.cleaned_data["tahun"]:
            articles = articles.filter(published_at__year=year)
        return articles

    def subject(self) -> str:
        """Which articles were chosen, but for the year: the name of the category or the kind; "" for all."""
        if not self.is_bound or not self.is_valid():
            return ""
        chosen = self.cleaned_data
        return str(chosen["kategori"] or dict(InformationKind.choices).get(chosen["jenis"], ""))

    def feed_query(self) -> str:
        """What the address of the feed of these articles ends in; a feed knows no year."""
        if not self.subject():
            return ""
        chosen = {name: self.data.get(name) for name in ("jenis", "kategori")}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})
