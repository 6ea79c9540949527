"""How much comes from one place, without remembering the place.

A network address is counted as an HMAC under the day's key (`announcements.DayKey`), which goes with these rows when
the day is over. A row says neither when nor which report; a whole village may stand behind one address.
"""

from datetime import timedelta
from typing import Self

from django.db import IntegrityError, models, transaction

from announcements.models import DayKey
from feedback import tracking
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village_pk

from .refusals import TooManyReports, TooManyTries

FROM_ONE_ADDRESS = 500
"""Anonymous reports a day with a proof of work."""
FROM_ONE_ADDRESS_HELD = 100
"""Anonymous reports a day without one; an official looks at each."""
WRONG_PINS_FROM_ONE_ADDRESS = 300
WRONG_PINS_OF_ONE_REPORT_FROM_ONE_ADDRESS = 5
"""Within LOCKED; then even the right one waits, there alone: whoever reads a code in public locks nobody else out."""
WRONG_PINS_OF_ONE_REPORT = 50
"""The same, from everywhere: of a million PINs that many an hour come to nothing."""
LOCKED = timedelta(hours=1)


class SendingQuerySet(models.QuerySet["Sending"]):
    def add(self, act: str, address: str) -> int:
        """Count one more `act` from `address` today; returns how many there are now."""
        for _attempt in range(3):
            day, _made = DayKey.objects.get_or_create(on=clock.today())
            who = day.visitor(address, f"feedback:{act}")
            try:
                with transaction.atomic():
                    row, made = self.select_for_update().get_or_create(
                        day=day, who=who, defaults={"times": 1}
                    )
                    if not made:
                        row.times += 1
                        row.save(update_fields=["times"])
            except IntegrityError:  # the day ended and its key was forgotten in between
                continue
            return row.times
        return 1

    def times(self, act: str, address: str) -> int:
        day = DayKey.objects.filter(on=clock.today()).first()
        if day is None:
            return 0
        row = self.filter(day=day, who=day.visitor(address, f"feedback:{act}")).first()
        return row.times if row else 0


class Sending(VillageRow):
    """So many times today from one address, whichever it is."""

    day = models.ForeignKey("announcements.DayKey", models.CASCADE, related_name="+")
    who = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=0)

    objects = ScopedManager(SendingQuerySet)

    class Meta:
        verbose_name = "hitungan pengiriman"
        verbose_name_plural = "hitungan pengiriman"
        constraints = [
            models.UniqueConstraint(fields=["day", "who"], name="an_address_is_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.times}"

    @classmethod
    def take(cls, address: str, *, proven: bool) -> None:
        """Let one anonymous report in from `address`. Raises TooManyReports.

        In a transaction of its own, before the report's: nothing joins the two.
        """
        act, most = ("proven", FROM_ONE_ADDRESS) if proven else ("held", FROM_ONE_ADDRESS_HELD)
        if cls.objects.add(act, address) > most:
            raise TooManyReports


class PinTriesQuerySet(models.QuerySet["PinTries"]):
    def over(self) -> Self:
        return self.filter(since__lte=clock.now() - LOCKED)

    def held(self, subject: str) -> "PinTries":
        """The count of `subject`, locked till the transaction ends and begun anew where its time is over."""
        row, _made = self.select_for_update().get_or_create(subject=subject, defaults={"since": clock.now()})
        if row.since <= clock.now() - LOCKED:
            row.since, row.times = clock.now(), 0
        return row


class PinTries(VillageRow):
    """How often a code was tried with a wrong PIN lately, from everywhere or from one address, whichever it is.

    Kept alike for codes that no report has.
    """

    subject = models.CharField(max_length=64)
    since = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager(PinTriesQuerySet)

    class Meta:
        verbose_name = "percobaan PIN"
        verbose_name_plural = "percobaan PIN"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "subject"], name="tries_of_a_code_are_counted_together"
            )
        ]

    def __str__(self) -> str:
        return f"{self.times}"


def try_pin(code: str, address: str, is_right: bool) -> None:
    """Count a wrong PIN and refuse where guessing has gone on too long, whether the code exists or not.

    Raises TooManyTries, for the right PIN too.
    """
    # Both rows are touched and written in one order, whatever the code and the PIN: the answer takes the same time.
    day, _made = DayKey.objects.get_or_create(on=clock.today())
    with transaction.atomic():
        everywhere = PinTries.objects.held(tracking.subject_of(current_village_pk(), code))
        here = PinTries.objects.held(day.visitor(address, f"feedback:pin:{code}"))
        locked = (
            everywhere.times >= WRONG_PINS_OF_ONE_REPORT
            or here.times >= WRONG_PINS_OF_ONE_REPORT_FROM_ONE_ADDRESS
        )
        if not locked:
            # The right PIN forgives slips made in the same place, and no guesses made elsewhere.
            here.times = 0 if is_right else here.times + 1
            everywhere.times += not is_right
        everywhere.save(update_fields=["since", "times"])
        here.save(update_fields=["since", "times"])
    crowded = Sending.objects.times("pin", address) >= WRONG_PINS_FROM_ONE_ADDRESS
    if not is_right:
        Sending.objects.add("pin", address)
    if locked or crowded:
        raise TooManyTries
