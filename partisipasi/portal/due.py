"""What time alone makes due of the portal as a whole."""

from partisipasi import clock

from .models import Vocabulary


@clock.due("portal.vocabulary")
def renew_vocabulary() -> int:
    """Gather, once an hour, the words that the search knows how to spell."""
    return Vocabulary.renew()
