"""What this room and those below hold of people, for `privacy`."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from .models import (
    Appointment,
    Consent,
    Follow,
    KnownNik,
    Membership,
    Message,
    MessageList,
    Notice,
    NoticePreference,
    PasswordCode,
    Person,
    SheetImport,
    VerificationLetter,
)
from .privacy import GONE, acted, register

register(Person, "user", erase=lambda rows: None)
register(Person, "connected_by", erase=lambda rows: rows.update(connected_by=None))
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
register(Notice, "actor", erase=lambda rows: rows.delete())
register(Follow, "user", export=["title", "path", "began_at", "ended_at"], erase=lambda rows: rows.delete())
register(NoticePreference, "user", export=["mail", "off"], erase=lambda rows: rows.delete())
register(
    VerificationLetter,
    "person",
    export=["issued_at", "expires_at", "used_at", "revoked_at"],
    erase=lambda rows: rows.delete(),
)
acted(VerificationLetter, "issued_by")
register(PasswordCode, "user", export=["given_at", "expires_at", "used_at"], erase=lambda rows: rows.delete())
acted(PasswordCode, "given_by")
register(
    Consent,
    "user",
    export=["purpose", "version", "words", "given_at", "withdrawn_at"],
    kept="Bukti persetujuan disimpan karena undang-undang memintanya, tanpa nama Anda.",
)
register(KnownNik, "person", erase=lambda rows: rows.delete())
register(SheetImport, "made_by", erase=lambda rows: rows.delete())
register(Message, "person", export=["list", "told_at"], erase=lambda rows: rows.delete())
acted(Message, "told_by")
acted(MessageList, "made_by")
