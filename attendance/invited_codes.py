"""The code that stands on an invitation and opens its answer, without an account.

It is drawn from the invitation's number by the installation's key, so that a clerk prints the same code again and
nothing of it is kept. Who knows numbers of invitations knows no code.
"""

import hmac
import re

from django.urls import reverse

from attendance.models import Invitation
from partisipasi.residents import codes

LENGTH = 10
"""Ten of 31 signs are 49 bits."""

_SHAPE = re.compile(rf"(\d{{1,12}})-([{codes.ALPHABET}]{{{LENGTH}}})")


def code_of(invitation: Invitation) -> str:
    """As it stands in the address: "214-K7M2QX9RDB"."""
    return f"{invitation.pk}-{_signs(invitation)}"


def found_by(typed: str) -> Invitation | None:
    """The invitation that this code opens, withdrawn or not; None where it opens none."""
    shape = _SHAPE.fullmatch(typed.strip().upper())
    if not shape:
        return None
    number, signs = shape.groups()
    rows = Invitation.objects.select_related("activity__kind", "activity__region", "person", "body")
    invitation = rows.filter(pk=int(number)).first()
    if invitation and hmac.compare_digest(_signs(invitation), signs):
        return invitation
    return None


def answer_path(invitation: Invitation) -> str:
    """The page on which the invited answers."""
    return reverse("invited:answer", args=[code_of(invitation)])


def _signs(invitation: Invitation) -> str:
    return codes.derived(f"invitation:{invitation.village_id}:{invitation.pk}", LENGTH)
