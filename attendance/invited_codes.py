"""The code that stands on an invitation and opens its answer, without an account (`attendance.row_codes`)."""

from django.urls import reverse

from attendance import row_codes
from attendance.models import Invitation

_PURPOSE = "invitation"


def code_of(invitation: Invitation) -> str:
    """As it stands in the address: "214-K7M2QX9RDB"."""
    return row_codes.code_of(invitation, _PURPOSE)


def found_by(typed: str) -> Invitation | None:
    """The invitation that this code opens, withdrawn or not; None where it opens none."""
    rows = Invitation.objects.select_related("activity__kind", "activity__region", "person", "body")
    return row_codes.found_by(typed, _PURPOSE, rows)


def answer_path(invitation: Invitation) -> str:
    """The page on which the invited answers."""
    return reverse("invited:answer", args=[code_of(invitation)])
