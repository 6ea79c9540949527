"""What an office does with a gathering: it is announced or cancelled, people are invited, its list is closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Body, Person, User

from .closing import forget_numbers, keep_counts, list_for_digest, number_lists
from .refusals import ActivityCancelled, CheckInClosed, Refusal
from .telling import tell_announced, tell_cancelled, tell_invited

if TYPE_CHECKING:
    from .activity import Activity


STATES = {
    "draf": ("neutral", "Draf"),
    "dibatalkan": ("danger", "Dibatalkan"),
    "ditutup": ("done", "Terlaksana"),
    "mendatang": ("notice", "Akan datang"),
    "berlangsung": ("warning", "Sedang berlangsung"),
    "selesai": ("neutral", "Selesai"),
}


class Holding(models.Model):
    """Where an activity stands, and the verbs that bring it on, each of which locks its row first."""

    announced_at = models.DateTimeField("diumumkan pada", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("dibatalkan pada", null=True, blank=True, editable=False)
    cancelled_reason = models.CharField("alasan pembatalan", max_length=200, blank=True, editable=False)
    closed_at = models.DateTimeField("daftar hadir ditutup pada", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    quorum = models.CharField(
        "kuorum", max_length=5, null=True, editable=False, help_text="Menurut jenisnya ketika daftar ditutup."
    )
    report_missed_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        kind: Any
        starts_at: datetime | None
        until_at: datetime | None
        quorum_asked: Any
        invitations: Any
        evidence: Any
        index_words: Any

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """Where it stands now: draf, dibatalkan, ditutup, mendatang, berlangsung or selesai."""
        now = clock.now()
        if self.cancelled_at:
            return "dibatalkan"
        if not self.announced_at:
            return "draf"
        if self.closed_at:
            return "ditutup"
        if not self.starts_at or not self.until_at or now < self.starts_at:
            return "mendatang"
        return "berlangsung" if now < self.until_at else "selesai"

    @property
    def took_place(self) -> bool:
        return self.state in {"ditutup", "selesai"}

    @property
    def state_pill(self) -> tuple[str, str]:
        """Its state as a page shows it: the kind of pill, and the word."""
        return STATES[self.state]

    def require_open(self) -> None:
        """Raises CheckInClosed or ActivityCancelled where the list no longer changes."""
        if self.closed_at:
            raise CheckInClosed
        if self.cancelled_at:
            raise ActivityCancelled

    def _locked(self) -> "Activity":
        return cast(Any, type(self)).objects.lock(self.pk)

    @transaction.atomic
    def announce(self, by: User, *, tells: bool = True) -> None:
        """Residents see it from now on. Raises ValidationError without a session. Twice changes nothing.

        `tells`: whether the invited hear of it; not where they hear of a whole series at once.
        """
        activity = self._locked()
        if activity.cancelled_at:
            raise ActivityCancelled
        if not activity.starts_at:
            raise ValidationError("Tulis dahulu waktu kegiatan, sedikitnya satu sesi.")
        if activity.announced_at:
            return
        self.announced_at = clock.now()
        self.save(update_fields=["announced_at"])
        self.index_words()
        if tells:
            tell_announced(cast("Activity", self), by)
        record("activity.announced", self, {"kind": self.kind.code, "starts_at": activity.starts_at})

    @transaction.atomic
    def cancel(self, reason: str, by: User, *, tells: bool = True) -> None:
        """It does not take place. The reason is public. Raises CheckInClosed where the list is closed.

        `tells`: whether those concerned hear of it; not where they hear of a whole series at once.
        """
        activity = self._locked()
        if activity.closed_at:
            raise CheckInClosed("Daftar hadir sudah ditutup, jadi kegiatan ini tidak dapat dibatalkan lagi.")
        if activity.cancelled_at:
            return
        self.cancelled_at, self.cancelled_reason = clock.now(), reason
        self.save(update_fields=["cancelled_at", "cancelled_reason"])
        if tells:
            tell_cancelled(cast("Activity", self), by)
        record("activity.cancelled", self, {"kind": self.kind.code}, sealed={"reason": reason})

    @transaction.atomic
    def invite(self, whom: Person | Body, *, by: User, unsur=None, representative: str = ""):
        """Give a seat to a person or a body, and return the Invitation. Who is invited already keeps his."""
        self._locked().require_open()
        invited: dict[str, Any] = {"body": whom} if isinstance(whom, Body) else {"person": whom}
        if standing := self.invitations.standing().filter(**invited).first():
            return standing
        unsur = unsur or getattr(whom, "unsur", None)
        invitation = self.invitations.create(
            **invited, unsur=unsur, representative=representative, invited_by=by, invited_at=clock.now()
        )
        tell_invited(cast("Activity", self), [invitation], by)
        return invitation

    @transaction.atomic
    def invite_all(self, people: Iterable[Person] = (), bodies: Iterable[Body] = (), *, by: User) -> int:
        """Invite all of these who are not invited yet; returns how many were."""
        self._locked().require_open()
        seats = self.invitations.standing().values_list("person_id", "body_id")
        seated_people = {person for person, _ in seats}
        seated_bodies = {body for _, body in seats}
        fresh: list[dict[str, Any]] = [
            {"person": one, "unsur": one.unsur} for one in people if one.pk not in seated_people
        ]
        fresh += [{"body": one} for one in bodies if one.pk not in seated_bodies]
        moment = clock.now()
        made = [self.invitations.create(**whom, invited_by=by, invited_at=moment) for whom in fresh]
        tell_invited(cast("Activity", self), made, by)
        return len(made)

    @transaction.atomic
    def close(self, by: User | None) -> None:
        """Freeze the lists of all sessions: give each line its number, and commit counts and digest to the ledger.

        Numbers follow arrival, the order in which people sign. `by` is None where its archive period ended first.
        Raises CheckInClosed where it is closed already.
        """
        activity, this = self._locked(), cast("Activity", self)
        activity.require_open()
        if not activity.starts_at or clock.now() < activity.starts_at:
            raise Refusal("Daftar hadir baru dapat ditutup sesudah kegiatan dimulai.")
        number_lists(this)
        # A later edit of the kind does not change what was asked of this gathering, nor does reopening its list.
        self.quorum = str(activity.quorum_asked or "")
        self.closed_at, self.closed_by = clock.now(), by
        self.save(update_fields=["closed_at", "closed_by", "quorum"])
        told = {"sessions": keep_counts(this)} | ({"quorum": self.quorum} if self.quorum else {})
        record("activity.closed", self, told, sealed={"list": list_for_digest(this)})

    @transaction.atomic
    def reopen(self, reason: str, by: User, late: Iterable[Any] = ()) -> None:
        """Let the list change again; the numbers are given anew at the next closing. Recorded with its reason.

        `late`: the LateArrivals that come in with it.
        """
        activity = self._locked()
        activity.require_names()
        if not activity.closed_at:
            raise Refusal("Daftar hadir ini belum ditutup.")
        forget_numbers(cast("Activity", self))
        self.closed_at = self.closed_by = None
        self.save(update_fields=["closed_at", "closed_by"])
        taken = list(late)
        for arrival in taken:
            arrival.enter(by)
        facts = {"closed_at": activity.closed_at} | ({"late": len(taken)} if taken else {})
        record("activity.reopened", self, facts, sealed={"reason": reason})

    @transaction.atomic
    def add_evidence(self, upload, *, kind: str, title: str, by: User, is_public=False, is_redacted=False):
        """Put a document into the bundle, and return the Evidence. Raises `intake.Refused` for unfit files."""
        from partisipasi.files.intake import store
        from partisipasi.files.models import StoredFile

        visibility = StoredFile.Visibility.PUBLIC if is_public else StoredFile.Visibility.INTERNAL
        stored = store(upload, visibility=visibility)
        evidence = self.evidence.create(
            kind=kind,
            title=title,
            file=stored,
            is_public=is_public,
            is_redacted=is_redacted,
            added_by=by,
            added_at=clock.now(),
        )
        if is_public:
            record(
                "evidence.published", evidence, {"activity": self.pk, "kind": kind, "sha256": stored.sha256}
            )
        return evidence
