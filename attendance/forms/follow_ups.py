"""Giving somebody a task from a resolution, telling how far it is, and choosing among them."""

import uuid
from typing import Any

from django import forms

from attendance.models import FOLLOW_UP_STATES, MOST_PHOTOS
from partisipasi import clock
from partisipasi.files.forms import PhotosField
from partisipasi.residents.models import Appointment, Body, Person

from .parts import bare_helper

PERSON, BODY = "orang", "lembaga"
READ_BY_ALL = "Warga membaca alasan ini pada halaman tindak lanjut. Jangan menyebut data pribadi."


class ResponsibleField(forms.ChoiceField):
    """Who holds an office today, and every body of the village; cleans to the Person or the Body."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).update(
            required="Pilih satu orang atau satu lembaga.",
            invalid_choice="Pilihan ini tidak ada lagi. Pilih dari daftar.",
        )
        super().__init__(**kwargs)

    def offer(self) -> None:
        """Read whom there is to choose; not before the village is known."""
        held = Appointment.objects.public().current(clock.today()).select_related("person")
        holders: dict[int, str] = {}
        for each in held.order_by("person__name", "pk"):
            holders.setdefault(each.person_id, f"{each.person.name}, {each.title}")
        bodies = Body.objects.order_by("name").values_list("pk", "name")
        self.choices = [
            ("", "Pilih penanggung jawab"),
            ("Perangkat dan petugas", [(f"{PERSON}-{pk}", name) for pk, name in holders.items()]),
            ("Lembaga", [(f"{BODY}-{pk}", name) for pk, name in bodies]),
        ]

    def clean(self, value: Any) -> Person | Body:
        sort, _, pk = super().clean(value).partition("-")
        model: Any = Person if sort == PERSON else Body
        return model.objects.get(pk=pk)


class OnceForm(forms.Form):
    """A form that counts once, however often it is sent."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = uuid.uuid4
        self.helper = bare_helper()


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).update(
            required="Pilih tanggalnya.", invalid="Tulis tanggal sebagai hari, bulan, dan tahun."
        )
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class FollowUpForm(OnceForm):
    """What is to be done, who answers for it, and until when."""

    task = forms.CharField(
        label="Yang dikerjakan",
        max_length=200,
        help_text="Satu kalimat, misalnya: Memasang rincian APB Desa di keempat dusun.",
        error_messages={"required": "Tulis apa yang harus dikerjakan."},
    )
    responsible = ResponsibleField(
        label="Penanggung jawab", help_text="Tepat satu orang atau lembaga. Namanya tampil untuk umum."
    )
    due_on = DayField(label="Tenggat")
    field_order = ["task", "responsible", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].offer()  # type: ignore[attr-defined]


class ProgressForm(OnceForm):
    """How far it is, for everybody to read and see."""

    text = forms.CharField(
        label="Perkembangan",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Semua orang membacanya. Jangan menyebut data pribadi warga.",
        error_messages={"required": "Tulis apa yang sudah dikerjakan."},
    )
    photos = PhotosField(
        label="Foto", most=MOST_PHOTOS, help_text=f"Paling banyak {MOST_PHOTOS} foto, tampil untuk umum."
    )
    is_done = forms.BooleanField(
        label="Sudah selesai", required=False, help_text="Sesudah ini tidak ada lagi yang dilaporkan."
    )
    field_order = ["text", "photos", "is_done"]


class DelayForm(OnceForm):
    """A later day, and why."""

    due_on = DayField(label="Tenggat baru")
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text=READ_BY_ALL,
        error_messages={"required": "Tulis mengapa tenggatnya diundur."},
    )
    field_order = ["due_on", "reason"]


class ReassignForm(OnceForm):
    """Who answers for it from now on, and why."""

    responsible = ResponsibleField(
        label="Penanggung jawab baru", help_text="Tepat satu orang atau lembaga. Keduanya mendapat kabar."
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text=READ_BY_ALL,
        error_messages={"required": "Tulis mengapa penanggung jawabnya berganti."},
    )
    field_order = ["responsible", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].offer()  # type: ignore[attr-defined]


class ReopenForm(OnceForm):
    """Until when it is open again, and why."""

    due_on = DayField(label="Tenggat baru")
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text=READ_BY_ALL,
        error_messages={"required": "Tulis mengapa tindak lanjut ini dibuka kembali."},
    )
    field_order = ["due_on", "reason"]


class FollowUpFilterForm(forms.Form):
    """Which follow-ups the public board shows."""

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Belum selesai"),
            *((state, word) for state, (_, word) in FOLLOW_UP_STATES.items()),
            ("semua", "Semua"),
        ],
        error_messages={"invalid_choice": "Pilihan ini tidak ada. Pilih dari daftar."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def chosen(self, follow_ups: Any) -> Any:
        """The follow-ups that fit; none where the address asks for what does not exist."""
        if not self.is_valid():
            return follow_ups.none()
        state = self.cleaned_data["keadaan"]
        if state == "semua":
            return follow_ups
        return follow_ups.in_state(state, clock.today()) if state else follow_ups.open()
