"""Where a report stands, and the pieces of its verbs: hold the row, tell what happened, record it last."""

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.utils import timezone

from partisipasi import clock
from partisipasi.ledger.chain import record
from partisipasi.residents import notices

from .deadlines import Deadlines, Stage
from .event import Audience
from .refusals import ReportSettled

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .category import Category
    from .event import ReportEvent


def office_of(user: "User | None") -> str:
    """The office in which somebody acts, as residents read it."""
    offices = user.appointments() if user else []
    return offices[0].title if offices else ""


Record = tuple[str, dict[str, Any], dict[str, str]]
"""What goes into the record: the kind, the facts, and what is sealed."""


class Standing(Deadlines):
    """When what happened to a report, and to whom it was given."""

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

    def save_all(self, missed: list[Stage], *records: Record) -> None:
        """Keep what a verb changed, then put it into the record, which is locked last."""
        self.save()
        for stage in missed:
            record("report.deadline_missed", self, {"stage": stage.name, "due": stage.due_on})
        for kind, facts, sealed in records:
            record(kind, self, facts, sealed=sealed)

    @property
    def received_on(self) -> Any:
        """The day of receipt in the village's time zone."""
        return timezone.localtime(self.received_at).date()
