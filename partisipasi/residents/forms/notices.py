"""The forms of notices and following."""

from typing import Any

from django import forms

from partisipasi.residents import notices
from partisipasi.residents.models import NoticePreference


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


class NoticeSettingsForm(forms.Form):
    """When notices come by mail, and which kinds come at all: ticked is what this account wants."""

    mail = forms.ChoiceField(
        label="Lewat surel",
        choices=NoticePreference.Mail,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih kapan Anda ingin menerima surel."},
    )
    kinds = forms.MultipleChoiceField(
        label="Beri tahu saya tentang",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang tidak dicentang tidak disampaikan, juga tidak di portal.",
    )

    def __init__(self, *args: Any, preference: NoticePreference, **kwargs: Any) -> None:
        wanted = [kind for kind in notices.kinds() if kind not in preference.off]
        super().__init__(*args, initial={"mail": preference.mail, "kinds": wanted}, **kwargs)
        self.fields["kinds"].choices = list(notices.kinds().items())  # type: ignore[attr-defined]

    @property
    def off(self) -> list[str]:
        """The kinds that were left unticked."""
        return [kind for kind in notices.kinds() if kind not in self.cleaned_data["kinds"]]
