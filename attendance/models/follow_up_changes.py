"""What an official changes about a follow-up, with a reason for everybody: its day, who answers for it, its end."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.residents.models import Body, Person, User
from partisipasi.village.words import full_date

from .follow_up_event import Act
from .refusals import Refusal

if TYPE_CHECKING:
    from .follow_up_event import FollowUpEvent


class Changing(VillageRow):
    """The officials' side of a follow-up. Each verb twice with one nonce is the same as once."""

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="penanggung jawab (orang)",
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="penanggung jawab (lembaga)",
    )
    due_on = models.DateField("tenggat")
    done_at = models.DateTimeField("selesai pada", null=True, editable=False)
    reminded_for = models.DateField(null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    if TYPE_CHECKING:
        objects: Any
        task: str
        events: Any
        resolution_id: int

        @property
        def responsible(self) -> Person | Body: ...
        def accounts(self) -> list[User]: ...
        def get_absolute_url(self) -> str: ...
        def index_words(self) -> None: ...
        def tell(self, act: str, text: str = "", **told: Any) -> FollowUpEvent: ...
        def tell_responsible(self, text: str, *, but: User | None = None, key: str = "") -> int: ...

    class Meta:
        abstract = True

    def hold(self, nonce: UUID, *, is_done: bool = False) -> bool:
        """Lock it and read it anew. Was this act done before? Raises Refusal where it is done with, or not yet."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))
        if self.events.filter(nonce=nonce).exists():
            return True
        if bool(self.done_at) != is_done:
            raise Refusal(f"Tindak lanjut ini {'belum' if is_done else 'sudah'} selesai.")
        return False

    def hand_to(self, whom: Person | Body, act: str, text: str, **told: Any) -> None:
        """Let this person or body answer for it; its history keeps who did before. Locked by the caller."""
        former = {"former_person": self.person, "former_body": self.body}
        self.person, self.body = (None, whom) if isinstance(whom, Body) else (whom, None)
        # Who is new to it is reminded anew of the day.
        self.reminded_for = None
        self.index_words()
        self.save(update_fields=["person", "body", "reminded_for", "search"])
        self.tell(act, text, **former, **told)

    @transaction.atomic
    def delay(self, due_on: date, reason: str, *, by: User, nonce: UUID) -> None:
        """Give it more time. The reason is public. Raises Refusal for a day that is over or not later."""
        if self.hold(nonce):
            return
        if due_on <= self.due_on or due_on < clock.today():
            raise Refusal(f"Pilih tenggat sesudah {full_date(self.due_on)}, hari ini atau nanti.")
        before, self.due_on = self.due_on, due_on
        self.save(update_fields=["due_on"])
        self.tell(Act.DELAYED, f"Tenggat menjadi {full_date(due_on)}. {reason}", by=by, nonce=nonce)
        self.tell_responsible(f"Tenggat menjadi {full_date(due_on)}: {self.task}", but=by)
        facts = {"resolution": self.resolution_id, "due_on": due_on, "due_before": before}
        record("follow_up.delayed", self, facts, sealed={"reason": reason})

    @transaction.atomic
    def reassign(self, responsible: Person | Body, reason: str, *, by: User, nonce: UUID) -> None:
        """Let another person or body answer for it. Both are told, and the reason is public.

        Raises Refusal where it is done with or lies in those hands already.
        """
        if self.hold(nonce):
            return
        if responsible == self.responsible:
            raise Refusal(f"Tindak lanjut ini sudah menjadi tanggung jawab {responsible}.")
        formerly = self.accounts()
        self.hand_to(responsible, Act.REASSIGNED, reason, by=by, nonce=nonce)
        path = self.get_absolute_url()
        text = f"Tidak lagi menjadi tanggung jawab Anda: {self.task}"
        notices.tell(formerly, "follow_up", text, path=path, but=by)
        self.tell_responsible(f"Tugas dialihkan kepada Anda: {self.task}", but=by)
        whom = {"body" if isinstance(responsible, Body) else "person": responsible.pk}
        facts = {"resolution": self.resolution_id, "due_on": self.due_on} | whom
        record("follow_up.reassigned", self, facts, sealed={"reason": reason})

    @transaction.atomic
    def reopen(self, due_on: date, reason: str, *, by: User, nonce: UUID) -> None:
        """Let what was told to be done be open again until a day. The reason is public.

        Raises Refusal where it is not done, and for a day that is over.
        """
        if self.hold(nonce, is_done=True):
            return
        if due_on < clock.today():
            raise Refusal("Tenggat itu sudah lewat. Pilih hari ini atau sesudahnya.")
        before, self.due_on, self.done_at = self.due_on, due_on, None
        self.save(update_fields=["due_on", "done_at"])
        self.tell(Act.REOPENED, f"Tenggat menjadi {full_date(due_on)}. {reason}", by=by, nonce=nonce)
        sentence = f"Dibuka kembali, tenggat {full_date(due_on)}: {self.task}"
        self.tell_responsible(sentence, but=by)
        notices.tell_followers(self.get_absolute_url(), "activity", sentence, but=by)
        facts = {"resolution": self.resolution_id, "due_on": due_on, "due_before": before}
        record("follow_up.reopened", self, facts, sealed={"reason": reason})
