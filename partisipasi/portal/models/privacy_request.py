"""What people ask about their own data, kept as the register that the law asks for (UU 27/2022)."""

import logging
import uuid
from datetime import timedelta
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.residents.models import Appointment, Consent, Person, User
from partisipasi.residents.privacy import Concerned, erase

logger = logging.getLogger(__name__)

ANSWERED_WITHIN = timedelta(hours=72)
"""3 × 24 jam: calendar hours, nights and holidays included (UU 27/2022 art. 8, 9, 11, 41)."""

DECIDE = "portal.decide_privacyrequest"


class HoldsOffice(ValidationError):
    """Who holds an office is first relieved of it: the village must not lose its officials by a click."""

    def __init__(self) -> None:
        super().__init__(
            "Anda masih memegang penugasan. Mintalah Admin Desa atau Kepala Desa mencabutnya dahulu, "
            "lalu ajukan penghapusan lagi."
        )


class TooEarly(ValidationError):
    """Somebody asked by himself and may still think better of it until the hours have passed."""


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def undecided(self) -> Self:
        return self.filter(decided_at__isnull=True)

    def late(self) -> Self:
        return self.undecided().filter(due_at__lt=clock.now())

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def due_erasures(self) -> Self:
        return self.undecided().filter(kind=PrivacyRequest.Kind.ERASURE, due_at__lte=clock.now())

    @transaction.atomic
    def file(
        self,
        kind: str,
        *,
        user: User | None = None,
        person: Person | None = None,
        by: User | None = None,
        nonce: uuid.UUID | None = None,
        **words: str,
    ) -> "PrivacyRequest":
        """Receive a request of an account's holder, or one that an official (`by`) files for somebody at the counter.

        The same nonce twice is the same request, and one erasure waits at a time. Raises HoldsOffice.
        """
        concerned = Concerned.of(user or person or Concerned(None, None))
        if kind == PrivacyRequest.Kind.ERASURE:
            _refuse_officials(concerned)
        moment = clock.now()
        values: dict[str, Any] = {
            "kind": kind,
            "person": concerned.person,
            "filed_by": by,
            "received_at": moment,
            "due_at": moment + ANSWERED_WITHIN,
        }
        same: dict[str, Any] = {"user": concerned.user, "nonce": nonce or uuid.uuid4()}
        if kind == PrivacyRequest.Kind.ERASURE and concerned.user:
            same = {"user": concerned.user, "kind": kind, "decided_at": None}
        request, fresh = self.get_or_create(**same, defaults=values | words)
        if fresh and kind != PrivacyRequest.Kind.WITHDRAWAL:
            request.tell_received()
        return request

    @transaction.atomic
    def withdraw(self, given: Consent) -> bool:
        """Its giver takes a consent back: done at once, and entered; False where it was taken back before."""
        if not given.withdraw():
            return False
        asked = self.file(PrivacyRequest.Kind.WITHDRAWAL, user=given.user, text=str(given))
        return asked.carry_out(by=None)


def _refuse_officials(concerned: Concerned) -> None:
    held = concerned.person and Appointment.objects.current(clock.today()).of(concerned.person).exists()
    if held or (concerned.user and concerned.user.is_superuser):
        raise HoldsOffice


