"""What time alone makes due of the portal as a whole."""

from partisipasi import clock

from .models import HoldsOffice, PrivacyRequest, Vocabulary


@clock.due("portal.vocabulary")
def renew_vocabulary() -> int:
    """Gather, once an hour, the words that the search knows how to spell."""
    return Vocabulary.renew()


@clock.due("portal.erasures")
def carry_out_erasures() -> int:
    """Erase whom nobody had a lawful ground to keep; one who took an office meanwhile waits, and is late."""
    erased = 0
    for request in PrivacyRequest.objects.due_erasures().order_by("due_at", "pk"):
        try:
            erased += request.carry_out(by=None)
        except HoldsOffice:
            continue
    return erased


@clock.due("portal.late_privacy_requests")
def note_late_requests() -> int:
    """Say once of each request that it was not answered in time."""
    waiting = PrivacyRequest.objects.late().filter(late_noted_at__isnull=True)
    return sum(request.note_late() for request in waiting.order_by("due_at", "pk"))
