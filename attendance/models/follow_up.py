from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.residents.handover import people_answering_for
from partisipasi.residents.models import Body, Membership, Person, User
from partisipasi.search import vector
from partisipasi.village.models import Holiday
from partisipasi.village.words import figures, full_date, long_date

from .follow_up_changes import Changing
from .follow_up_event import Act, FollowUpEvent, FollowUpPhoto
from .follow_up_queries import FOLLOW_UP_STATES, FollowUpQuerySet
from .resolution import Resolution


class FollowUp(Changing):
    """*Tindak lanjut*: what somebody has to do because of a resolution, until when, and how far it is.

    Exactly one answers for it, a person or a body. Everybody reads it.
    """

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="follow_ups", verbose_name="putusan"
    )
    task = models.CharField("yang dikerjakan", max_length=200)
    first_due_on = models.DateField("tenggat semula")
    started_at = models.DateTimeField("dimulai pada", null=True, editable=False)
    missed_for = models.DateField(null=True, editable=False)
    set_at = models.DateTimeField("diberikan pada", default=clock.now, editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    nonce = models.UUIDField(default=uuid4, editable=False)

    objects = ScopedManager(FollowUpQuerySet)

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due_on", "pk"]
        permissions = [("set_follow_up", "Membagi, menunda, dan melaporkan tindak lanjut putusan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, body__isnull=True)
                | Q(person__isnull=True, body__isnull=False),
                name="follow_up_has_one_responsible",
                violation_error_message="Pilih tepat satu penanggung jawab: orang atau lembaga.",
            ),
            models.UniqueConstraint(fields=["resolution", "nonce"], name="a_follow_up_is_set_once"),
        ]
        indexes = [
            models.Index(fields=["village", "due_on"]),
            GinIndex(fields=["search"], name="follow_up_search"),
        ]

    def __str__(self) -> str:
        return self.task

    def get_absolute_url(self) -> str:
        return reverse("attendance:follow_up_detail", args=[self.pk])

    @property
    def place(self):
        return self.resolution.activity.region

    @property
    def responsible(self) -> Person | Body:
        return self.person or self.body  # type: ignore[return-value]

    @property
    def state(self) -> str:
        """Where it stands today: belum, berjalan, selesai or terlambat."""
        if self.done_at:
            return "selesai"
        if self.due_on < clock.today():
            return "terlambat"
        return "berjalan" if self.started_at else "belum"

    @property
    def state_pill(self) -> tuple[str, str]:
        """Its state as a page shows it: the kind of pill, and the word, with how late it is."""
        kind, word = FOLLOW_UP_STATES[self.state]
        late = (clock.today() - self.due_on).days
        return kind, f"{word} {figures(late)} hari" if self.state == "terlambat" else word

    @property
    def responsible_key(self) -> str:
        """The same for all that one person or body answers for."""
        return f"{self.person_id or ''}/{self.body_id or ''}"

    @property
    def responsible_line(self) -> str:
        """One line below its resolution: who answers for it, and until when."""
        return f"{self.responsible} · tenggat {long_date(self.due_on)}"

    @property
    def facts_line(self) -> str:
        """One line for lists: until when, and where it was resolved."""
        due = f"Tenggat {long_date(self.due_on)}"
        moved = f"semula {long_date(self.first_due_on)}" if self.due_on != self.first_due_on else ""
        return " · ".join(filter(None, (due, moved, str(self.resolution))))

    def index_words(self) -> None:
        """Let the search find it by its task, by what was resolved and by who answers for it; not saved yet."""
        self.search = vector((self.task, "A"), (self.resolution.text, "B"), (str(self.responsible), "C"))

    # Who

    def accounts(self) -> list[User]:
        """The accounts of whoever answers for it: his own, or those of the body's leaders."""
        if self.person:
            return [self.person.user] if self.person.user else []
        leading = Membership.objects.leading().filter(body=self.body, person__user__isnull=False)
        return [each.person.user for each in leading.select_related("person__user")]

    def is_worked_on_by(self, user: Any) -> bool:
        """May this visitor tell how far it is: who answers for it, his deputy, or an official who gives such tasks?"""
        if not user.is_authenticated:
            return False
        if user.has_perm("attendance.set_follow_up", self):
            return True
        if self.person_id:
            return people_answering_for(user).filter(pk=self.person_id).exists()
        return Membership.objects.leading().filter(body=self.body_id, person__user=user).exists()

    def tell_responsible(self, text: str, *, but: User | None = None, key: str = "") -> int:
        path = self.get_absolute_url()
        return notices.tell(self.accounts(), "follow_up", text, path=path, but=but, key=key)

    def tell(self, act: str, text: str = "", *, nonce: UUID | None = None, **told: Any) -> FollowUpEvent:
        """Put a line into its history."""
        return self.events.create(act=act, text=text, nonce=nonce or uuid4(), at=clock.now(), **told)

    # What happens to it

    @transaction.atomic
    def report(
        self,
        text: str,
        *,
        by: User,
        nonce: UUID,
        photos: Sequence[Any] = (),
        is_done: bool = False,
    ) -> None:
        """Tell and show how far it is, or that it is done. The same nonce twice is one report.

        Raises Refusal where it is done already, and `intake.Refused` for a file that is no picture.
        """
        if self.hold(nonce):
            return
        moment = clock.now()
        self.started_at = self.started_at or moment
        self.done_at = moment if is_done else None
        self.save(update_fields=["started_at", "done_at"])
        told = self.tell(Act.DONE if is_done else Act.PROGRESS, text, by=by, nonce=nonce)
        FollowUpPhoto.objects.add(told, photos)
        sentence = f"Selesai: {self.task}." if is_done else f"Perkembangan: {self.task}."
        notices.tell_followers(self.get_absolute_url(), "activity", sentence, but=by)
        if is_done:
            facts = {"resolution": self.resolution_id, "on_time": clock.today() <= self.due_on}
            record("follow_up.done", self, facts, sealed={"text": text})

    # What time makes due

    @transaction.atomic
    def remind(self) -> int:
        """Tell who answers for it that it falls due soon; once for each date."""
        taken = FollowUp.objects.to_remind(clock.today()).filter(pk=self.pk)
        if not taken.update(reminded_for=F("due_on")):
            return 0
        text = f"Tenggat {full_date(self.due_on)}: {self.task}"
        self.tell_responsible(text, key=f"tindak-lanjut:{self.pk}:ingat:{self.due_on}")
        return 1

    @transaction.atomic
    def note_missed(self) -> int:
        """Put that it is late into its history and the record, once for each date, and tell who has to know."""
        taken = FollowUp.objects.newly_late(clock.today()).filter(pk=self.pk, due_on=self.due_on)
        if not taken.update(missed_for=F("due_on")):
            return 0
        self.tell(Act.MISSED, f"Tenggat {full_date(self.due_on)} terlewat.")
        text, key = f"Terlambat: {self.task}", f"tindak-lanjut:{self.pk}:lewat:{self.due_on}"
        self.tell_responsible(text, key=key)
        path = self.get_absolute_url()
        perm = "attendance.set_follow_up"
        notices.tell_officials(perm, "follow_up", text, path=path, region=self.place, key=key)
        facts = {"resolution": self.resolution_id, "due_on": self.due_on}
        record("follow_up.deadline_missed", self, facts)
        return 1

    @property
    def is_noticed_late(self) -> bool:
        """Has a working day begun since it was due?"""
        return Holiday.objects.calendar().next_working_day(self.due_on) <= clock.today()
