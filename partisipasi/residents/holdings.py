"""What this room and those below hold of people, for `privacy`."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .models import (
    Appointment,
    Follow,
    Membership,
    Notice,
    NoticePreference,
    Person,
    VerificationLetter,
)
from .privacy import GONE, acted, register


def _forget_in_admin_log(people: models.QuerySet) -> None:
    """Admin's log keeps the name of each row that it tells of."""
    told_of = ContentType.objects.get_for_model(Person)
    keys = [str(pk) for pk in people.values_list("pk", flat=True)]
    LogEntry.objects.filter(content_type=told_of, object_id__in=keys).update(
        object_repr=GONE, change_message=""
    )


register(Person, "user", erase=_forget_in_admin_log)
register(Membership, "person", export=["body", "position"], erase=lambda rows: rows.delete())
register(
    Appointment,
    "person",
    export=["role", "title", "region", "from_on", "until_on", "decree_number"],
    kept="Penugasan resmi disimpan sebagai register perangkat desa, tanpa nama Anda.",
)
acted(Appointment, "appointed_by")
register(EmailAddress, "user", export=["email", "verified"], erase=lambda rows: rows.delete())
register(Authenticator, "user", export=["type", "created_at"], erase=lambda rows: rows.delete())
register(LogEntry, "user", erase=lambda rows: rows.update(object_repr=GONE, change_message=""))
register(Notice, "recipient", export=["text", "path", "at", "read_at"], erase=lambda rows: rows.delete())
register(Follow, "user", export=["title", "path", "began_at", "ended_at"], erase=lambda rows: rows.delete())
register(NoticePreference, "user", export=["mail", "off"], erase=lambda rows: rows.delete())
register(
    VerificationLetter,
    "person",
    export=["issued_at", "expires_at", "used_at", "revoked_at"],
    erase=lambda rows: rows.delete(),
)
acted(VerificationLetter, "issued_by")
