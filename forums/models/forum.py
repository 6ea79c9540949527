from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse

from forums.notices import MODERATE
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents.permissions import coverage

if TYPE_CHECKING:
    from partisipasi.residents.models import User

    from .topic import Topic

# Addresses of this room that no forum may take for itself.
TAKEN = frozenset(["aturan", "cari", "moderasi", "tanggapan", "tanggapan-saya", "topik"])
NEWEST = 3
SEEDED = (
    ("Umum", "umum", "Apa saja tentang desa yang tidak masuk forum lain."),
    ("Pembangunan", "pembangunan", "Jalan, irigasi, gedung: apa yang perlu, dan bagaimana jalannya."),
    ("Pelayanan desa", "pelayanan-desa", "Surat, bantuan, posyandu, sampah: yang dilayani kantor desa."),
)


def refuse_taken(slug: str) -> None:
    if slug in TAKEN:
        raise ValidationError("Alamat ini dipakai portal. Tulis alamat lain.")


class ForumQuerySet(models.QuerySet["Forum"]):
    def seed(self) -> None:
        """Give the village in scope the forums to begin with; what it has already stays as it is."""
        if self.exists():
            return
        self.bulk_create(
            self.model(name=name, slug=slug, description=text, order=order)
            for order, (name, slug, text) in enumerate(SEEDED, 1)
        )

    def current(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def moderated_by(self, user: Any) -> Self:
        """The forums in which this visitor moderates; a hamlet head's reach ends at his hamlet."""
        return self.filter(coverage(user, MODERATE).as_q("region"))

    def in_order(self) -> Self:
        return self.order_by("order", "name")

    def with_figures(self) -> Self:
        """Annotates `number_of_topics` and `newest_keys`, the keys of its newest topics."""
        from .topic import Topic

        listed = Topic.objects.listed().filter(forum=models.OuterRef("pk"))
        number = listed.order_by().values("forum").annotate(n=models.Count("pk")).values("n")
        return self.annotate(
            number_of_topics=Coalesce(models.Subquery(number), 0),
            newest_keys=ArraySubquery(listed.newest_activity().values("pk")[:NEWEST]),
        )


class Forum(VillageRow):
    """A room in which residents discuss one field of village life; a region's or a body's own, where it names one."""

    name = models.CharField("nama", max_length=80)
    slug = models.SlugField(
        "alamat", max_length=60, validators=[refuse_taken], help_text="Huruf kecil, angka, dan tanda hubung."
    )
    description = models.CharField(
        "keterangan", max_length=300, blank=True, help_text="Satu kalimat: apa yang dibicarakan di sini."
    )
    region = models.ForeignKey(
        "village.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name="wilayah",
        help_text="Bila forum ini milik satu dusun. Semua orang tetap boleh membaca dan menulis; kepala dusunnya "
        "ikut memoderasi.",
    )
    body = models.ForeignKey(
        "residents.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name="lembaga",
        help_text="Bila forum ini diasuh satu lembaga.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    archived_at = models.DateTimeField("diarsipkan pada", null=True, blank=True, editable=False)

    objects = ScopedManager(ForumQuerySet)

    class Meta:
        verbose_name = "forum"
        verbose_name_plural = "forum"
        ordering = ["order", "name"]
        permissions = [("archive_forum", "Dapat mengarsipkan forum")]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "slug"],
                name="forum_slug_once",
                violation_error_message="Alamat forum ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["village", "name"],
                name="forum_name_once",
                violation_error_message="Forum dengan nama ini sudah ada.",
            ),
        ]

    # What `with_figures` and `with_newest` have read for a whole list.
    number_of_topics: int
    newest_keys: list[int]
    newest: "list[Topic]"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forums:forum_detail", args=[self.slug])

    @property
    def whose(self) -> str:
        """For whom it is first of all, in a sentence; "" for a forum of everybody."""
        if self.region:
            return f"Terutama untuk warga {self.region}; semua orang boleh membaca dan ikut menulis."
        return f"Diasuh {self.body}." if self.body else ""

    @transaction.atomic
    def archive(self, *, by: "User") -> None:
        """Its topics stay readable at their addresses; nothing more is written."""
        if Forum.objects.current().filter(pk=self.pk).update(archived_at=clock.now()):
            record("forum.archived", self, {"by": by.pk})
        self.refresh_from_db(fields=["archived_at"])

    @transaction.atomic
    def reopen(self, *, by: "User") -> None:
        """Back among the others, as it was."""
        if Forum.objects.filter(pk=self.pk, archived_at__isnull=False).update(archived_at=None):
            record("forum.reopened", self, {"by": by.pk})
        self.refresh_from_db(fields=["archived_at"])


def with_newest(forums: list[Forum]) -> list[Forum]:
    """Give each forum of a list `with_figures` its newest topics, read at once."""
    from .topic import Topic

    keys = [key for forum in forums for key in forum.newest_keys]
    topics = Topic.objects.select_related("author", "person").in_bulk(keys)
    for forum in forums:
        forum.newest = [topics[key] for key in forum.newest_keys if key in topics]
    return forums
