"""What the forms of this room share."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms


def bare_helper() -> FormHelper:
    """Crispy's fields alone: the page brings the form element, its address and its button."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ReasonForm(forms.Form):
    """Why: asked before something recorded is taken back."""

    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": "Tulis alasannya dengan singkat."},
    )

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
        self.helper = bare_helper()
