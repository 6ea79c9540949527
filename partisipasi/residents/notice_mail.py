"""Notices by mail: one letter each, or all of a day or week in one; and the link in it that ends it with one tap.

What is due is handed to the task worker in the transaction that takes its `mail_at` away: so each notice is in one
task, which tries again what the mail server refused. Only a worker that dies between sending and noting that it sent
sends twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import current_village

from . import notices
from .models import Follow, Notice, NoticePreference, User
from .tasks import mail_notices

SALT = "residents.notice_mail.stop"
TOKEN_LASTS = 365 * 24 * 60 * 60
SUBJECT_LENGTH = 120


@transaction.atomic
def hand_over() -> int:
    """Give what is due to the task worker; returns how many letters that makes. Twice at once is the same as once."""
    # A round that meets another takes what the other has not.
    locked = Notice.objects.due_for_mail(clock.now()).select_for_update(skip_locked=True, of=("self",))
    due = list(locked.select_related("recipient").order_by("recipient", "at", "pk"))
    if not due:
        return 0
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(mail_at=None)
    letters = _letters(due)
    for letter in letters:
        mail_notices.enqueue(current_village().pk, letter)
    return len(letters)


def _letters(due: list[Notice]) -> list[list[int]]:
    """The keys of the notices of each letter: one each for who wants them at once, else all of a recipient's."""
    chosen = NoticePreference.objects.by_user({notice.recipient for notice in due})
    of_recipient: dict[int, list[int]] = defaultdict(list)
    letters = []
    for notice in due:
        preference = chosen.get(notice.recipient_id)
        if preference and preference.is_digest:
            of_recipient[notice.recipient_id].append(notice.pk)
        else:
            letters.append([notice.pk])
    return letters + list(of_recipient.values())


def send(pks: Iterable[int]) -> None:
    """One letter with these notices of one recipient, as far as it is still to be sent and he may see their pages."""
    unsent = Notice.objects.filter(pk__in=pks, mailed_at__isnull=True).unread()  # type: ignore[attr-defined]
    told = list(unsent.select_related("recipient").order_by("at", "pk"))
    if not told:
        return
    recipient = told[0].recipient
    address = EmailAddress.objects.filter(user=recipient, verified=True).order_by("-primary", "pk").first()
    preference = NoticePreference.objects.of(recipient)
    wanted = [
        notice
        for notice in told
        if preference.wants_mail_of(notice) and notices.is_open_to(recipient, notice.path)
    ]
    if not (address and wanted and recipient.is_active):
        return
    with timezone.override(current_village().zone):
        _letter(wanted, recipient, address.email).send()
    Notice.objects.filter(pk__in=[notice.pk for notice in wanted]).update(mailed_at=clock.now())


def _letter(told: list[Notice], recipient: User, address: str) -> EmailMessage:
    village = current_village()
    followed = told[0].followed if len(told) == 1 else ""
    stop = village.url(reverse("notice_stop", args=[token_for(recipient, followed)]))
    context: dict[str, Any] = {
        "village": village,
        "user": recipient,
        "portal_url": village.url("/"),
        "lines": [(notice.text, village.url(notice.path)) for notice in told],
        "followed": Follow.objects.of(recipient).filter(path=followed).first() if followed else None,
        "stop_url": stop,
        "settings_url": village.url(reverse("notice_settings")),
    }
    headline = told[0].text if len(told) == 1 else f"{len(told)} pemberitahuan untuk Anda"
    return EmailMessage(
        notices.tidy(f"[{village.full_name}] {headline}", SUBJECT_LENGTH),
        render_to_string("residents/email/notices_message.txt", context).strip() + "\n",
        to=[address],
        # RFC 8058: the mail programme's own button ends it too, without opening a page.
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


@dataclass(frozen=True)
class Stop:
    """What a link in a mail ends: following one page, or with no page all mail about notices of this village."""

    user: User
    path: str

    @property
    def title(self) -> str:
        """What the page is called that was followed; "" for all mail."""
        followed = Follow.objects.of(self.user).filter(path=self.path).first() if self.path else None
        return followed.title if followed else self.path

    def carry_out(self) -> None:
        """Do it; twice is the same as once."""
        if self.path:
            notices.unfollow(self.user, self.path)
        else:
            chosen = NoticePreference.objects.of(self.user)
            NoticePreference.choose(self.user, mail=NoticePreference.Mail.NEVER, off=chosen.off)


def token_for(user: User, path: str) -> str:
    """A signed token that lets whoever holds it do this one act, for a year."""
    return signing.dumps([current_village().pk, user.pk, path], salt=SALT)


def stop_by(token: str) -> Stop | None:
    """What the token ends, or None for one that is forged, too old, or of another village."""
    try:
        village, user, path = signing.loads(token, salt=SALT, max_age=TOKEN_LASTS)
    except signing.BadSignature:
        return None
    found = User.objects.filter(pk=user, is_active=True).first() if village == current_village().pk else None
    return Stop(found, path) if found else None
