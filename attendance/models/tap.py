"""A check-in as a desk sends it, perhaps long after the tap: which desk, and when by both clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from partisipasi import clock

if TYPE_CHECKING:
    from .session import Session


@dataclass(frozen=True)
class Tap:
    """`device_at` is what the desk's own clock said; `arrived_at` is that moment by the server's clock."""

    desk: UUID
    device_at: datetime
    arrived_at: datetime

    @classmethod
    def on(cls, session: "Session", desk: UUID, *, tapped: int, sent: int) -> "Tap":
        """From the desk's clock at the tap and at the sending, in milliseconds since 1970.

        Only their difference is believed, so a clock that is wrong does no harm; nobody came before the day began.
        """
        age = timedelta(milliseconds=max(0, sent - tapped))
        midnight = session.starts_local.replace(hour=0, minute=0, second=0, microsecond=0)
        now = clock.now()
        device_at = datetime.fromtimestamp(tapped / 1000, UTC)
        return cls(desk, device_at, min(now, max(midnight, now - age)))

    @property
    def facts(self) -> dict:
        return {"desk": self.desk, "device_at": self.device_at, "checked_in_at": self.arrived_at}
