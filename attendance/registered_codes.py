"""The code that who registered keeps, to look again and to withdraw, without an account (`attendance.row_codes`)."""

from django.urls import reverse

from attendance import row_codes
from attendance.models import Registration

_PURPOSE = "registration"


def code_of(registration: Registration) -> str:
    """As it stands in the address: "214-K7M2QX9RDB"."""
    return row_codes.code_of(registration, _PURPOSE)


def found_by(typed: str) -> Registration | None:
    """The registration that this code opens, withdrawn or not; None where it opens none."""
    rows = Registration.objects.remembered().select_related(
        "activity__kind", "activity__region", "person__region"
    )
    return row_codes.found_by(typed, _PURPOSE, rows)


def registration_path(registration: Registration) -> str:
    """The page that its holder keeps."""
    return reverse("registered:registration", args=[code_of(registration)])
