"""What somebody changes himself of what the village knows of him."""

from typing import Any

from django import forms

from partisipasi.residents.models import Person


class ProfileForm(forms.Form):
    """Address and age group; a child's age group is the clerk's to change, since a guardian hangs on it."""

    address = forms.CharField(
        label="Alamat",
        max_length=200,
        required=False,
        help_text="Jalan atau gang dan nomor rumah. Dusun, RW, dan RT dicatat petugas.",
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    age_group = forms.ChoiceField(
        label="Kelompok umur",
        required=False,
        help_text="Dipakai pada daftar hadir dan untuk menghitung siapa saja yang ikut serta.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"address": person.address, "age_group": person.age_group, **self.initial}
        if person.is_minor:
            del self.fields["age_group"]
        else:
            grown = [choice for choice in Person.AgeGroup.choices if choice[0] != Person.AgeGroup.CHILD]
            age_group: Any = self.fields["age_group"]
            age_group.choices = [("", "Tidak disebutkan"), *grown]

    def clean_address(self) -> str:
        return " ".join(self.cleaned_data["address"].split())
