from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.files.models import StoredFile
from partisipasi.ledger.chain import record
from partisipasi.residents.models import User

from .activity import Activity
from .papers import MONEY, PaperKind

if TYPE_CHECKING:
    from .signed_scan import Scanned


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> Self:
        """Public documents of activities that this visitor may see."""
        return self.public().filter(activity__in=Activity.objects.visible_to(user))

    def in_bundle_for(self, user: User, activity: Activity) -> Self:
        """The bundle as this visitor may see it; the activity itself must be visible to him already."""
        return self if user.has_perm("attendance.view_internal", activity) else self.public()

    @transaction.atomic
    def file_signed(
        self, activity: Activity, files: "Iterable[Scanned]", *, kind: str, by: User
    ) -> list["Evidence"]:
        """Keep scans of a signed paper as internal evidence, recorded; a file that is there already stays one."""
        from partisipasi.files.intake import store

        Activity.objects.lock(activity.pk)
        stored = [store(each.upload, visibility=StoredFile.Visibility.INTERNAL) for each in files]
        held: dict[int, Evidence] = {each.file_id: each for each in self.filter(activity=activity, kind=kind)}
        fresh = [file for file in dict.fromkeys(stored) if file.pk not in held]
        for order, file in enumerate(fresh, start=len(held) + 1):
            which = f" ({order})" if order > 1 else ""
            held[file.pk] = self.create(
                activity=activity,
                kind=kind,
                title=f"{PaperKind(kind).label} bertanda tangan{which}",
                file=file,
                added_by=by,
                added_at=clock.now(),
            )
        if fresh:
            facts = {"activity": activity.pk, "kind": kind, "count": len(fresh)}
            sealed = {"files": " ".join(file.sha256 for file in fresh)}
            record("paper.filed", held[fresh[0].pk], facts, sealed=sealed)
        return [held[file.pk] for file in stored]

    def of_list(self) -> Self:
        return self.filter(kind=Evidence.Kind.ATTENDANCE)


class Evidence(VillageRow):
    """One document of an activity's evidence bundle (domain: 0): invitation, list, minutes, agreement, photo.

    A scan with signatures is internal; published is a version in which they are covered, or the counts alone.
    """

    Kind = PaperKind

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="evidence", verbose_name="kegiatan")
    kind = models.CharField("jenis bukti", max_length=12, choices=Kind)
    title = models.CharField("judul", max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="berkas")
    scan = models.ForeignKey(
        "attendance.SignedScan",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="evidence",
        verbose_name="pindaian",
    )
    is_public = models.BooleanField("publik", default=False)
    is_redacted = models.BooleanField(
        "tanda tangan sudah ditutup",
        default=False,
        help_text="Tanda tangan, NIK, nomor HP, dan alamat tidak terbaca pada berkas ini.",
    )
    added_at = models.DateTimeField("ditambahkan pada", default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ScopedManager(EvidenceQuerySet)

    class Meta:
        verbose_name = "bukti"
        verbose_name_plural = "bukti kegiatan"
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="daftar-hadir", is_public=True, is_redacted=False),
                name="public_list_has_no_signatures",
                violation_error_message=(
                    "Pindaian daftar hadir bertanda tangan tidak boleh publik. Unggah versi yang tanda "
                    "tangannya sudah ditutup, atau biarkan internal."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[kind.value for kind in MONEY], is_public=True),
                name="who_was_paid_how_much_is_internal",
                violation_error_message=(
                    "Tanda terima dan daftar upah memuat siapa dibayar berapa, jadi selalu internal."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self):
        return self.activity.region

    @property
    def file_name(self) -> str:
        return f"{slugify(self.title)[:60] or self.kind}{self.file.extension}"

    @property
    def is_public_photo(self) -> bool:
        """May it be shown as a picture on the activity's page?"""
        return self.kind == self.Kind.DOCUMENTATION and self.is_public and bool(self.file.preview)

    @property
    def internal_note(self) -> str:
        return f"{self.get_kind_display()} · internal"

    def get_absolute_url(self) -> str:
        return reverse("attendance:evidence_file", args=[self.activity_id, self.pk, self.file_name])

    @transaction.atomic
    def remove(self, by: User) -> None:
        """Take the document out of the bundle; that it was public and is no more stays in the ledger."""
        facts = {"activity": self.activity_id, "sha256": self.file.sha256}
        was_public, pk = self.is_public, self.pk
        self.delete()
        if was_public:
            self.pk = pk
            record("evidence.withdrawn", self, facts)
