"""Inviting."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from attendance.models import ActivityKind, Invitation
from partisipasi.residents.models import Body, Person, Unsur
from partisipasi.village.models import Region

from .parts import bare_helper


class InviteeSearchForm(forms.Form):
    """Whom to offer for an invitation."""

    cari = forms.CharField(label="Nama", required=False, max_length=80)
    unsur = forms.ModelChoiceField(None, label="Unsur", required=False, empty_label="Semua unsur")
    wilayah = forms.ModelChoiceField(None, label="Wilayah", required=False, empty_label="Seluruh desa")

    def __init__(self, *args: Any, kind: ActivityKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unsur"].queryset = kind.unsur_offered  # type: ignore[attr-defined]
        self.fields["wilayah"].queryset = Region.objects.all()  # type: ignore[attr-defined]
        self.helper = bare_helper()

    def narrow(self, people: Any, bodies: Any) -> tuple[Any, Any]:
        """Those whom the search names; a body has no unsur, so that asking for one leaves the bodies out."""
        told = self.cleaned_data
        if told["cari"]:
            people, bodies = people.named_like(told["cari"]), bodies.filter(name__icontains=told["cari"])
        if told["wilayah"]:
            path = {"region__path__startswith": told["wilayah"].path}
            people, bodies = people.filter(**path), bodies.filter(**path)
        if told["unsur"]:
            people, bodies = people.filter(unsur=told["unsur"]), bodies.none()
        return people, bodies


class InviteForm(forms.Form):
    """Who was ticked."""

    people = forms.ModelMultipleChoiceField(None, required=False)
    bodies = forms.ModelMultipleChoiceField(None, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people.select_related("unsur")  # type: ignore[attr-defined]
        self.fields["bodies"].queryset = Body.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("people") and not cleaned.get("bodies"):
            raise forms.ValidationError("Centang sedikitnya satu orang atau lembaga.")
        return cleaned


class InviteeForm(forms.Form):
    """Whom an invitation represents, and whom an invited body sends."""

    representative = forms.CharField(
        label="Nama utusan", required=False, max_length=120, help_text="Kosongkan bila belum diketahui."
    )
    unsur = forms.ModelChoiceField(None, label="Unsur", required=False, empty_label="Tidak mewakili unsur")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        initial = {"representative": invitation.representative, "unsur": invitation.unsur}
        super().__init__(*args, initial=initial, **kwargs)
        offered = invitation.activity.kind.unsur_offered | Unsur.objects.filter(pk=invitation.unsur_id)
        self.fields["unsur"].queryset = offered  # type: ignore[attr-defined]
        if not invitation.body_id:
            del self.fields["representative"]
        self.helper = bare_helper()
