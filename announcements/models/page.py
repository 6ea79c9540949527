"""Pages that stand still (*halaman*): the village's profile, history and vision, and what else it tells of itself."""

import hashlib
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from announcements import rich_text
from partisipasi import clock, search
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import canonical, record

from .publication import Publication, PublicationQuerySet

if TYPE_CHECKING:
    from partisipasi.residents.models import User

ADDRESS = r"^(/([^/]|$)|https://[^/])"
"""A place in this portal, or a whole address elsewhere; "//" would lead elsewhere without saying so."""
CONTENT = ("title", "body", "part", "order")


class PageQuerySet(PublicationQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The published; for who works on pages also drafts and the archive."""
        return self if user.has_perm("announcements.view_page") else self.published()

    def in_order(self) -> Self:
        return self.order_by("part", "order", "title", "pk")


class Page(Publication):
    """A page that is not news. Its address is made of its first title and stays."""

    recorded_as = "page"

    class Part(models.TextChoices):
        """What it tells of the village; the first three are what PerKI 1/2018 wants of its profile."""

        PROFILE = "1-profil", "Profil desa"
        HISTORY = "2-sejarah", "Sejarah"
        VISION = "3-visi-misi", "Visi dan misi"
        OTHER = "9-lain", "Halaman lain"

    title = models.CharField("judul", max_length=120)
    body = models.TextField("isi")
    part = models.CharField("bagian", max_length=12, choices=Part, default=Part.OTHER)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    pictures = models.ManyToManyField(
        "announcements.Picture", editable=False, verbose_name="gambar dalam teks"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="ditulis oleh",
    )
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    revised_at = models.DateTimeField("diubah pada", null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(PageQuerySet)

    class Meta:
        verbose_name = "halaman"
        verbose_name_plural = "halaman"
        ordering = ["part", "order", "title", "pk"]
        permissions = [("publish_page", "Dapat menerbitkan halaman")]
        constraints = [
            models.UniqueConstraint(fields=["village", "slug"], name="page_slug_once"),
            models.CheckConstraint(
                condition=models.Q(scheduled_at__isnull=True) | models.Q(published_at__isnull=True),
                name="a_published_page_is_not_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at__isnull=True)
                | (models.Q(published_at__isnull=False) & ~models.Q(archived_reason="")),
                name="an_archived_page_was_published_and_has_a_reason",
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="page_search")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcements:page_detail", args=[self.slug])

    @property
    def lead(self) -> str:
        """How it begins, for lists and shared links."""
        return rich_text.opening(self.body, 200)

    def can_be_published_by(self, user: Any) -> bool:
        return user.has_perm("announcements.publish_page")

    def content_hash(self) -> str:
        """The SHA-256 over its title and text."""
        return hashlib.sha256(canonical({"title": self.title, "body": self.body})).hexdigest()

    @transaction.atomic
    def write(self, *, by: "User") -> "Page":
        """Keep what was written so far as a new draft."""
        self.written_by = by
        self._tidy()
        self.save_under_free_slug(self.title, otherwise="halaman")
        self._link_pictures()
        return self

    @transaction.atomic
    def revise(self, *, by: "User") -> None:
        """Keep what was changed; of a published page the record keeps that and when."""
        before = self._locked().recorded_hash
        self._tidy()
        self.save(update_fields=[*CONTENT, "search"])
        self._link_pictures()
        fresh = self.content_hash()
        if self.published_at and fresh != before:
            self.recorded_hash, self.revised_at = fresh, clock.now()
            self.save(update_fields=["recorded_hash", "revised_at"])
            record("page.revised", self, {"before": before, "after": fresh})

    def appeared(self) -> None:
        """The menu leads to it by itself."""

    def disappeared(self) -> None:
        """The menu leaves it out by itself."""

    def _tidy(self) -> None:
        self.title = rich_text.printable(self.title)
        self.body = rich_text.clean(self.body)
        self.search = search.vector((self.title, "A"), (rich_text.plain(self.body), "C"))

    def _link_pictures(self) -> None:
        from .picture import Picture

        self.pictures.set(Picture.objects.filter(file__sha256__in=rich_text.picture_hashes(self.body)))


class MenuItemQuerySet(models.QuerySet["MenuItem"]):
    def top(self) -> Self:
        return self.filter(parent__isnull=True)

    def in_order(self) -> Self:
        return self.order_by("order", "pk")


class MenuItem(VillageRow):
    """One line of the menu that the village arranges itself: a page, another address, or a heading over others."""

    label = models.CharField("tulisan", max_length=60)
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="di bawah",
        help_text="Kosongkan untuk baris utama.",
    )
    page = models.ForeignKey(
        Page, models.CASCADE, null=True, blank=True, related_name="menu_items", verbose_name="halaman"
    )
    address = models.CharField(
        "alamat lain",
        max_length=300,
        blank=True,
        help_text="Alamat di portal ini seperti /anggaran/, atau alamat lengkap yang dimulai dengan https://.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ScopedManager(MenuItemQuerySet)

    class Meta:
        verbose_name = "baris menu"
        verbose_name_plural = "menu"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) | models.Q(address=""),
                name="a_menu_item_leads_to_one_place",
                violation_error_message="Pilih halaman atau tulis alamat, tidak keduanya.",
            ),
            models.CheckConstraint(
                condition=models.Q(address="")
                | (models.Q(address__regex=ADDRESS) & ~models.Q(address__regex="[[:space:]\"'<>\\\\]")),
                name="a_menu_address_is_one",
                violation_error_message="Tulis alamat seperti /anggaran/ atau https://….",
            ),
        ]
        indexes = [models.Index(fields=["village", "order"])]

    def __str__(self) -> str:
        return self.label

    @property
    def url(self) -> str:
        return self.page.get_absolute_url() if self.page else self.address

    def clean(self) -> None:
        """The menu has two levels, and a heading over nothing leads nowhere."""
        super().clean()
        self.label = rich_text.printable(self.label)
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": "Menu hanya dua tingkat: pilih baris utama."})
        if self.parent and self.pk and self.children.exists():
            raise ValidationError(
                {"parent": "Baris ini mempunyai baris di bawahnya, jadi tetap baris utama."}
            )
        if self.parent and not (self.page_id or self.address):
            raise ValidationError("Pilih halaman atau tulis alamatnya.")
