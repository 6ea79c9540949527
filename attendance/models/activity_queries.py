from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from partisipasi import clock
from partisipasi.residents.permissions import coverage
from partisipasi.village.models import Holiday

from .kind import ActivityKind
from .papers import NO_INDICATOR, PaperKind

if TYPE_CHECKING:
    from .activity import Activity


class ActivityQuerySet(models.QuerySet["Activity"]):
    def announced(self) -> Self:
        return self.filter(announced_at__lte=clock.now())

    def visible_to(self, user: Any) -> Self:
        """What this visitor may see: all that is announced, and drafts as far as his appointment reaches."""
        own = coverage(user, "attendance.view_activity")
        if own.everywhere:
            return self
        announced = Q(announced_at__lte=clock.now())
        return self.filter(announced | own.as_q("region") if own else announced)

    def within_reach(self, user: Any, perm: str) -> Self:
        """Those for which this official's `perm` holds; a hamlet head's reach ends at his hamlet."""
        return self.filter(coverage(user, perm).as_q("region"))

    def upcoming(self) -> Self:
        """Soonest first; without a time yet last."""
        later = Q(until_at__gt=clock.now()) | Q(until_at__isnull=True)
        return self.filter(later).order_by(models.F("starts_at").asc(nulls_last=True), "pk")

    def past(self) -> Self:
        return self.filter(until_at__lte=clock.now()).order_by("-starts_at", "-pk")

    def in_year(self, year: int) -> Self:
        """Those that begin in that year of the village's own calendar."""
        return self.filter(starts_at__year=year)

    def years(self) -> list[int]:
        """The years in which something begins, newest first."""
        return [moment.year for moment in self.order_by().datetimes("starts_at", "year", order="DESC")]

    def bounds(self, zone: tzinfo) -> tuple[date | None, date | None]:
        """The first and the last day on which something begins; None where nothing does."""
        found = self.order_by().aggregate(first=models.Min("starts_at"), last=models.Max("starts_at"))
        days = (moment and timezone.localtime(moment, zone).date() for moment in found.values())
        return tuple(days)  # type: ignore[return-value]

    def last_changed_first(self) -> Self:
        """Each with `changed_at`: when it was announced, moved, called off or its list closed, whichever came last."""
        changes = ("announced_at", "moved_at", "cancelled_at", "closed_at")
        return self.annotate(changed_at=Greatest(*changes)).order_by("-changed_at", "-pk")

    def counted(self) -> Self:
        """Each with `present_count`, the lines on its lists."""
        present = Q(sessions__attendances__undone_at__isnull=True)
        return self.annotate(present_count=models.Count("sessions__attendances", filter=present))

    def with_resolution_count(self) -> Self:
        return self.annotate(resolution_count=models.Count("resolutions", distinct=True))

    def with_indicator(self) -> Self:
        """Those that are evidence for an indicator of KPK, each with it as `shown_indicator`."""
        shown = models.Case(models.When(indicator="", then="kind__indicator"), default="indicator")
        return self.annotate(shown_indicator=shown).exclude(shown_indicator__in=("", NO_INDICATOR))

    def waiting_to_close(self) -> Self:
        """Over, took place, and its list still open."""
        return self.past().filter(
            closed_at__isnull=True, cancelled_at__isnull=True, announced_at__isnull=False
        )

    def with_late_arrivals(self) -> Self:
        """Those for which check-ins wait that came after closing."""
        return self.filter(
            sessions__late_arrivals__settled_at__isnull=True, sessions__late_arrivals__isnull=False
        ).distinct()

    def with_decisions(self) -> Self:
        """Those whose agreement (*berita acara*) everybody may read: published here, or brought as a document."""
        brought = Q(evidence__kind=PaperKind.AGREEMENT, evidence__is_public=True)
        published = Q(minutes__published_at__isnull=False, resolutions__isnull=False)
        agreed = self.model.objects.filter(brought | published)
        return self.filter(pk__in=agreed.order_by().values("pk"))

    def without_evidence(self) -> Self:
        return self.past().filter(
            closed_at__isnull=False, names_forgotten_at__isnull=True, evidence__isnull=True
        )

    def without_minutes(self) -> Self:
        """Closed, and their minutes neither published nor filed, although their kind needs them."""
        closed = self.filter(closed_at__isnull=False, cancelled_at__isnull=True)
        filed = self.model.objects.filter(evidence__kind=PaperKind.MINUTES).order_by()
        lacking = closed.filter(
            minutes__published_at__isnull=True, kind__papers__contains=[PaperKind.MINUTES]
        )
        return lacking.exclude(pk__in=filed.values("pk"))

    def with_late_report(self) -> Self:
        """Took place, their kind asks for a report, none was brought, and the working days for it are over."""
        return self.with_report_due_before(clock.today())

    def with_report_due_before(self, day: date) -> Self:
        """Took place, their kind asks for a report before that day, and none was brought yet."""
        kinds = ActivityKind.objects.filter(papers__contains=[PaperKind.REPORT])
        calendar, due = Holiday.objects.calendar(), Q(pk__in=[])
        for days in set(kinds.order_by().values_list("report_days", flat=True)):
            last = calendar.latest_start(days, before=day)
            due |= Q(kind__in=kinds.filter(report_days=days), until_at__date__lte=last)
        filed = self.model.objects.filter(evidence__kind=PaperKind.REPORT).order_by()
        held = self.filter(
            due, until_at__lte=clock.now(), announced_at__isnull=False, cancelled_at__isnull=True
        )
        return held.exclude(pk__in=filed.values("pk"))

    def with_waiting_scans(self) -> Self:
        """Those whose signed list came back with another number of pages than was printed."""
        waiting = self.model.objects.filter(
            sessions__signed_scans__isnull=False, sessions__signed_scans__settled_at__isnull=True
        )
        return self.filter(pk__in=waiting.order_by().values("pk"))

    def lock(self, pk: int) -> "Activity":
        """The activity, locked against other desks and against closing until the transaction ends."""
        return self.select_for_update(no_key=True, of=("self",)).get(pk=pk)