class PrivacyRequest(VillageRow):
    """Somebody asks to see, correct or erase his data, or that they be used less. Answered within 72 hours.

    An erasure carries itself out when the hours have passed, unless an official has named a lawful ground to keep.
    """

    class Kind(models.TextChoices):
        ACCESS = "salinan", "Salinan data"
        CORRECTION = "perbaikan", "Perbaikan data"
        ERASURE = "penghapusan", "Penghapusan data"
        WITHDRAWAL = "penarikan", "Penarikan persetujuan"
        OBJECTION = "keberatan", "Keberatan atas pemakaian data"
        RESTRICTION = "pembatasan", "Pembatasan pemakaian data"

    class Decision(models.TextChoices):
        GRANTED = "dilaksanakan", "Dilaksanakan"
        REFUSED = "ditolak", "Ditolak"
        CANCELLED = "dibatalkan", "Dibatalkan pemohon"

    kind = models.CharField("permintaan", max_length=12, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="akun"
    )
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="orang"
    )
    name = models.CharField(
        "nama pemohon", max_length=120, blank=True, help_text="Bila belum ada dalam buku alamat."
    )
    text = models.TextField("isi permintaan", max_length=2000, blank=True)
    right = models.TextField("yang benar", max_length=2000, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diajukan lewat"
    )
    received_at = models.DateTimeField("diterima pada", default=clock.now)
    due_at = models.DateTimeField("jatuh tempo")
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    decision = models.CharField("keputusan", max_length=12, choices=Decision, blank=True)
    reason = models.TextField("alasan atau keterangan", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh"
    )
    carried_out_at = models.DateTimeField("dilaksanakan pada", null=True, blank=True)
    late_noted_at = models.DateTimeField("keterlambatan dicatat pada", null=True, blank=True, editable=False)

    objects = ScopedManager(PrivacyRequestQuerySet)

    class Meta:
        verbose_name = "permintaan data pribadi"
        verbose_name_plural = "permintaan data pribadi"
        ordering = ["-received_at", "-pk"]
        permissions = [("decide_privacyrequest", "Dapat memutuskan permintaan data pribadi")]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user", "nonce"], nulls_distinct=False, name="privacy_request_sent_once"
            ),
            models.UniqueConstraint(
                fields=["village", "user"],
                condition=models.Q(kind="penghapusan", decided_at__isnull=True),
                name="one_erasure_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True) | ~models.Q(decision=""),
                name="decided_means_a_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-received_at"]),
            models.Index(
                fields=["village", "due_at"],
                condition=models.Q(decided_at__isnull=True),
                name="privacy_requests_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} nomor {self.pk}"

    @property
    def is_erasure(self) -> bool:
        return self.kind == self.Kind.ERASURE

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at < clock.now()

    @property
    def who(self) -> str:
        """Who asks, as the register names him."""
        if self.person:
            return self.person.name
        return self.user.username if self.user else self.name

    @property
    def state_pill(self) -> tuple[str, str]:
        """The tone and the word of its state."""
        match self.decision:
            case self.Decision.GRANTED:
                return "done", "Dilaksanakan"
            case self.Decision.REFUSED:
                return "danger", "Ditolak"
            case self.Decision.CANCELLED:
                return "neutral", "Dibatalkan"
        return ("danger", "Terlambat") if self.is_late else ("warning", "Menunggu")

    # What happens to it

    def tell_received(self) -> None:
        page = reverse("admin:portal_privacyrequest_change", args=[self.pk])
        text = f"Permintaan data pribadi baru: {self.get_kind_display().lower()}. Jawab dalam 3 × 24 jam."
        notices.tell_officials(DECIDE, "privacy_request", text, path=page, but=self.filed_by)

    @transaction.atomic
    def cancel(self, *, by: User) -> bool:
        """Who asked thinks better of it, before it is decided; False where it is decided already."""
        request = self._locked()
        if request.user_id != by.pk:
            raise PermissionDenied
        if not request.is_open:
            return False
        self._decide(self.Decision.CANCELLED, by=by)
        return True

    @transaction.atomic
    def refuse(self, reason: str, *, by: User) -> bool:
        """There is a lawful ground not to do it: the person reads `reason`. False where it is decided already.

        Raises ValidationError without a reason, PermissionDenied for who may not decide.
        """
        if not by.has_perm(DECIDE):
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError("Tulis alasannya; pemohon membacanya.")
        if not self._locked().is_open:
            return False
        self._decide(self.Decision.REFUSED, by=by, reason=reason.strip())
        self._tell_decided(f"{self.get_kind_display()} Anda tidak dapat dilaksanakan. Bacalah alasannya.")
        self._record_decision()
        return True

    @transaction.atomic
    def carry_out(self, *, by: User | None, note: str = "") -> bool:
        """Do what was asked, or say that it has been done; `by` is None for the portal itself.

        False where it is decided already. Raises PermissionDenied for who may not decide, TooEarly for an erasure that
        may still be cancelled, HoldsOffice for an official's.
        """
        if by is not None and not by.has_perm(DECIDE):
            raise PermissionDenied
        if not self._locked().is_open:
            return False
        if self.is_erasure:
            self._refuse_early_erasure()
        self._decide(self.Decision.GRANTED, by=by, reason=note.strip())
        if self.is_erasure:
            self._erase()
        else:
            self._tell_decided(f"{self.get_kind_display()} Anda sudah dilaksanakan.")
        self._record_decision()
        return True

    @transaction.atomic
    def note_late(self) -> bool:
        """The hours have passed without an answer: said once in the record, and to who must answer."""
        taken = PrivacyRequest.objects.late().filter(pk=self.pk, late_noted_at__isnull=True)
        if not taken.update(late_noted_at=clock.now()):
            return False
        page = reverse("admin:portal_privacyrequest_change", args=[self.pk])
        text = f"Terlambat dijawab: {self.get_kind_display().lower()} nomor {self.pk}."
        notices.tell_officials(DECIDE, "privacy_request", text, path=page, key=f"privacy-late-{self.pk}")
        record("privacy.late", self, {"kind": self.kind, "due": self.due_at})
        return True

    @property
    def concerned(self) -> Concerned:
        if self.user:
            return Concerned.of(self.user)
        return Concerned.of(self.person) if self.person else Concerned(None, None)

    def _locked(self) -> Self:
        """The row as it stands, held until the verb is over."""
        return type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)

    def _refuse_early_erasure(self) -> None:
        if self.filed_by_id is None and clock.now() < self.due_at:
            raise TooEarly("Pemohon masih dapat membatalkan penghapusan ini sampai jatuh tempo.")
        _refuse_officials(self.concerned)

    def _decide(self, decision: str, *, by: User | None, reason: str = "") -> None:
        self.decided_at, self.decision, self.decided_by, self.reason = clock.now(), decision, by, reason
        self.carried_out_at = self.decided_at if decision == self.Decision.GRANTED else None
        self.save(update_fields=["decided_at", "decision", "decided_by", "reason", "carried_out_at"])

    def _tell_decided(self, text: str) -> None:
        if self.user:
            notices.tell([self.user], "privacy", text, path=reverse("my_data"))

    def _record_decision(self) -> None:
        facts = {"kind": self.kind, "decision": self.decision, "due": self.due_at}
        record("privacy.decided", self, facts)

    def _erase(self) -> None:
        """Forget whoever asked. The address to which that is said is gone afterwards, so it is held in hand alone."""
        concerned = self.concerned
        if not (concerned.person or concerned.user):
            return
        address = _confirmed_address(concerned.user)
        erase(concerned)
        if address:
            letter = _farewell(address)
            transaction.on_commit(lambda: _send(letter))


def _confirmed_address(user: User | None) -> str:
    if user is None:
        return ""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary").first()
    return confirmed.email if confirmed else ""


def _farewell(address: str) -> EmailMessage:
    village = current_village()
    body = render_to_string(
        "portal/email/erased.txt", {"village": village, "privacy": village.url("/privasi/")}
    )
    return EmailMessage(f"[{village.full_name}] Data Anda sudah dihapus", body, to=[address])


def _send(letter: EmailMessage) -> None:
    """Once, and not again: a task that could try again would have to keep the address."""
    try:
        letter.send()
    except OSError as error:
        logger.warning("A farewell could not be sent: %s", type(error).__name__)
