from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User
from partisipasi.residents.permissions import coverage
from partisipasi.search import vector

from .activity import Activity
from .competence import Competence
from .kind import ActivityKind
from .refusals import Refusal
from .training_parts import TrainingMaterial


class TrainingQuerySet(models.QuerySet["Training"]):
    def visible_to(self, user: Any) -> Self:
        """Those of activities that this visitor may see."""
        return self.filter(activity__in=Activity.objects.visible_to(user).order_by())

    def within_reach(self, user: Any, perm: str) -> Self:
        return self.filter(coverage(user, perm).as_q("activity__region"))

    def with_line(self) -> Self:
        """With what a line of a list tells."""
        return self.select_related("activity__kind", "activity__region").prefetch_related("competences")

    def upcoming(self) -> Self:
        """Soonest first; without a time yet last."""
        later = Q(activity__until_at__gt=clock.now()) | Q(activity__until_at__isnull=True)
        return self.filter(later).order_by(F("activity__starts_at").asc(nulls_last=True), "pk")

    def past(self) -> Self:
        return self.filter(activity__until_at__lte=clock.now()).order_by("-activity__starts_at", "-pk")

    def last_changed_first(self) -> Self:
        """Each with `changed_at`: when it was announced, moved, called off or its list closed, whichever came last."""
        changes = ("announced_at", "moved_at", "cancelled_at", "closed_at")
        changed = Greatest(*(f"activity__{change}" for change in changes))
        return self.annotate(changed_at=changed).order_by("-changed_at", "-pk")

    def shared(self) -> Self:
        """Those that other villages may copy: announced, and not called off."""
        return self.filter(
            is_shared=True, activity__announced_at__lte=clock.now(), activity__cancelled_at__isnull=True
        )

    @transaction.atomic
    def copy(self, sheet: dict[str, Any], *, nonce: UUID, by: User) -> "Training":
        """A draft of this village's own from the public sheet of another's training (`attendance.training_sheet`).

        Materials come as titles and addresses; nobody comes along. The same nonce again is the same copy. Raises
        Refusal where the village has no kind of activity in use.
        """
        if copied := self.filter(copied_nonce=nonce).first():
            return copied
        try:
            with transaction.atomic():
                training = self._copied(sheet, nonce, by)
        except IntegrityError:
            # Sent twice at the same moment; anything else is no race.
            if copied := self.filter(copied_nonce=nonce).first():
                return copied
            raise
        record("training.copied", training, {"from": sheet["address"]})
        return training

    def _copied(self, sheet: dict[str, Any], nonce: UUID, by: User) -> "Training":
        kinds = ActivityKind.objects.filter(retired_at__isnull=True)
        kind = kinds.filter(code=TRAINING_KIND).first() or kinds.first()
        if kind is None:
            raise Refusal("Buat dahulu jenis kegiatan untuk pelatihan di ruang kerja.")
        activity = Activity.objects.create(
            kind=kind,
            title=sheet["title"][:200],
            agenda=sheet["agenda"][:300],
            created_by=by,
        )
        training = self.create(
            activity=activity,
            goals=sheet["goals"],
            hours=sheet["hours"],
            sessions_needed=sheet["sessions_needed"],
            next_competence=Competence.objects.named(sheet["next"]) if sheet["next"] else None,
            copied_from=sheet["address"][:500],
            copied_village=sheet["village"][:120],
            copied_at=clock.now(),
            copied_by=by,
            copied_nonce=nonce,
        )
        training.competences.set([Competence.objects.named(name) for name in sheet["competences"]])
        TrainingMaterial.objects.bulk_create(
            TrainingMaterial(
                training=training, order=order, title=each["title"][:160], address=each["address"][:500]
            )
            for order, each in enumerate(sheet["materials"], start=1)
        )
        activity.index_words()
        return training


TRAINING_KIND = "pelatihan"
"""The code of the kind of activity that a copied training has (`attendance.kinds`)."""


class Training(VillageRow):
    """*Pelatihan*: what an activity teaches, by whom, with which material, and what its participants can do afterwards.

    Time, place and who came are the activity's.
    """

    activity = models.OneToOneField(
        Activity, models.CASCADE, related_name="training", verbose_name="kegiatan"
    )
    goals = models.TextField(
        "tujuan", max_length=4000, help_text="Satu tujuan pada satu baris: apa yang dapat dilakukan peserta."
    )
    hours = models.PositiveSmallIntegerField(
        "jam pelajaran (JP)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Untuk seluruh pelatihan; tercetak pada sertifikat.",
    )
    sessions_needed = models.PositiveSmallIntegerField(
        "hadir sedikitnya (sesi)",
        default=1,
        validators=[MinValueValidator(1)],
        help_text="Berapa sesi yang harus dihadiri untuk memperoleh sertifikat.",
    )
    competences = models.ManyToManyField(Competence, related_name="trainings", verbose_name="kompetensi")
    next_training = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pelatihan berikutnya",
        help_text="Yang disarankan sesudah pelatihan ini.",
    )
    next_competence = models.ForeignKey(
        Competence,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kompetensi berikutnya",
        help_text="Bila belum ada pelatihannya.",
    )
    is_shared = models.BooleanField(
        "desa lain boleh menyalin",
        default=True,
        help_text="Yang disalin hanya tujuan, bahan, dan kompetensi; tidak ada data orang.",
    )
    # Where a copy came from: another village of the installation, named and not linked, since rows stay in one village.
    copied_from = models.URLField("disalin dari", max_length=500, blank=True, editable=False)
    copied_village = models.CharField("desa asal", max_length=120, blank=True, editable=False)
    copied_at = models.DateTimeField("disalin pada", null=True, editable=False)
    copied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    copied_nonce = models.UUIDField(null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(TrainingQuerySet)

    class Meta:
        verbose_name = "pelatihan"
        verbose_name_plural = "pelatihan"
        ordering = ["-activity__starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "copied_nonce"], name="training_copied_once"),
            models.CheckConstraint(
                condition=Q(next_training__isnull=True) | Q(next_competence__isnull=True),
                name="one_next_step",
                violation_error_message="Pilih pelatihan atau kompetensi berikutnya, jangan keduanya.",
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="training_search")]

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("attendance:training_detail", args=[self.activity_id])

    @property
    def place(self):
        return self.activity.region

    @property
    def goal_lines(self) -> list[str]:
        return [line.strip() for line in self.goals.splitlines() if line.strip()]

    @property
    def facts_line(self) -> str:
        """One line for lists: time, place, hours and what it teaches."""
        hours = f"{self.hours} JP" if self.hours else ""
        taught = ", ".join(each.name for each in self.competences.all())
        return " · ".join(filter(None, (self.activity.facts_line, hours, taught)))

    def hours_for(self, attended: int, sessions: int) -> int:
        """The hours of who came to `attended` of `sessions` sittings; what is begun does not count."""
        return (self.hours or 0) * attended // sessions if sessions else 0

    def index_words(self) -> None:
        """Let the search find it by what its texts say now; called after these were changed."""
        names = " ".join(each.name for each in self.competences.all())
        materials = " ".join(self.materials.values_list("title", flat=True))
        self.search = vector((self.activity.title, "A"), (names, "B"), (self.goals, "C"), (materials, "D"))
        self.save(update_fields=["search"])
