"""What officials do with a report until it is settled: verify, assign, tell how it goes, answer, write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from partisipasi import clock
from partisipasi.residents import notices
from partisipasi.residents.models import Appointment
from partisipasi.village.models import Holiday
from partisipasi.village.words import full_date

from .deadlines import REPLY_DAYS
from .event import Act, Audience
from .photo import ReportPhoto
from .standing import Record, Standing

if TYPE_CHECKING:
    from partisipasi.residents.models import Person, User

    from .category import Category


class Handling(Standing):
    """The officials' side of a report. Each verb twice is the same as once, and two at once happen in turn."""

    class Meta:
        abstract = True

    def _take_verified(self, by: "User", text: str = "") -> list[Record]:
        if self.verified_at:
            return []
        self.verified_at = clock.now()
        self.tell(Act.VERIFIED, text, by=by)
        on_time = clock.today() <= self.verify_due_on
        return [("report.verified", {"by": by.pk, "on_time": on_time, "done_due": self.done_due_on}, {})]

    # The verbs

    @transaction.atomic
    def verify(self, *, by: "User", category: "Category | None" = None) -> None:
        """The village takes the matter up as its own; the category may be put right, and its deadline with it.

        Raises ReportSettled.
        """
        self.hold()
        if self.verified_at:
            return
        missed, text = self.note_missed(), ""
        if category and category != self.category:
            self.category, self.deadline = category, category.deadline
            calendar = Holiday.objects.calendar()
            self.done_due_on = calendar.add_working_days(self.received_on, self.deadline)
            text = f"Kategori: {category}. Jawaban paling lambat {full_date(self.done_due_on)}."
        recorded = self._take_verified(by, text)
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

    def _wait_for_reply(self) -> None:
        self.closes_on = Holiday.objects.calendar().add_working_days(clock.today(), REPLY_DAYS)
