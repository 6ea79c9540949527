"""What an activity and its list refuse, in words for the official at the desk."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from .attendance import Attendance


class Refusal(PermissionDenied):
    """An activity does not do that now; `str()` is the sentence to show."""

    sentence = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class CheckInClosed(Refusal):
    """The list was closed, so it no longer changes unless it is reopened."""

    sentence = "Daftar hadir sudah ditutup. Buka kembali dengan alasan untuk mengubahnya."


class CheckInNotOpen(Refusal):
    """The day of the session has not come."""

    sentence = "Kehadiran baru dapat dicatat pada hari kegiatan."


class ActivityCancelled(Refusal):
    """The activity does not take place."""

    sentence = "Kegiatan ini dibatalkan."


class AlreadyPresent(Refusal):
    """The person, or the invited seat, is on the list already: perhaps another desk was quicker."""

    def __init__(self, attendance: "Attendance") -> None:
        self.attendance = attendance
        super().__init__(f"{attendance.name} sudah tercatat hadir pukul {attendance.checked_in_clock}.")


class AnswersClosed(Refusal):
    """The invitation takes no answer any more."""


class RegistrationClosed(Refusal):
    """The activity takes no registration, or gives none back, now."""

    sentence = "Kegiatan ini tidak menerima pendaftaran."


class SeatTaken(Refusal):
    """The seat of this invitation is filled, so the invitation cannot be withdrawn."""

    sentence = "Undangan ini tidak dapat dicabut karena yang diundang sudah tercatat hadir."
