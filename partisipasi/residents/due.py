"""What time alone makes due of notices: digests go out, and what was read long ago is forgotten."""

from datetime import timedelta

from django.db.models import Q

from partisipasi import clock

from . import notice_mail
from .models import Notice

KEPT_READ = timedelta(days=180)
KEPT_UNREAD = timedelta(days=365)


@clock.due("notices.mail")
def mail() -> int:
    """Hand the letters whose time has come to the task worker."""
    return notice_mail.hand_over()


@clock.due("notices.forget")
def forget() -> int:
    """Delete notices half a year after they were read, and those never read after a year."""
    now = clock.now()
    old = Notice.objects.filter(at__lt=now - KEPT_READ)
    deleted, _ = old.filter(Q(read_at__lt=now - KEPT_READ) | Q(at__lt=now - KEPT_UNREAD)).delete()
    return deleted
