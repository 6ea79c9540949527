"""Answering an invitation."""

from typing import Any

from django import forms

from attendance.models import Answer, Invitation

from .parts import bare_helper

_OF_A_PERSON = [
    (Answer.COMES, "Saya hadir"),
    (Answer.CANNOT, "Saya berhalangan"),
    (Answer.SENDS, "Saya diwakili orang lain"),
]
_OF_A_BODY = [
    (Answer.COMES, "Kami hadir"),
    (Answer.CANNOT, "Kami berhalangan"),
    (Answer.SENDS, "Kami mengutus"),
]


class AnswerForm(forms.Form):
    """Whether the invited comes, cannot, or sends somebody. The name of the one sent is not shown again."""

    answer = forms.ChoiceField(
        label="Jawaban",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu jawaban."},
    )
    stand_in = forms.CharField(
        label="Nama wakil",
        required=False,
        max_length=120,
        help_text="Hanya bila diwakili atau mengutus. Nama ini dibaca petugas meja presensi.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, shows_name: bool = False, **kwargs: Any) -> None:
        initial = {
            "answer": invitation.answer,
            "stand_in": invitation.stand_in if shows_name else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["answer"].choices = _OF_A_BODY if invitation.body_id else _OF_A_PERSON  # type: ignore[attr-defined]
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = " ".join(cleaned.get("stand_in", "").split())
        if cleaned.get("answer") != Answer.SENDS:
            name = ""
        elif "stand_in" in cleaned and not any(letter.isalpha() for letter in name):
            self.add_error("stand_in", "Tulis nama yang mewakili.")
        return cleaned | {"stand_in": name}
