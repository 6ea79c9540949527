"""The year of one demo village, told in the order of time: every event runs by its verb, under its own clock."""

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from partisipasi import clock
from partisipasi.residents.models import Appointment, Person, Role, User
from partisipasi.village.models import Region, Village
from partisipasi.village.words import full_date

from . import content as told

NAMESPACE = uuid.UUID("7a1f6c0e-5d9b-4c55-9d3e-0d7a4f7f5a11")


class Story:
    """What has been founded so far, and what is still to happen.

    `people`, `accounts` and `regions` are by the keys of the texts; `chance` is the same on every load.
    """

    def __init__(self, texts: told.Village, today: date) -> None:
        self.texts = texts
        self.today = today
        self.zone = ZoneInfo(texts.time_zone)
        self.village: Village
        self.people: dict[str, Person] = {}
        self.accounts: dict[str, User] = {}
        self.regions: dict[tuple[str, ...], Region] = {}
        self.addresses: dict[tuple[str, str], str] = {}
        self.chance = random.Random(texts.key)
        self._events: list[tuple[datetime, int, Callable[[], object]]] = []

    def moment(self, days_ago: int, at: time) -> datetime:
        """That hour of the day which lies `days_ago` back, in the village's time zone."""
        return datetime.combine(told.day(self.today, days_ago), at, self.zone)

    def account_of(self, role: Role, fallback: Role = Role.ADMIN) -> User:
        """The account of whoever holds `role`, or else `fallback`, or else the village's head."""
        for wanted in (role, fallback, Role.VILLAGE_HEAD):
            held = Appointment.objects.filter(role=wanted, person__user__isnull=False).select_related(
                "person"
            )
            if first := held.order_by("pk").first():
                return first.person.user
        raise LookupError(role)

    def happens(self, at: datetime, event: Callable[[], object]) -> None:
        """`event` takes place at `at`; of two at the same moment the one told first comes first."""
        self._events.append((at, len(self._events), event))

    def play(self) -> Iterator[datetime]:
        """Let everything happen in order that is not still to come, yielding each moment."""
        events, self._events = sorted(self._events, key=lambda event: event[:2]), []
        now = clock.now()
        for at, _, event in events:
            if at > now:
                continue
            with clock.at(at):
                event()
            yield at

    def __len__(self) -> int:
        return len(self._events)

    def nonce(self, *parts: object) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, "/".join(map(str, (self.texts.key, *parts))))

    def fill(self, text: str, at: datetime) -> str:
        """The placeholders of a text that was written at `at`."""
        return told.fill(text, year=at.year, date_of=self.day_of, link=self.link)

    def body_name(self, key: str) -> str:
        return next((body.name for body in self.texts.bodies if body.key == key), "")

    def day_of(self, activity_key: str) -> str:
        activity = next(one for one in self.texts.activities if one.key == activity_key)
        return full_date(told.day(self.today, activity.sessions[0].days_ago))

    def link(self, kind: str, key: str) -> str:
        """The address of an activity or article; of one that is told later, the list where it will stand."""
        lists = {"artikel": "/informasi/", "kegiatan": "/kegiatan/"}
        return self.addresses.get((kind, key), lists[kind])
