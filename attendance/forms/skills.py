"""Sharing what one can, and finding those who share."""

from typing import Any

from django import forms

from attendance.models import Competence, SkillCard
from partisipasi.db import current_village
from partisipasi.residents import consents
from partisipasi.village.models import Region

from .parts import bare_helper


class SkillForm(forms.Form):
    """What one is ready to share, with the words to which one agrees."""

    competences = forms.ModelMultipleChoiceField(
        None,
        label="Yang dapat saya bagikan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih sedikitnya satu. Untuk keluar dari daftar, tekan “Hapus dari daftar”.",
            "invalid_choice": "Pilihan ini tidak ada lagi. Pilih dari daftar.",
        },
    )
    facilitates = forms.ModelMultipleChoiceField(
        None,
        label="Yang bersedia saya pandu sebagai fasilitator",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Boleh dikosongkan.",
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Misalnya: bisa malam hari. Jangan tulis nomor HP atau alamat.",
    )
    agrees = forms.BooleanField(error_messages={"required": "Centang persetujuan ini agar dapat disimpan."})
    agrees_public = forms.BooleanField(required=False)

    def __init__(self, *args: Any, card: SkillCard | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = list(card.offers.all()) if card else []
        held = [each.competence_id for each in offers]
        for name in ("competences", "facilitates"):
            offered = Competence.objects.in_use() | Competence.objects.filter(pk__in=held)
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
        village = current_village().full_name
        self.fields["agrees"].label = consents.latest(consents.SKILLS).to(village)
        self.fields["agrees_public"].label = consents.latest(consents.SKILLS_PUBLIC).to(village)
        if card:
            leads = [each.competence_id for each in offers if each.facilitates]
            self.initial = {
                "competences": held,
                "facilitates": leads,
                "note": card.note,
                "agrees": True,
                "agrees_public": card.is_public,
            }
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        beyond = set(told.get("facilitates") or ()) - set(told.get("competences") or ())
        if beyond and "competences" in told:
            names = ", ".join(sorted(each.name for each in beyond))
            self.add_error("facilitates", f"Centang juga di atas sebagai yang dapat dibagikan: {names}.")
        return told


class FacilitatorForm(forms.Form):
    """Whom an official looks for."""

    kompetensi = forms.ModelChoiceField(
        None, label="Kompetensi", required=False, empty_label="Semua kompetensi"
    )
    dusun = forms.ModelChoiceField(None, label="Wilayah", required=False, empty_label="Seluruh desa")
    memandu = forms.BooleanField(label="Bersedia memandu", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kompetensi"].queryset = Competence.objects.all()  # type: ignore[attr-defined]
        self.fields["dusun"].queryset = Region.objects.top()  # type: ignore[attr-defined]
        self.helper = bare_helper()

    def chosen(self, cards: Any) -> Any:
        """The cards that fit; none where the address asks for what does not exist."""
        if not self.is_valid():
            return cards.none()
        told = self.cleaned_data
        cards = cards.able(told["kompetensi"], facilitating=told["memandu"])
        return cards.filter(person__region__path__startswith=told["dusun"].path) if told["dusun"] else cards
