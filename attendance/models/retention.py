"""Letting particulars of activities go when their term is over, and keeping them longer for a reason."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from attendance.terms import months_before
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import forget_sealed, record
from partisipasi.residents.models import User

from .activity import Activity
from .attendance import Attendance
from .evidence import Evidence
from .invitation import Invitation
from .keeping import MONTHS_A_YEAR, TOLD_BEFORE
from .kind import ActivityKind
from .late import LateArrival
from .refusals import Refusal
from .registration import Registration
from .screen_signature import ScreenSignature
from .signed_scan import SignedScan

GONE = "(dihapus)"
_NOBODY: dict[str, Any] = {
    "person": None,
    "age_group": "",
    "guardian": "",
    "region": None,
    "address": "",
    "phone": "",
    "institution": "",
}
_NO_ARRIVAL = _NOBODY | {
    "name": GONE,
    "sex": "",
    "unsur": None,
    "invitation": None,
    "is_stand_in": False,
    "registration": None,
}


class RetentionHoldQuerySet(models.QuerySet["RetentionHold"]):
    def standing(self) -> Self:
        return self.filter(released_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-held_at", "-pk")

    @transaction.atomic
    def hold(self, activity: Activity, reason: str, by: User) -> "RetentionHold":
        """Let nothing of the activity go until that is released; a hold that stands already is kept.

        Raises Refusal where the names are gone.
        """
        locked = Activity.objects.lock(activity.pk)
        locked.require_names()
        if standing := self.standing().filter(activity=locked).first():
            return standing
        held = self.create(activity=locked, reason=reason, held_by=by)
        # Once it is released, the officials are told anew.
        locked.names_told_at = None
        locked.save(update_fields=["names_told_at"])
        record("retention.held", locked, {"kind": locked.kind.code}, sealed={"reason": reason})
        return held


class RetentionHold(VillageRow):
    """A reason to keep particulars of an activity beyond their term: a dispute, an audit (*penangguhan*)."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="holds", verbose_name="kegiatan")
    reason = models.CharField("alasan", max_length=200)
    held_at = models.DateTimeField("ditangguhkan pada", default=clock.now)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField("dilepas pada", null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_reason = models.CharField("alasan dilepas", max_length=200, blank=True)

    objects = ScopedManager(RetentionHoldQuerySet)

    class Meta:
        verbose_name = "penangguhan penghapusan"
        verbose_name_plural = "penangguhan penghapusan"
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(released_at__isnull=True),
                name="one_standing_hold_an_activity",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def place(self):
        return self.activity.region

    @transaction.atomic
    def release(self, reason: str, by: User) -> None:
        """The terms run again. Twice changes nothing."""
        activity = Activity.objects.lock(self.activity_id)
        told = {"released_at": clock.now(), "released_by": by, "released_reason": reason}
        standing = RetentionHold.objects.standing().filter(pk=self.pk)
        if standing.update(**told):
            record("retention.released", activity, {"kind": activity.kind.code}, sealed={"reason": reason})
        self.refresh_from_db(fields=list(told))


# What is due


def with_particulars_due(today: date) -> models.QuerySet[Activity]:
    """Activities of which particulars are still kept though their term is over, longest first."""
    lines = Attendance.objects.filter(~Q(phone=""), session__activity=OuterRef("pk"))
    seats = Invitation.objects.filter(~Q(stand_in=""), activity=OuterRef("pk"))
    registered = Registration.objects.remembered().filter(activity=OuterRef("pk"))
    late = LateArrival.objects.filter(_particulars_of_late(), session__activity=OuterRef("pk"))
    kept = Exists(lines) | Exists(seats) | Exists(registered) | Exists(late)
    return _free(_over("particulars_months", today)).filter(kept)


def with_names_due(today: date) -> models.QuerySet[Activity]:
    """Activities whose names go now: their term is over, and the officials were told long enough before."""
    return _names_over(today).filter(names_told_at__lte=clock.now() - TOLD_BEFORE)


def with_names_to_tell(today: date) -> models.QuerySet[Activity]:
    """Activities whose names go soon, of which the officials do not know yet."""
    known = Exists(Attendance.objects.filter(session__activity=OuterRef("pk"))) | Exists(
        Invitation.objects.filter(activity=OuterRef("pk"))
    )
    return _names_over(today + TOLD_BEFORE).filter(known, names_told_at__isnull=True)


def take_back_told(today: date) -> int:
    """Where a term was made longer after the officials were told, they are told anew when it ends."""
    soon = _names_over(today + TOLD_BEFORE).values("pk")
    told = Activity.objects.filter(names_told_at__isnull=False, names_forgotten_at__isnull=True)
    return told.exclude(pk__in=soon).update(names_told_at=None)


def _names_over(today: date) -> models.QuerySet[Activity]:
    return _free(_over("list_years", today, MONTHS_A_YEAR)).filter(names_forgotten_at__isnull=True)


def _over(term: str, today: date, months: int = 1) -> models.QuerySet[Activity]:
    """Activities of which the kind's term, in units of so many months, is over on that day."""
    lengths = ActivityKind.objects.filter(**{f"{term}__isnull": False}).order_by()
    over = Q(pk__in=[])
    for length in lengths.values_list(term, flat=True).distinct():
        last = months_before(today, length * months)
        ended = datetime.combine(last + timedelta(days=1), time(), current_village().zone)
        over |= Q(**{f"kind__{term}": length}, until_at__lte=ended)
    return Activity.objects.filter(over).select_related("kind", "region").order_by("until_at", "pk")


def _free(activities: models.QuerySet[Activity]) -> models.QuerySet[Activity]:
    """Those that no official keeps longer."""
    return activities.exclude(Exists(RetentionHold.objects.standing().filter(activity=OuterRef("pk"))))


def _particulars_of_late() -> Q:
    return ~Q(phone="") | (~Q(declined_reason="") & ~Q(name=GONE))


# Letting go


@transaction.atomic
def forget_particulars(activity: Activity) -> int:
    """Take out of an activity what only served its running, and record how much. Twice is the same as once."""
    locked = Activity.objects.lock(activity.pk)
    if not with_particulars_due(clock.today()).filter(pk=locked.pk).exists():
        return 0
    gone = _take_particulars(locked)
    record("list.particulars_forgotten", locked, {"kind": locked.kind.code, **gone})
    return sum(gone.values())


def _take_particulars(activity: Activity) -> dict[str, int]:
    """How many of each were taken out; what there was none of is left out."""
    late = LateArrival.objects.filter(session__activity=activity)
    declined = late.exclude(declined_reason="").exclude(name=GONE)
    gone = {
        "declined": declined.update(**_NO_ARRIVAL, declined_reason=GONE),
        "phones": Attendance.objects.filter(~Q(phone=""), session__activity=activity).update(phone="")
        + late.exclude(phone="").update(phone=""),
        "registrations": Registration.objects.filter(activity=activity).forget(),  # type: ignore[attr-defined]
        "stand_ins": activity.invitations.exclude(stand_in="").update(stand_in=""),
    }
    return {what: number for what, number in gone.items() if number}


def forget_names(activity: Activity) -> int:
    """Take the names out of an activity's lists; its numbers stay as they were counted. Returns how many there were.

    A list that nobody closed is closed first, so that its numbers are. Twice, and two at once, are the same as once.
    """
    if not activity.closed_at and not activity.cancelled_at:
        # In a transaction of its own: the record's lock is the last of each.
        try:
            activity.close(None)
        except Refusal:
            return 0
    return _forget_names(activity)


@transaction.atomic
def _forget_names(activity: Activity) -> int:
    locked = Activity.objects.lock(activity.pk)
    if not with_names_due(clock.today()).filter(pk=locked.pk).exists():
        return 0
    signatures = ScreenSignature.objects.filter(attendance__session__activity=locked)
    lines = Attendance.objects.filter(session__activity=locked)
    scans = list(locked.evidence.of_list())
    facts: dict[str, Any] = {
        "kind": locked.kind.code,
        "lines": Attendance.objects.present().filter(session__activity=locked).count(),
        "signatures": signatures.count(),
        "invitations": locked.invitations.count(),
        "scans": len(scans),
        **_take_particulars(locked),
    }
    signatures.delete()
    lines.update(**_NOBODY, name="", undone_reason="", checked_in_by=None)
    late = LateArrival.objects.filter(session__activity=locked)
    late.filter(settled_at__isnull=True).update(settled_at=clock.now(), declined_reason=GONE)
    late.update(**_NO_ARRIVAL)
    locked.invitations.forget()
    Evidence.objects.filter(pk__in=[each.pk for each in scans]).delete()
    SignedScan.objects.waiting().filter(session__activity=locked).delete()
    # The commitment to the list can say nothing any more, or whoever has the salt could try names.
    forget_sealed(Activity.objects.filter(pk=locked.pk), ["list"])
    locked.names_forgotten_at = clock.now()
    locked.save(update_fields=["names_forgotten_at"])
    facts["public_scans"] = [each.file.sha256 for each in scans if each.is_public]
    record("list.forgotten", locked, {what: told for what, told in facts.items() if told})
    return int(facts["lines"]) + int(facts["invitations"])
