from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms


class TrackForm(forms.Form):
    """Code and PIN, as they stand on the receipt."""

    code = forms.CharField(
        label="Kode laporan",
        max_length=40,
        help_text="Misalnya SEN-7KQ4M-2XPR9. Huruf besar atau kecil sama saja.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Tulis kode yang tertera pada tanda terima."},
    )
    pin = forms.CharField(
        label="PIN",
        max_length=20,
        help_text="Enam angka pada tanda terima.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Tulis enam angka PIN pada tanda terima."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("", "Lacak laporan"))
