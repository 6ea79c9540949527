import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.functional import cached_property

from partisipasi import clock
from partisipasi.db import Manager, village_scope
from partisipasi.village import letters
from partisipasi.village.contrast import accent_is_readable
from partisipasi.village.founding import lay_out_everything

HEX = r"^#[0-9a-f]{6}$"
HOST_NAME = r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"


class VillageQuerySet(models.QuerySet["Village"]):
    def with_first_host(self) -> Self:
        """Each with its first host, which `Village.url` then need not ask for."""
        first = Host.objects.filter(village=models.OuterRef("pk")).order_by("pk").values("name")[:1]
        return self.annotate(_first_host=models.Subquery(first))


class Village(models.Model):
    """One village: its identity, letterhead, words and settings. The root of everything scoped."""

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    class Band(models.TextChoices):
        KAWUNG = "kawung", "Kawung"
        PARANG = "parang", "Parang"
        TUMPAL = "tumpal", "Tumpal"
        PLAIN = "polos", "Polos"

    name = models.CharField("nama", max_length=80)
    code = models.CharField(
        "kode wilayah", max_length=13, blank=True, help_text="Kode Kemendagri, misalnya 33.01.01.2001."
    )
    area = models.ForeignKey(
        "village.Area", models.PROTECT, null=True, blank=True, verbose_name="wilayah nasional"
    )
    district = models.CharField("nama kecamatan", max_length=80)
    regency = models.CharField("nama kabupaten/kota", max_length=80)
    province = models.CharField("nama provinsi", max_length=80)

    village_word = models.CharField(
        "sebutan desa", max_length=30, default="Desa", help_text="Desa, Nagari, Kampung, Gampong, Pekon …"
    )
    district_word = models.CharField(
        "sebutan kecamatan", max_length=30, default="Kecamatan", help_text="Kecamatan, Distrik, Kapanewon …"
    )
    regency_word = models.CharField("sebutan kabupaten/kota", max_length=30, default="Kabupaten")
    head_word = models.CharField(
        "sebutan kepala desa",
        max_length=40,
        default="Kepala Desa",
        help_text="Kepala Desa, Perbekel, Wali Nagari, Keuchik …",
    )

    address = models.CharField("alamat kantor", max_length=200, blank=True)
    postcode = models.CharField("kode pos", max_length=5, blank=True)
    phone = models.CharField("telepon kantor", max_length=30, blank=True)
    email = models.EmailField("surel kantor", blank=True)
    office_hours = models.CharField(
        "jam pelayanan", max_length=120, blank=True, help_text="Misalnya: Senin–Jumat, 08.00–15.00."
    )
    complaints_address = models.CharField(
        "alamat pengaduan",
        max_length=200,
        blank=True,
        help_text="Wajib tercantum pada setiap publikasi anggaran.",
    )
    logo = models.ImageField("lambang", upload_to="lambang/", blank=True)

    accent = models.CharField(
        "warna aksen",
        max_length=7,
        blank=True,
        validators=[RegexValidator(HEX, "Tulis warna seperti #0d5c4d.")],
    )
    band = models.CharField("ragam hias", max_length=10, choices=Band, default=Band.KAWUNG)
    time_zone = models.CharField("zona waktu", max_length=20, choices=Zone, default=Zone.WIB)
    six_day_week = models.BooleanField(
        "enam hari kerja", default=False, help_text="Centang bila kantor buka Senin–Sabtu."
    )
    letter_format = models.CharField(
        "format nomor surat",
        max_length=80,
        default=letters.DEFAULT_FORMAT,
        validators=[letters.validate_format],
        help_text="Bagian yang tersedia: {klasifikasi}, {nomor}, {kode}, {bulan} (Romawi), {tahun}.",
    )
    letter_code = models.CharField("kode surat desa", max_length=20, blank=True)
    names_on_public_lists = models.BooleanField(
        "nama peserta tampil pada daftar hadir publik",
        default=False,
        help_text="Bila tidak dicentang, halaman publik hanya memuat jumlah peserta.",
    )
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)

    objects = Manager.from_queryset(VillageQuerySet)()

    class Meta:
        verbose_name = "desa"
        verbose_name_plural = "desa"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        if re.match(HEX, self.accent) and not accent_is_readable(self.accent):
            raise ValidationError(
                {"accent": "Warna ini terlalu muda untuk dibaca. Pilih yang lebih tua, misalnya #0d5c4d."}
            )

    @classmethod
    @transaction.atomic
    def found(cls, *, hosts: Iterable[str], **fields: Any) -> "Village":
        """A new village, reached under `hosts` (the first stands in absolute addresses), with its first lists."""
        village = cls(**fields)
        village.full_clean()
        village.save()
        for name in hosts:
            host = Host(village=village, name=name)
            host.full_clean()
            host.save()
        with village_scope(village):
            lay_out_everything()
        return village

    @property
    def full_name(self) -> str:
        return f"{self.village_word} {self.name}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def letter_number(self, number: int, on: date, classification: str = "") -> str:
        """Number `number` of a book as this village writes it: `140/007/DS-SKR/XII/2023`."""
        return letters.written(
            self.letter_format, number, on, code=self.letter_code, classification=classification
        )

    def url(self, path: str = "/") -> str:
        """The absolute address of `path` in this village, for mail, QR codes, PDFs and feeds; never the request's.

        Scheme and port are the installation's (`settings.SITE_ORIGIN`), the host is the village's first.
        """
        return urljoin(settings.SITE_ORIGIN.format(host=self._first_host), path)

    @cached_property
    def _first_host(self) -> str:
        host = self.hosts.order_by("pk").first()
        return host.name if host else "localhost"


class Host(models.Model):
    """A domain name under which a village is reached."""

    village = models.ForeignKey(Village, models.CASCADE, related_name="hosts", verbose_name="desa")
    name = models.CharField(
        "nama domain",
        max_length=253,
        unique=True,
        validators=[RegexValidator(HOST_NAME, "Tulis nama domain saja, misalnya sukaramah.desa.id.")],
        error_messages={"unique": "Nama domain ini sudah dipakai."},
    )

    objects = Manager()

    class Meta:
        verbose_name = "nama domain"
        verbose_name_plural = "nama domain"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Any = None) -> None:
        """Names are the same in small letters and without closing dot, so they are kept that way."""
        self.name = self.name.strip().lower().removesuffix(".")
        super().clean_fields(exclude=exclude)
