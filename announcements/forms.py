from typing import Any

from django import forms
from django.db import models

from announcements.models import Article, Category


class ArticleFilterForm(forms.Form):
    """Narrow the list of articles by category and year, in the address."""

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
        if category := self.cleaned_data["kategori"]:
            articles = articles.filter(category=category)
        if year := self.cleaned_data["tahun"]:
            articles = articles.filter(published_at__year=year)
        return articles
