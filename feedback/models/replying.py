"""What the reporter does, by account or with code and PIN: reply, accept, reopen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction

from partisipasi import clock
from partisipasi.residents import notices

from .event import Act, Audience
from .refusals import (
    NotAnswered,
    NotSettled,
    ReportSettled,
    TooLateToReopen,
    TooManyMessages,
)
from .settling import Settling

MESSAGES_A_DAY = 20
REOPENED_WITHIN = timedelta(days=30)
REOPENED_AT_MOST = 3


class Replying(Settling):
    """The reporter's side of a report; who it is says the view, a row says it only of those who gave a name."""

    reopened_at = models.DateTimeField("dibuka kembali pada", null=True, editable=False)
    reopened_times = models.PositiveSmallIntegerField("kali dibuka kembali", default=0, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def reply(self, text: str, *, nonce: UUID | None = None) -> None:
        """The reporter answers back: the report does not close by itself until an official has spoken.

        Raises ReportSettled, TooManyMessages.
        """
        self.hold()
        if self.was_said(nonce):
            return
        yesterday = clock.now() - timedelta(days=1)
        if self.events.filter(from_reporter=True, at__gt=yesterday).count() >= MESSAGES_A_DAY:
            raise TooManyMessages
        self.tell(Act.REPLY, text, audience=Audience.REPORTER, from_reporter=True, nonce=nonce)
        if self.answered_at:
            self.replied_at = clock.now()
        self._tell_handlers("dibalas pelapor.")
        self.save()

    @transaction.atomic
    def accept(self, text: str = "") -> None:
        """The reporter is content with the answer: the report is closed. Raises NotAnswered, ReportSettled."""
        self.hold(settled_too=True)
        if self.closed_at:
            return
        if self.is_settled:
            raise ReportSettled
        if not self.answered_at:
            raise NotAnswered
        if text:
            self.tell(Act.REPLY, text, audience=Audience.REPORTER, from_reporter=True)
        self.settle_closed("diterima", Act.ACCEPTED, from_reporter=True)

    @property
    def can_be_reopened(self) -> bool:
        settled_at = self.closed_at or self.rejected_at or self.forwarded_at
        return bool(
            settled_at
            and settled_at > clock.now() - REOPENED_WITHIN
            and self.reopened_times < REOPENED_AT_MOST
        )

    @transaction.atomic
    def reopen(self, text: str, *, nonce: UUID | None = None) -> None:
        """The matter is not settled after all: the promises begin anew. Raises NotSettled, TooLateToReopen."""
        self.hold(settled_too=True)
        if self.was_said(nonce):
            return
        if not self.is_settled:
            raise NotSettled
        if not self.can_be_reopened:
            raise TooLateToReopen
        self.closed_at = self.rejected_at = self.forwarded_at = None
        self.closed_how = self.forwarded_to = self.reason = ""
        self.answered_at = self.replied_at = self.started_at = None
        self.reopened_at, self.reopened_times = clock.now(), self.reopened_times + 1
        self.promise()
        self.tell(Act.REOPENED, from_reporter=True, nonce=nonce)
        self.tell(Act.REPLY, text, audience=Audience.REPORTER, from_reporter=True)
        self._tell_handlers("dibuka kembali oleh pelapor.")
        facts = {"times": self.reopened_times, "done_due": self.done_due_on}
        self.save_all([], ("report.reopened", facts, {}))

    def _tell_handlers(self, text: str) -> None:
        told, path = f"{self.told_as()} {text}", self.get_absolute_url()
        if self.assigned_to and self.assigned_to.user:
            notices.tell([self.assigned_to.user], "report_work", told, path=path)
        else:
            self.tell_officials("feedback.answer_report", told)

    def tell_officials(self, perm: str, text: str, **told: Any) -> None:
        """Tell those who may; of what was told in confidence only those who may read such reports."""
        if getattr(self, "is_confidential", False):
            perm = "feedback.view_confidential_report"
        notices.tell_officials(
            perm, "report_work", text, path=self.get_absolute_url(), region=self.region, **told
        )
