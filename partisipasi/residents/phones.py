"""Phone numbers as one writes them, and as they are kept: "+62…" (E.164)."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

SENTENCE = "Tulis nomor HP dengan angka, contoh 0812 3456 7890."


def normalise(text: str) -> str:
    """The number in E.164, taken as Indonesian where no country is named. Raises ValidationError, in Indonesian."""
    text = text.strip()
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException as error:
        raise ValidationError(SENTENCE, code="phone") from error
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise ValidationError(SENTENCE, code="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def looks_like_one(text: str) -> str | None:
    """The normalised number if `text` is one, else None."""
    try:
        return normalise(text) or None
    except ValidationError:
        return None


class PhoneFormField(forms.CharField):
    """Takes a number in any usual writing and gives it in E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        kwargs["max_length"] = 30
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        return normalise(super().clean(value))


class PhoneField(models.CharField):
    """A phone number in E.164; `full_clean` and forms take any usual writing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 16
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: Any) -> str:
        return super().clean(normalise(value or ""), model_instance)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("widget", None)
        return super().formfield(form_class=PhoneFormField, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
