"""The forms of notices and following."""

from typing import Any

from django import forms

from partisipasi.residents import notices


class FollowForm(forms.Form):
    """Which page to follow: cleaned, it is a `notices.Page` that this visitor may see."""

    halaman = forms.CharField(max_length=300)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_halaman(self) -> notices.Page:
        page = notices.page_at(self.cleaned_data["halaman"], self.user)
        if page is None:
            raise forms.ValidationError("Halaman ini tidak dapat diikuti.")
        return page
