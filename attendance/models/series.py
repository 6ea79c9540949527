"""Regular meetings (*rangkaian kegiatan*): one after the other by a rule, each an activity of its own."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from attendance.recurrence import Every, Recurrence
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.residents.models import Body, Person, User
from partisipasi.residents.permissions import coverage
from partisipasi.village.words import clock_span, figures

from .activity import Activity
from .kind import ActivityKind
from .refusals import Refusal
from .telling import tell_changed

SOON = timedelta(days=31)
"""How long before its last day a series is said to run out, and how long after."""


class ActivitySeriesQuerySet(models.QuerySet["ActivitySeries"]):
    def within_reach(self, user: object, perm: str = "attendance.add_activity") -> Self:
        """Those that this official's appointment reaches."""
        return self.filter(coverage(user, perm).as_q("region"))

    def running_out(self) -> Self:
        """Going on, but without a day more than a month ahead; what ran out long ago is not asked about again."""
        today = clock.today()
        last = models.Max("activities__series_on")
        return self.annotate(last_on=last).filter(
            ended_at__isnull=True, last_on__range=(today - SOON, today + SOON)
        )

    def begin(
        self,
        series: "ActivitySeries",
        dates: Iterable[date],
        *,
        by: User,
        nonce: UUID,
        announced: bool = False,
        like: Activity | None = None,
    ) -> "ActivitySeries":
        """Save the series and make an activity for each date, with the seats of `like`; the same nonce is the same.

        Where they are announced at once, the invited hear of the first alone: of each they are reminded in time.
        """
        with transaction.atomic():
            made, is_new = self.get_or_create(nonce=nonce, defaults=series.as_begun(by))
            if not is_new:
                return made
            for day in sorted(set(dates)):
                made.make(day, by, like)
        if announced:
            made.announce_all(by)
        return made


