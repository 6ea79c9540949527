from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from attendance.models import Resolution
from forums.models import Topic
from partisipasi import clock
from partisipasi.db import ScopedManager
from partisipasi.ledger.chain import record
from partisipasi.residents import notices
from partisipasi.residents.handover import people_answering_for
from partisipasi.residents.models import Body, Membership, Person
from partisipasi.village.words import figures, rupiah

from .planning import Planning
from .project_event import MILESTONES, Act, ProjectEvent
from .project_queries import PROJECT_STATES, ProjectQuerySet

if TYPE_CHECKING:
    from partisipasi.residents.models import User

REPORT = "announcements.report_project"


class Project(Planning):
    """*Pembangunan*: something that the village builds or has built in a budget year, from plan to handover."""

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="pelaksana (orang)",
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="pelaksana (lembaga)",
    )
    resolution = models.ForeignKey(
        Resolution,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="putusan musyawarah",
    )
    activities = models.ManyToManyField(
        "attendance.Activity",
        blank=True,
        related_name="projects",
        verbose_name="kegiatan pengerjaan",
        help_text="Padat karya dan kerja bakti yang mengerjakannya; hari kerjanya (HOK) dihitung dari daftar upahnya.",
    )
    topic = models.OneToOneField(
        "forums.Topic",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="project",
        verbose_name="tanggapan",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="dicatat oleh",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diumumkan oleh",
    )

    objects = ScopedManager(ProjectQuerySet)

    class Meta:
        verbose_name = "pembangunan"
        verbose_name_plural = "pembangunan"
        ordering = ["-year", "-starts_on", "-pk"]
        permissions = [
            ("publish_project", "Mengumumkan, menghentikan, dan menyerahterimakan pembangunan"),
            ("report_project", "Melaporkan kemajuan pembangunan"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["village", "slug"], name="project_slug_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, body__isnull=True)
                | Q(person__isnull=True, body__isnull=False),
                name="a_project_has_one_who_carries_it_out",
                violation_error_message="Pilih tepat satu pelaksana: orang atau lembaga.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="a_project_ends_after_it_begins",
                violation_error_message="Rencana selesai tidak boleh mendahului rencana mulai.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_point_has_both_degrees",
                violation_error_message="Isi lintang dan bujur, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(percent=100, started_on__isnull=False),
                name="a_finished_project_is_all_done",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True) | (Q(finished_on__isnull=False) & ~Q(handed_to="")),
                name="what_is_handed_over_is_finished",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True) | (Q(finished_on__isnull=True) & ~Q(stopped_reason="")),
                name="a_stopped_project_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-year", "-starts_on", "-id"]),
            GinIndex(fields=["search"], name="project_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("announcements:project_detail", args=[self.slug])

    @property
    def place(self) -> Any:
        return self.region

    @property
    def responsible(self) -> Person | Body:
        return self.person or self.body  # type: ignore[return-value]

    @property
    def state(self) -> str:
        """Where it stands today, one of PROJECT_STATES."""
        if self.stopped_on:
            return "dihentikan"
        if self.handed_over_on:
            return "diserahterimakan"
        if self.finished_on:
            return "selesai"
        if self.late_days:
            return "terlambat"
        return "berjalan" if self.started_on else "direncanakan"

    @property
    def state_pill(self) -> tuple[str, str]:
        """Its state as a page shows it: the kind of pill and the word, with how late it is."""
        kind, word = PROJECT_STATES[self.state]
        return kind, f"{word} {figures(self.late_days)} hari" if self.state == "terlambat" else word

    @property
    def volume_words(self) -> str:
        return f"{figures(self.volume.normalize() if self.volume % 1 else self.volume // 1)} {self.unit}"

    @property
    def facts_line(self) -> str:
        """One line for lists: where, how much, for how much."""
        where = f"{self.location}, {self.region}" if self.region else self.location
        return f"{where} · {self.volume_words} · {rupiah(self.cost)}"

    @property
    def progress_line(self) -> str:
        """One line for lists: how far it is, what was spent, and why it is late or stopped."""
        told = f"Selesai {self.percent}%, terpakai {rupiah(self.spent)}." if self.started_on else ""
        if why := self.stopped_reason or (self.delay_reason if self.late_days else ""):
            told = f"{told} Alasan: {why}"
        return told.strip()

    def missing_photos(self, shown: list[ProjectEvent]) -> list[int]:
        """The milestones that it has passed without a photo; `shown` are the reports that have photos."""
        passed = [mark for mark in MILESTONES if self.started_on and self.percent >= mark]
        return [mark for mark in passed if not any(event.shows(mark) for event in shown)]

    # Who

    def accounts(self) -> list["User"]:
        """The accounts of whoever carries it out: his own, or those of the body's leaders."""
        if self.person:
            return [self.person.user] if self.person.user else []
        leading = Membership.objects.leading().filter(body=self.body, person__user__isnull=False)
        return [each.person.user for each in leading.select_related("person__user")]

    def can_be_reported_by(self, user: Any) -> bool:
        """May this visitor tell how far it is: who carries it out, his deputy, or an official for projects here?"""
        if not user.is_authenticated:
            return False
        if user.has_perm(REPORT, self):
            return True
        if self.person_id:
            return people_answering_for(user).filter(pk=self.person_id).exists()
        return Membership.objects.leading().filter(body=self.body_id, person__user=user).exists()

    def can_be_published_by(self, user: Any) -> bool:
        return user.has_perm("announcements.publish_project", self)

    def tell_followers(self, text: str, *, by: "User | None", key: str = "") -> None:
        notices.tell_followers(self.get_absolute_url(), "project", text, but=by, key=key)

    def tell_responsible(self, text: str, *, key: str) -> None:
        """Whoever carries it out, and the officials for projects here, the village's head among them."""
        path = self.get_absolute_url()
        notices.tell(self.accounts(), "project", text, path=path, key=key)
        notices.tell_officials(REPORT, "project", text, path=path, region=self.region, key=key)

    # What happens to its plan

    @transaction.atomic
    def publish(self, *, by: "User") -> None:
        """From now on everybody reads it and may comment. Published already: nothing happens."""
        stored = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if stored.published_at:
            return
        self.topic = Topic.objects.create_for_page(title=self.name, page_path=self.get_absolute_url())
        self.topic.open()
        self.published_at, self.published_by = clock.now(), by
        self.save(update_fields=["published_at", "published_by", "topic"])
        self.tell(Act.PUBLISHED, by=by)
        notices.tell_followers(
            reverse("announcements:project_list"),
            "project",
            f"Pembangunan baru: {self}.",
            path=self.get_absolute_url(),
            but=by,
            key=f"pembangunan:{self.pk}:terbit",
        )
        record("project.published", self, self._facts(), sealed={"title": self.name})

    @transaction.atomic
    def hand_to(self, person: Person) -> None:
        """Another person carries it out from now on; the office changed hands."""
        self.person = person
        self.save(update_fields=["person"])
        self.tell(Act.PASSED, "Serah terima jabatan.")
