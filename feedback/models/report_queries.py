from datetime import date, datetime
from typing import Any, Self

from django.db import models

from partisipasi import clock
from partisipasi.residents.handover import people_answering_for
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage

from .event import Act

_EVERYTHING = models.Q(pk__isnull=False)
_SETTLED = (
    models.Q(closed_at__isnull=False)
    | models.Q(rejected_at__isnull=False)
    | models.Q(forwarded_at__isnull=False)
)
_CONFIDENTIAL = models.Q(disclosure="rahasia")


def assigned_to(user: Any) -> models.Q:
    """Reports that were given to this official, or to whom he deputises for, while he holds any office."""
    if not user.is_staff:
        return models.Q(pk__in=[])
    return models.Q(assigned_to__in=people_answering_for(user).values("pk"))


def own_of(user: Any) -> models.Q:
    return models.Q(reporter=user) | models.Q(person__user=user)


def within(user: Any, perm: str) -> models.Q:
    """Reports to which `perm` of this visitor reaches; confidential ones only with the permission for those."""
    reach = coverage(user, perm)
    if not reach:
        return models.Q(pk__in=[])
    rows = _EVERYTHING if reach.everywhere else reach.as_q("region")
    if not coverage(user, "feedback.view_confidential_report").everywhere:
        rows &= ~_CONFIDENTIAL
    return rows


class ReportQuerySet(models.QuerySet[Any]):
    """Which reports: by who may see them, by state, by what is late."""

    # Who sees which

    def released(self) -> Self:
        """What everybody reads."""
        return self.filter(released_at__isnull=False)

    def sent_by(self, user: Any) -> Self:
        """One's own: sent by this account, or typed in for its holder. The anonymous are nobody's."""
        return self.filter(own_of(user)) if user.is_authenticated else self.none()

    def handled_by(self, user: Any) -> Self:
        """What this official sees in full: all within his appointment, and what was assigned to him."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(within(user, "feedback.view_report") | assigned_to(user))

    def visible_to(self, user: Any) -> Self:
        """The released, one's own, and what one handles in office."""
        public = models.Q(released_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | own_of(user) | within(user, "feedback.view_report") | assigned_to(user))

    def with_reporter_names(self) -> Self:
        """Each row with `account_name`, the name in the address book of the account that sent it."""
        people = Person.objects.filter(user=models.OuterRef("reporter"))
        return self.annotate(account_name=models.Subquery(people.values("name")[:1]))

    # Where they stand

    def counted(self) -> Self:
        """What stands in the figures: not what was held as possible spam and has not been let through."""
        return self.filter(models.Q(held_at__isnull=True) | models.Q(verified_at__isnull=False))

    def received_since(self, moment: datetime) -> Self:
        return self.filter(received_at__gt=moment)

    def open(self) -> Self:
        return self.exclude(_SETTLED)

    def awaiting_verification(self) -> Self:
        return self.open().filter(verified_at__isnull=True)

    def unanswered(self) -> Self:
        """Open and owed an answer: the first, or one to the reporter's last word."""
        waiting = models.Q(answered_at__isnull=True) | models.Q(replied_at__isnull=False)
        return self.open().filter(waiting, verified_at__isnull=False)

    def assigned_to(self, user: Any) -> Self:
        return self.filter(assigned_to(user))

    def late(self, on: date) -> Self:
        """Open, and behind with what is owed next."""
        behind = (
            models.Q(verified_at__isnull=True, verify_due_on__lt=on)
            | models.Q(verified_at__isnull=False, taken_up_at__isnull=True, follow_up_due_on__lt=on)
            | models.Q(taken_up_at__isnull=False, answered_at__isnull=True, done_due_on__lt=on)
        )
        return self.open().filter(behind)

    def with_broken_promises(self, on: date) -> Self:
        """Open reports of which a promise is broken that is not yet noted."""
        return self.open().filter(
            models.Q(verified_at__isnull=True, verify_missed_at__isnull=True, verify_due_on__lt=on)
            | models.Q(taken_up_at__isnull=True, follow_up_missed_at__isnull=True, follow_up_due_on__lt=on)
            | models.Q(answered_at__isnull=True, done_missed_at__isnull=True, done_due_on__lt=on)
        )

    def due_within(self, first: date, last: date) -> Self:
        """Open reports with something owed between these days."""
        return self.open().filter(
            models.Q(verified_at__isnull=True, verify_due_on__range=(first, last))
            | models.Q(taken_up_at__isnull=True, follow_up_due_on__range=(first, last))
            | models.Q(answered_at__isnull=True, done_due_on__range=(first, last))
        )

    def silent(self, on: date) -> Self:
        """Answered, and left without a reply for longer than they stay open."""
        return self.open().filter(answered_at__isnull=False, replied_at__isnull=True, closes_on__lt=on)

    def in_state(self, state: str, on: date) -> Self:
        """Reports in one of `STATES`; all of them for none."""
        match state:
            case "menunggu":
                return self.awaiting_verification()
            case "diproses":
                return self.open().filter(verified_at__isnull=False, answered_at__isnull=True)
            case "dijawab":
                return self.open().filter(answered_at__isnull=False)
            case "selesai":
                return self.filter(closed_at__isnull=False)
            case "ditolak":
                return self.filter(rejected_at__isnull=False)
            case "diteruskan":
                return self.filter(forwarded_at__isnull=False)
            case "terlambat":
                return self.late(on)
        return self

    def figures(self, on: date) -> dict[str, int]:
        """How well the village keeps its promises: received, answered, of them on time, and late now."""
        late = self.model._default_manager.late(on).values("pk")
        return self.counted().aggregate(
            received=models.Count("pk"),
            answered=models.Count("pk", filter=models.Q(first_answered_at__isnull=False)),
            on_time=models.Count("pk", filter=models.Q(answered_on_time=True)),
            late=models.Count("pk", filter=models.Q(pk__in=late)),
        )

    def open_with(self, *people: Person) -> Self:
        """What lies in the hands of these people."""
        return self.open().filter(assigned_to__in=people)

    def pass_on(self, former: Person, to: Person) -> int:
        """Let the open reports of whoever leaves an office be the successor's; returns how many."""
        held = self.open_with(former).select_for_update(of=("self",)).order_by("pk")
        for report in (passed := list(held)):
            report.assigned_to, report.assigned_at = to, clock.now()
            report.tell(Act.ASSIGNED, f"{report.assigned_office}, serah terima jabatan.")
            report.save(update_fields=["assigned_to", "assigned_at"])
        return len(passed)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def for_work(self) -> Self:
        """What is due first comes first."""
        return self.order_by("done_due_on", "received_at", "pk")


STATES = (
    ("menunggu", "Menunggu verifikasi"),
    ("diproses", "Sedang diproses"),
    ("dijawab", "Sudah dijawab"),
    ("selesai", "Selesai"),
    ("ditolak", "Ditolak"),
    ("diteruskan", "Diteruskan"),
    ("terlambat", "Terlambat"),
)