class ActivitySeries(VillageRow):
    """A regular meeting: what is the same each time, and by which rule it comes again.

    Its activities are ordinary ones: each is changed, put off or called off alone.
    """

    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="+", verbose_name="jenis")
    title = models.CharField("judul", max_length=200)
    agenda = models.CharField("acara", max_length=300, blank=True)
    venue = models.CharField("tempat", max_length=120)
    region = models.ForeignKey(
        "village.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dusun"
    )
    begins = models.TimeField("mulai")
    ends = models.TimeField("selesai", null=True, blank=True)
    every = models.CharField("berulang", max_length=8, choices=[(each.value, each.value) for each in Every])
    interval = models.PositiveSmallIntegerField("setiap", default=1)
    weekday = models.PositiveSmallIntegerField("hari", default=0)
    nth = models.SmallIntegerField("yang ke-", default=1)
    day = models.SmallIntegerField("tanggal", default=1)
    created_at = models.DateTimeField("dibuat pada", editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField("diakhiri pada", null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    ended_reason = models.CharField("alasan diakhiri", max_length=200, blank=True, editable=False)
    nonce = models.UUIDField(editable=False)

    objects = ScopedManager(ActivitySeriesQuerySet)

    class Meta:
        verbose_name = "rangkaian kegiatan"
        verbose_name_plural = "rangkaian kegiatan"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["village", "nonce"], name="series_begun_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attendance:series_detail", args=[self.pk])

    @property
    def place(self):
        return self.region

    @property
    def recurrence(self) -> Recurrence:
        return Recurrence(Every(self.every), self.weekday, self.nth, self.day, self.interval)

    @property
    def rule_text(self) -> str:
        """`Setiap bulan, tanggal 10, 08.00–11.00 WIB`"""
        return f"{self.recurrence.words}, {clock_span(self.begins, self.ends, current_village().zone)}"

    def state_pill(self, *, is_running_out: bool) -> tuple[str, str]:
        """Kind and word of the pill that says where it stands; empty where it simply goes on."""
        if self.ended_at:
            return "neutral", "Diakhiri"
        return ("warning", "Hampir habis") if is_running_out else ("", "")

    def as_begun(self, by: User) -> dict[str, object]:
        """Its fields, as it is first saved by this official."""
        names = ("kind", "title", "agenda", "venue", "region", "begins", "ends")
        rule = ("every", "interval", "weekday", "nth", "day")
        return {name: getattr(self, name) for name in (*names, *rule)} | {
            "created_by": by,
            "created_at": clock.now(),
        }

    @property
    def goes_on_from(self) -> date:
        """The first day that a further activity may have: the rule's next after the last, and not in the past."""
        days = self.activities.values_list("series_on", flat=True)
        last: date = max(filter(None, days), default=clock.today())
        first = max(clock.today(), last + timedelta(days=1))
        if self.interval == 1 or not self.activities.exists():
            return first
        # Every second week stays every second week, counted from the last day there is.
        coming = self.recurrence.dates(last, first + timedelta(days=366))
        return next((day for day in coming if day >= first), first)

    def has_all(self, days: Iterable[str]) -> bool:
        """Whether there are such days (`2026-08-10`), and each has its activity already."""
        asked = set(days)
        have = {day.isoformat() for day in self.activities.values_list("series_on", flat=True) if day}
        return bool(asked) and asked <= have

    def make(self, day: date, by: User, like: Activity | None = None) -> Activity:
        """The activity of that day, as a draft, with the seats of `like`."""
        activity = Activity(
            series=self,
            series_on=day,
            kind=self.kind,
            title=self.title,
            agenda=self.agenda,
            venue=self.venue,
            region=self.region,
            created_by=by,
        )
        activity.take_from_kind()
        activity.save()
        zone = current_village().zone
        ends = datetime.combine(day, self.ends, tzinfo=zone) if self.ends else None
        activity.add_session(datetime.combine(day, self.begins, tzinfo=zone), ends)
        activity.index_words()
        if like:
            seats = like.invitations.standing()
            people = Person.objects.active().filter(
                pk__in=seats.filter(person__isnull=False).values("person")
            )
            bodies = Body.objects.filter(pk__in=seats.filter(body__isnull=False).values("body"))
            activity.invite_all(people, bodies, by=by)
        return activity

    def extend(self, dates: Iterable[date], *, by: User, announced: bool = False) -> int:
        """Make an activity for each further date, with the seats of the latest; returns how many were made.

        A day that has one already is left as it is, so the same dates again change nothing. Raises Refusal once it
        was ended.
        """
        with transaction.atomic():
            series = ActivitySeries.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
            if series.ended_at:
                raise Refusal("Rangkaian ini sudah diakhiri. Buat rangkaian baru bila berlanjut.")
            have = set(self.activities.values_list("series_on", flat=True))
            latest = self.activities.filter(cancelled_at__isnull=True).order_by("series_on").last()
            days = sorted(set(dates) - have)
            for day in days:
                self.make(day, by, latest)
        if announced:
            self.announce_all(by)
        return len(days)

    def announce_all(self, by: User) -> int:
        """Announce what is still a draft and to come; the invited hear of the next, and are reminded of each.

        Each in a transaction of its own, since the record is locked last.
        """
        drafts = self.activities.filter(
            announced_at__isnull=True, cancelled_at__isnull=True, starts_at__gt=clock.now()
        )
        found = list(drafts.order_by("starts_at", "pk"))
        for place, activity in enumerate(found):
            activity.announce(by, tells=place == 0)
        return len(found)

    def end(self, reason: str, by: User) -> int:
        """Call off all that is still to come, drafts too; returns how many. What was stays. Twice changes nothing.

        Each in a transaction of its own, since the record is locked last; what was broken off is ended the next time.
        """
        self.refresh_from_db(fields=["ended_at"])
        if self.ended_at:
            return 0
        coming = list(
            self.activities.filter(
                starts_at__gt=clock.now(), cancelled_at__isnull=True, closed_at__isnull=True
            ).order_by("starts_at", "pk")
        )
        if told := next((each for each in coming if each.announced_at), None):
            count = figures(sum(each.announced_at is not None for each in coming))
            text = f"Rangkaian diakhiri: {self}. {count} kegiatan berikutnya dibatalkan."
            tell_changed(told, text, f"rangkaian:{self.pk}:akhir", by)
        for activity in coming:
            activity.cancel(reason, by, tells=False)
        with transaction.atomic():
            series = ActivitySeries.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
            if not series.ended_at:
                self.ended_at, self.ended_by, self.ended_reason = clock.now(), by, reason
                self.save(update_fields=["ended_at", "ended_by", "ended_reason"])
                facts = {"kind": self.kind.code, "cancelled": len(coming)}
                record("series.ended", self, facts, sealed={"reason": reason})
        return len(coming)
