"""What officials do with a report: verify, assign, tell how it goes, answer, write, close, reject, forward."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from partisipasi import clock
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.residents.models import Appointment
from partisipasi.village.models import Holiday

from .deadlines import REPLY_DAYS, Deadlines, Stage
from .event import Act, Audience
from .photo import ReportPhoto
from .refusals import NotAnswered, ReportSettled

if TYPE_CHECKING:
    from partisipasi.residents.models import Person, User

    from .category import Category
    from .event import ReportEvent


def office_of(user: "User | None") -> str:
    """The office in which somebody acts, as residents read it."""
    offices = user.appointments() if user else []
    return offices[0].title if offices else ""


class Handling(Deadlines):
    """The officials' side of a report. Each verb twice is the same as once, and two at once happen in turn."""

    assigned_to = models.ForeignKey(
        "residents.Person",
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="penanggung jawab",
    )
    assigned_office = models.CharField("jabatan penanggung jawab", max_length=80, blank=True, editable=False)
    assigned_at = models.DateTimeField("didisposisikan pada", null=True, editable=False)
    started_at = models.DateTimeField("diproses sejak", null=True, editable=False)
    first_answered_at = models.DateTimeField("pertama dijawab pada", null=True, editable=False)
    answered_on_time = models.BooleanField("dijawab tepat waktu", null=True, editable=False)
    replied_at = models.DateTimeField("dibalas pelapor pada", null=True, editable=False)
    closes_on = models.DateField("ditutup sendiri sesudah", null=True, editable=False)
    closed_at = models.DateTimeField("ditutup pada", null=True, editable=False)
    closed_how = models.CharField("cara ditutup", max_length=10, blank=True, editable=False)
    rejected_at = models.DateTimeField("ditolak pada", null=True, editable=False)
    forwarded_at = models.DateTimeField("diteruskan pada", null=True, editable=False)
    forwarded_to = models.CharField("diteruskan kepada", max_length=120, blank=True, editable=False)
    reason = models.TextField("alasan", max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        pk: int
        code: str
        category: Category
        events: Any
        region: Any
        released_at: Any
        public_title: str

        @property
        def account(self) -> User | None: ...
        @property
        def shown_audience(self) -> str: ...
        def told_as(self) -> str: ...
        def get_absolute_url(self) -> str: ...

    @property
    def is_settled(self) -> bool:
        return bool(self.closed_at or self.rejected_at or self.forwarded_at)

    # The pieces of a verb

    def hold(self, *, settled_too: bool = False) -> Self:
        """The row as it stands now, locked until the verb is over. Raises ReportSettled."""
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update(of=("self",)))
        if self.is_settled and not settled_too:
            raise ReportSettled
        return self

    def tell(
        self,
        act: str,
        text: str = "",
        *,
        by: "User | None" = None,
        audience: str = "",
        from_reporter: bool = False,
        nonce: UUID | None = None,
    ) -> "ReportEvent":
        """Write a line of the timeline."""
        told = {"nonce": nonce} if nonce else {}
        return self.events.create(
            act=act,
            at=clock.now(),
            official=by,
            office=office_of(by),
            text=text,
            audience=audience or Audience.EVERYBODY,
            from_reporter=from_reporter,
            **told,
        )

    def was_said(self, nonce: UUID | None) -> bool:
        """Did this form already leave its line?"""
        return bool(nonce and self.events.filter(nonce=nonce).exists())

    def inform(self, text: str, *, by: "User | None" = None) -> None:
        """Tell the reporter, and whoever follows the public page. The code and what happened, no content."""
        path = self.get_absolute_url()
        if self.account:
            notices.tell([self.account], "report", f"{self.told_as()} {text}", path=path, but=by)
        if self.released_at:
            told = f"Laporan \u201c{self.public_title}\u201d {text}"
            notices.tell_followers(path, "report", told, path=path, but=by or self.account)

    def save_all(self, missed: list[Stage], *records: tuple[str, dict[str, Any], dict[str, str]]) -> None:
        """Keep what a verb changed, then put it into the record, which is locked last."""
        self.save()
        for stage in missed:
            record("report.deadline_missed", self, {"stage": stage.name, "due": stage.due_on})
        for kind, facts, sealed in records:
            record(kind, self, facts, sealed=sealed)

    def _take_verified(self, by: "User | None") -> list[tuple[str, dict[str, Any], dict[str, str]]]:
        if self.verified_at:
            return []
        self.verified_at = clock.now()
        self.tell(Act.VERIFIED, by=by)
        on_time = clock.today() <= self.verify_due_on
        return [("report.verified", {"by": by.pk if by else None, "on_time": on_time}, {})]

    # The verbs

    @transaction.atomic
    def verify(self, *, by: "User", category: "Category | None" = None) -> None:
        """The village takes the matter up as its own; the category may be put right, and its deadline with it.

        Raises ReportSettled.
        """
        self.hold()
        if self.verified_at:
            return
        missed = self.note_missed()
        if category and category != self.category:
            self.category, self.deadline = category, category.deadline
            calendar = Holiday.objects.calendar()
            self.done_due_on = calendar.add_working_days(self.received_on, self.deadline)
        recorded = self._take_verified(by)
        self.inform("sudah diverifikasi.", by=by)
        self.save_all(missed, *recorded)

    @transaction.atomic
    def assign(self, *, to: "Person", by: "User", note: str = "", nonce: UUID | None = None) -> None:
        """*Disposisi*: `to` answers for it from now on. The note is for officials alone. Verifies what was not yet.

        Raises ReportSettled.
        """
        self.hold()
        if self.was_said(nonce) or (self.assigned_to_id == to.pk and not note):
            return
        missed, recorded = self.note_missed(), self._take_verified(by)
        offices = Appointment.objects.current(clock.today()).of(to).order_by("pk")
        self.assigned_to, self.assigned_at = to, clock.now()
        self.assigned_office = offices[0].title if offices else ""
        self.taken_up_at = self.taken_up_at or self.assigned_at
        self.tell(Act.ASSIGNED, self.assigned_office, by=by, nonce=nonce)
        if note:
            self.tell(Act.NOTED, note, by=by, audience=Audience.OFFICIALS)
        if to.user:
            told = f"{self.told_as()} didisposisikan kepada Anda."
            notices.tell([to.user], "report_work", told, path=self.get_absolute_url(), but=by)
        facts = {"by": by.pk, "to": to.pk}
        self.save_all(missed, *recorded, ("report.assigned", facts, {"note": note} if note else {}))

    @transaction.atomic
    def note_progress(
        self,
        text: str,
        *,
        by: "User",
        nonce: UUID | None = None,
        photos: Sequence[Any] = (),
        captions: Sequence[str] = (),
    ) -> None:
        """Tell, and show, how far it is. Raises ReportSettled, and Refused for a file that is no picture."""
        self.hold()
        if self.was_said(nonce):
            return
        missed, recorded = self.note_missed(), self._take_verified(by)
        self.started_at = self.started_at or clock.now()
        self.taken_up_at = self.taken_up_at or self.started_at
        told = self.tell(Act.PROGRESS, text, by=by, audience=self.shown_audience, nonce=nonce)
        ReportPhoto.objects.add(self, photos, captions, event=told)
        self.inform("mengalami perkembangan.", by=by)
        self.save_all(missed, *recorded)

    @transaction.atomic
    def answer(
        self,
        text: str,
        *,
        by: "User",
        for_everybody: bool = True,
        nonce: UUID | None = None,
        photos: Sequence[Any] = (),
        captions: Sequence[str] = (),
    ) -> None:
        """The village's answer. Without a reply the report closes by itself after ten working days.

        An answer not `for_everybody` is read by the reporter alone. Raises ReportSettled, and Refused for a file that
        is no picture.
        """
        self.hold()
        if self.was_said(nonce):
            return
        missed, recorded = self.note_missed(), self._take_verified(by)
        moment = clock.now()
        is_first = self.first_answered_at is None
        on_time = clock.today() <= self.done_due_on
        self.taken_up_at = self.taken_up_at or moment
        self.first_answered_at = self.first_answered_at or moment
        self.answered_on_time = on_time if is_first else self.answered_on_time
        self.answered_at, self.replied_at = moment, None
        self._wait_for_reply()
        audience = self.shown_audience if for_everybody else Audience.REPORTER
        told = self.tell(Act.ANSWERED, text, by=by, audience=audience, nonce=nonce)
        ReportPhoto.objects.add(self, photos, captions, event=told)
        self.inform("sudah dijawab.", by=by)
        facts = {"by": by.pk, "on_time": on_time}
        self.save_all(missed, *recorded, ("report.answered", facts, {"text": text}))

    @transaction.atomic
    def write_to_reporter(self, text: str, *, by: "User", nonce: UUID | None = None) -> None:
        """A word to the reporter alone: a question, a date. Raises ReportSettled."""
        self.hold()
        if self.was_said(nonce):
            return
        self.tell(Act.MESSAGE, text, by=by, audience=Audience.REPORTER, nonce=nonce)
        if self.answered_at:
            self.replied_at = None
            self._wait_for_reply()
        self.inform("mendapat pesan dari petugas.", by=by)
        self.save()

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

    def _wait_for_reply(self) -> None:
        self.closes_on = Holiday.objects.calendar().add_working_days(clock.today(), REPLY_DAYS)

    @property
    def received_on(self) -> Any:
        """The day of receipt in the village's time zone."""
        return timezone.localtime(self.received_at).date()
