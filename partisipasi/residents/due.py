"""What time alone makes due: digests go out, work passes on, what is old or was never confirmed is forgotten."""

from datetime import timedelta

from django.db.models import Q

from partisipasi import clock

from . import notice_mail
from .models import Appointment, MessageList, Notice, PasswordCode, SheetImport

KEPT_READ = timedelta(days=180)
KEPT_UNREAD = timedelta(days=365)
KEPT_LISTS = timedelta(days=90)
KEPT_CODES = timedelta(days=30)


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


@clock.due("appointments.hand_over")
def pass_work_on() -> int:
    """Pass the work in hand to each successor whose first day has come; the row's update makes it once."""
    waiting = Appointment.objects.awaiting_work(clock.today()).select_related("person__user")
    return sum(held.take_over_work() for held in waiting.order_by("from_on", "pk"))


@clock.due("appointments.ends")
def tell_ends() -> int:
    """Tell of each appointment that ends within a month, once."""
    soon = Appointment.objects.ending_soon(clock.today()).select_related("person__user")
    return sum(held.tell_end() for held in soon.order_by("until_on", "pk"))


@clock.due("residents.sheets")
def forget_sheets() -> int:
    """Delete sheets that nobody has confirmed for a day."""
    return SheetImport.objects.outdated().delete()[0]


@clock.due("messages.forget")
def forget_message_lists() -> int:
    """Delete lists of messages a quarter of a year after they were made: whom one told is nobody's concern then."""
    old = MessageList.objects.filter(made_at__lt=clock.now() - KEPT_LISTS)
    count = old.count()
    old.delete()
    return count


@clock.due("password_codes.forget")
def forget_codes() -> int:
    """Delete codes a month after they ended; that they were given stays in the record."""
    deleted, _ = PasswordCode.objects.forgotten(clock.now() - KEPT_CODES).delete()
    return deleted
