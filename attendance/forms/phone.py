"""What a phone in the hall asks of its holder."""

from typing import Any

from django import forms

from attendance.models import Attendance, PhoneTicket, SheetColumn

from .desk import GuestForm
from .parts import bare_helper


class PhoneCodeForm(forms.Form):
    """The signs on the screen, for a phone whose camera reads no QR code."""

    kode = forms.CharField(
        label="Kode di layar",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text="Enam huruf dan angka, misalnya K7M-2QX.",
        error_messages={"required": "Tulis kode yang tampil di layar."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PhoneGuestForm(GuestForm):
    """Who holds the phone: a name, and of the rest what this kind of activity has a column for.

    Of a namesake it tells no more than that he is there. After its holder a phone records one more person, whoever
    says that they live together.
    """

    household = forms.BooleanField(
        label="Ya, orang ini serumah dengan saya, hadir di sini, dan tidak memakai HP sendiri",
        error_messages={"required": "Centang pernyataan ini, atau catat orangnya di meja presensi."},
    )
    place = forms.IntegerField(min_value=1, max_value=99, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ticket: PhoneTicket, holder_is_here: bool, **kwargs: Any) -> None:
        self.ticket = ticket
        super().__init__(*args, session=ticket.session, **kwargs)
        columns = set(ticket.session.activity.kind.columns)
        del self.fields["nonce"]
        for name, column in (("sex", SheetColumn.SEX), ("unsur", SheetColumn.ROLE)):
            if column not in columns:
                del self.fields[name]
        if not holder_is_here:
            del self.fields["household"]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["place"].initial = ticket.next_place
        self.helper = bare_helper()

    def _namesakes(self, name: str) -> list[Attendance]:
        place = self.data.get(self.add_prefix("place"), "")
        own = str(self.ticket.nonce(int(place))) if place.isdecimal() and len(place) < 3 else ""
        others = self.session.attendances.present().filter(name__iexact=name)
        return [row for row in others if str(row.nonce) != own]

    def about(self, there: Attendance) -> str:
        return ""
