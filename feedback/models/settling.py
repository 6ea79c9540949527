"""How a report ends: closed after an answer, rejected, or forwarded."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from partisipasi import clock

from .deadlines import REPLY_DAYS, Stage
from .event import Act
from .handling import Handling
from .refusals import NotAnswered, ReportSettled

if TYPE_CHECKING:
    from partisipasi.residents.models import User


class Settling(Handling):
    """The ends of a report. Twice is the same as once."""

    class Meta:
        abstract = True

    @transaction.atomic
    def close(self, *, by: "User", text: str = "") -> None:
        """An official ends an answered report. Raises NotAnswered, ReportSettled."""
        self.hold(settled_too=True)
        if self.closed_at:
            return
        if self.is_settled:
            raise ReportSettled
        if not self.answered_at:
            raise NotAnswered
        self.settle_closed("petugas", Act.CLOSED, text, by=by)

    @transaction.atomic
    def close_as_silent(self) -> bool:
        """Nobody replied to the answer in time. False where somebody did after all, or was faster."""
        self.hold(settled_too=True)
        due = self.closes_on and self.closes_on < clock.today()
        if self.is_settled or not self.answered_at or self.replied_at or not due:
            return False
        text = f"Tidak ada balasan selama {REPLY_DAYS} hari kerja setelah jawaban."
        self.settle_closed("waktu", Act.CLOSED, text)
        return True

    def settle_closed(self, how: str, act: Act, text: str = "", **told: Any) -> None:
        """Close, in a verb that holds the row."""
        self.closed_at, self.closed_how, self.closes_on = clock.now(), how, None
        self.tell(act, text, **told)
        by = told.get("by")
        self.inform("sudah selesai.", by=by)
        self.save_all([], ("report.closed", {"how": how, "by": by.pk if by else None}, {}))

    @transaction.atomic
    def reject(self, reason: str, *, by: "User") -> None:
        """The village does not take it up, and says why. Raises ReportSettled where it is settled otherwise."""
        self.hold(settled_too=True)
        if self.rejected_at:
            return
        missed = self._settle_otherwise(reason)
        self.rejected_at = clock.now()
        self.tell(Act.REJECTED, reason, by=by, audience=self.shown_audience)
        self.inform("tidak dapat ditindaklanjuti. Alasannya ada pada halaman laporan.", by=by)
        facts = {"by": by.pk, "on_time": clock.today() <= self.verify_due_on}
        self.save_all(missed, ("report.rejected", facts, {"reason": reason}))

    @transaction.atomic
    def forward(self, to: str, reason: str, *, by: "User") -> None:
        """It is not the village's to settle: it went to `to`, outside. Raises ReportSettled."""
        self.hold(settled_too=True)
        if self.forwarded_at:
            return
        missed = self._settle_otherwise(reason)
        self.forwarded_at, self.forwarded_to = clock.now(), to
        self.tell(Act.FORWARDED, f"{to}. {reason}", by=by, audience=self.shown_audience)
        self.inform(f"diteruskan kepada {to}.", by=by)
        self.save_all(missed, ("report.forwarded", {"by": by.pk}, {"to": to, "reason": reason}))

    def _settle_otherwise(self, reason: str) -> list[Stage]:
        if self.is_settled:
            raise ReportSettled
        self.reason, self.closes_on = reason, None
        return self.note_missed()
