"""Which projects: by their state, by who sees them, and what time makes due of them."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject

from announcements.budget.codes import SPENDING
from announcements.projects.timetable import REPORT_EVERY
from attendance.models import Activity, PayList, PayRow
from partisipasi.residents.models import Person
from partisipasi.residents.permissions import coverage
from partisipasi.village.models import Region

from .budget import Budget, BudgetLine

if TYPE_CHECKING:
    from .project import Project

PROJECT_STATES = {
    "direncanakan": ("neutral", "Direncanakan"),
    "berjalan": ("notice", "Berjalan"),
    "terlambat": ("danger", "Terlambat"),
    "selesai": ("done", "Selesai"),
    "diserahterimakan": ("done", "Diserahterimakan"),
    "dihentikan": ("warning", "Dihentikan"),
}


class ProjectQuerySet(models.QuerySet["Project"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """The published; for who works on projects also drafts, as far as his appointment reaches."""
        own = coverage(user, "announcements.view_project")
        if own.everywhere:
            return self
        return self.filter(Q(published_at__isnull=False) | own.as_q("region")) if own else self.published()

    def within(self, region: Region) -> Self:
        return self.filter(region__path__startswith=region.path)

    def newest_first(self) -> Self:
        """Those of the latest year first; within a year those that begin last."""
        return self.order_by("-year", "-starts_on", "-pk")

    def unfinished(self) -> Self:
        """Published, and neither done nor stopped."""
        return self.published().filter(finished_on__isnull=True, stopped_on__isnull=True)

    def late(self, today: date) -> Self:
        """Those that `timetable.days_late` calls late."""
        days = F("ends_on") - F("starts_on")
        # A difference of days is an interval in PostgreSQL; its whole days are wanted.
        planned = models.Func(days, function="DATE_PART", template="%(function)s('day', %(expressions)s)")
        reached = models.ExpressionWrapper(
            models.Func(
                models.ExpressionWrapper(planned * F("percent") / 100, models.FloatField()), function="FLOOR"
            ),
            models.FloatField(),
        )
        gone = models.Func(
            Value(today, DateField()) - F("starts_on"),
            function="DATE_PART",
            template="%(function)s('day', %(expressions)s)",
            output_field=models.FloatField(),
        )
        behind = self.unfinished().annotate(lag=models.ExpressionWrapper(gone - reached, models.FloatField()))
        return behind.filter(Q(ends_on__lt=today) | Q(lag__gt=REPORT_EVERY.days))

    def in_state(self, state: str, today: date) -> Self:
        """Those in one state of PROJECT_STATES."""
        late = self.late(today).order_by().values("pk")
        match state:
            case "terlambat":
                return self.filter(pk__in=late)
            case "berjalan":
                return self.unfinished().filter(started_on__isnull=False).exclude(pk__in=late)
            case "selesai":
                return self.filter(
                    finished_on__isnull=False, handed_over_on__isnull=True, stopped_on__isnull=True
                )
            case "diserahterimakan":
                return self.filter(handed_over_on__isnull=False)
            case "dihentikan":
                return self.filter(stopped_on__isnull=False)
        return self.unfinished().filter(started_on__isnull=True).exclude(pk__in=late)

    def totals(self) -> dict[str, Any]:
        """How many there are, what they are to cost and what is spent, in rupiah; one statement."""
        zero = Value(Decimal(0), models.DecimalField(max_digits=18, decimal_places=2))
        return self.order_by().aggregate(
            count=models.Count("pk"),
            done=models.Count("pk", filter=Q(finished_on__isnull=False)),
            cost=Coalesce(models.Sum("cost"), zero),
            spent=Coalesce(models.Sum("spent"), zero),
        )

    def years(self) -> list[int]:
        """The budget years of these, newest first."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())

    def of_budget(self, year: int) -> "dict[str, list[Project]]":
        """The published projects of a budget's year by the code of the activity that they spend; one statement."""
        found: dict[str, list[Project]] = {}
        for project in self.published().filter(year=year).exclude(budget_codes=[]).order_by("name", "pk"):
            for code in project.budget_codes:
                found.setdefault(code, []).append(project)
        return found

    def with_page(self, user: Any) -> Self:
        """With all that one project's page shows of other rooms, in the same statement.

        `budget_lines`: the lines of its activities in the budget in force. `works`: the activities at which it was
        worked on. `wages`: who was paid for which days there, once that was settled.
        """
        in_force = (
            Budget.objects.published().filter(year=models.OuterRef(models.OuterRef("year"))).latest_first()
        )
        lines = BudgetLine.objects.filter(budget=models.Subquery(in_force.values("pk")[:1]), section=SPENDING)
        named = models.Func(
            models.OuterRef("budget_codes"),
            F("activity"),
            function="ARRAY_POSITION",
            output_field=models.IntegerField(),
        )
        lines = lines.alias(named=named).filter(named__isnull=False).order_by("position")
        works = Activity.objects.visible_to(user).filter(projects=models.OuterRef("pk"))
        paid = PayRow.objects.filter(
            pay_list__activity__projects=models.OuterRef("pk"),
            pay_list__basis=PayList.Basis.DAYS,
            pay_list__settled_at__isnull=False,
            paid__isnull=False,
        )
        line = JSONObject(
            activity="activity",
            account="account",
            name="name",
            amount="amount",
            realised="realised",
            is_group="is_group",
        )
        wage = JSONObject(
            person="person_id",
            name="name",
            sex="attendance__sex",
            days="days",
            half_days="half_days",
            paid="paid",
        )
        return self.select_related(
            "region", "person", "body", "topic", "handover_document", "resolution__activity__minutes"
        ).annotate(
            budget_lines=ArraySubquery(lines.values(told=line)),
            works=ArraySubquery(
                works.order_by("starts_at", "pk").values(
                    told=JSONObject(pk="pk", title="title", starts_at="starts_at")
                )
            ),
            wages=ArraySubquery(paid.order_by("pk").values(told=wage)),
        )

    # What time makes due

    def newly_past_end(self, today: date) -> Self:
        """Past their planned end, and nobody has been told so of this end."""
        past = self.unfinished().filter(ends_on__lt=today)
        return past.filter(~Q(missed_for=F("ends_on")) | Q(missed_for__isnull=True))

    def newly_silent(self, today: date) -> Self:
        """No word of them for REPORT_EVERY since the last one, or since they were to begin; told of once each time."""
        heard = Case(When(reported_on__isnull=False, then=F("reported_on")), default=F("starts_on"))
        silent = self.unfinished().annotate(heard_on=heard).filter(heard_on__lt=today - REPORT_EVERY)
        return silent.filter(~Q(silent_since=F("heard_on")) | Q(silent_since__isnull=True))

    # Whose

    def open_with(self, *people: Person) -> Self:
        """What lies in the hands of these people."""
        return self.unfinished().filter(person__in=people)

    def pass_on(self, former: Person, to: Person) -> int:
        """Let the open projects of whoever leaves an office be the successor's; returns how many."""
        held = list(self.open_with(former).select_for_update(of=("self",)).order_by("pk"))
        for project in held:
            project.hand_to(to)
        return len(held)
