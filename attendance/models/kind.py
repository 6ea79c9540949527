from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction

from attendance.quorum import USUAL, WRITTEN, Quorum
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.residents.models import Body, Role, Unsur

from .keeping import KeepingTerms
from .papers import MONEY, Indicator, PaperKind, usual_papers


class SheetColumn(models.TextChoices):
    """What a column of the sheet asks; the values are those of `sheet.Field`."""

    NUMBER = "number", "No."
    NAME = "name", "Nama"
    ROLE = "role", "Unsur/Jabatan"
    SEX = "sex", "L/P"
    AGE_GROUP = "age_group", "Umur"
    ADDRESS = "address", "Alamat"
    NEIGHBOURHOOD = "neighbourhood", "RT/RW"
    HAMLET = "hamlet", "Dusun"
    INSTITUTION = "institution", "Instansi"
    PHONE = "phone", "No. HP"
    TIME = "time", "Waktu"
    REMARK = "remark", "Ket."
    SIGNATURE = "signature", "Tanda Tangan"


def usual_columns() -> list[str]:
    """The columns of a real Musdes sheet (domain: 1.1, layout B) with L/P, which reports ask for."""
    return [
        SheetColumn.NUMBER,
        SheetColumn.NAME,
        SheetColumn.SEX,
        SheetColumn.ROLE,
        SheetColumn.ADDRESS,
        SheetColumn.SIGNATURE,
    ]


def is_a_quorum(text: str) -> None:
    """Raises ValidationError where the text is no part of the seats, as 2/3 is one."""
    try:
        Quorum.read(text)
    except ValueError:
        raise ValidationError(
            "Tulis sebagai pecahan yang tidak lebih dari seluruhnya, misalnya 2/3 atau 1/2."
        ) from None


class ActivityKindQuerySet(models.QuerySet["ActivityKind"]):
    def seed(self) -> None:
        """Give the village in scope the kinds of `attendance.kinds` that it lacks. Twice is the same as once."""
        from attendance.kinds import STANDARD_KINDS

        for order, standard in enumerate(STANDARD_KINDS, start=1):
            fields: dict[str, Any] = standard.fields
            kind, made = ActivityKind.objects.get_or_create(
                code=standard.code, defaults=fields | {"order": order}
            )
            if made:
                for place, signatory in enumerate(standard.signatories, start=1):
                    kind.signatories.create(order=place, **signatory)


class ActivityKind(KeepingTerms, VillageRow):
    """A kind of activity and what its Daftar Hadir looks like: columns, who signs, what the public sees.

    Each village has its own rows, begun from `attendance.kinds` (domain: 1.4), and edits them.
    """

    code = models.SlugField("kode", max_length=30, help_text="Tetap, dipakai pada alamat dan catatan publik.")
    name = models.CharField("nama", max_length=80)
    order = models.PositiveSmallIntegerField("urutan", default=0)
    organiser = models.CharField("penyelenggara", max_length=120, blank=True, default="Pemerintah Desa")
    sheet_title = models.CharField("judul lembar", max_length=80, default="Daftar Hadir")
    columns = ArrayField(
        models.CharField(max_length=16, choices=SheetColumn),
        verbose_name="kolom daftar hadir",
        default=usual_columns,
        help_text="Urut dari kiri. Mintalah data sesedikit mungkin.",
    )
    papers = ArrayField(
        models.CharField(max_length=12, choices=PaperKind),
        verbose_name="kelengkapan bukti",
        default=usual_papers,
        blank=True,
        help_text="Dokumen yang diperlukan agar bukti kegiatan jenis ini lengkap.",
    )
    report_days = models.PositiveSmallIntegerField(
        "laporan penyelenggaraan paling lambat (hari kerja)",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Sesudah kegiatan; berlaku bila laporan penyelenggaraan termasuk kelengkapan bukti.",
    )
    indicator = models.CharField(
        "bukti untuk indikator KPK",
        max_length=5,
        choices=Indicator,
        blank=True,
        help_text="Desa Antikorupsi, komponen 4. Setiap kegiatan dapat menentukannya sendiri.",
    )
    by_invitation = models.BooleanField(
        "dengan undangan",
        default=True,
        help_text="Bila tidak dicentang, rekapitulasi tidak menyebut jumlah undangan.",
    )
    quorum = models.CharField(
        "kuorum",
        max_length=5,
        default=USUAL,
        blank=True,
        validators=[is_a_quorum],
        help_text=(
            "Bagian kursi undangan yang harus terisi, misalnya 2/3 atau 1/2. Wakil dihitung; yang hadir tanpa undangan "
            "tidak. Kosongkan bila kegiatan jenis ini tidak memerlukan kuorum. Kegiatan yang daftar hadirnya sudah "
            "ditutup tidak berubah."
        ),
    )
    wait_hours = models.PositiveSmallIntegerField(
        "tanpa kuorum, ditunda paling lama (jam)",
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text="Langkah pertama bila kuorum belum terpenuhi. Kosongkan bila langkah ini tidak dipakai.",
    )
    wait_days = models.PositiveSmallIntegerField(
        "lalu diadakan lagi paling lambat (hari)",
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=(
            "Langkah kedua; sesudahnya musyawarah dilanjutkan dengan yang hadir. "
            "Kosongkan bila langkah ini tidak dipakai."
        ),
    )
    programme = models.TextField(
        "susunan acara",
        blank=True,
        max_length=4000,
        help_text=(
            "Satu butir pada satu baris, boleh diawali jam, misalnya 09.00 Pembukaan. Disalin ke kegiatan baru, dan "
            "menjadi butir acara notulennya."
        ),
    )
    rules = models.TextField(
        "tata tertib",
        blank=True,
        max_length=8000,
        help_text="Satu ketentuan pada satu baris. Disalin ke kegiatan baru, dan tampil pada halamannya untuk warga.",
    )
    in_bpd_books = models.BooleanField(
        "masuk buku BPD",
        default=False,
        help_text="Rapat jenis ini tercatat dalam buku daftar hadir dan buku notulen rapat BPD.",
    )
    names_public = models.BooleanField(
        "nama boleh tampil",
        default=True,
        help_text="Nama tetap hanya tampil bila desa memilih demikian. Jangan dicentang untuk kegiatan yang peka.",
    )
    signs_on_screen = models.BooleanField(
        "tanda tangan di layar",
        default=False,
        help_text="Meja presensi menawarkan tanda tangan dengan jari atau tetikus; tercetak pada lembar internal saja.",
    )
    retired_at = models.DateTimeField("tidak dipakai sejak", null=True, blank=True)

    objects = ScopedManager(ActivityKindQuerySet)

    class Meta:
        verbose_name = "jenis kegiatan"
        verbose_name_plural = "jenis kegiatan"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "code"],
                name="activity_kind_code_once",
                violation_error_message="Kode ini sudah dipakai jenis kegiatan lain.",
            ),
            models.CheckConstraint(
                condition=models.Q(columns__contains=[SheetColumn.NAME]),
                name="every_sheet_asks_the_name",
                violation_error_message="Kolom nama harus ada.",
            ),
            models.CheckConstraint(
                condition=models.Q(quorum="") | models.Q(quorum__regex=WRITTEN),
                name="quorum_is_a_fraction",
                violation_error_message="Tulis kuorum sebagai pecahan, misalnya 2/3.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def offer_unsur(self, chosen: Iterable[Unsur]) -> None:
        """Offer these alone where one says whom somebody represents; none of them means all."""
        wanted = {each.pk for each in chosen}
        offered = KindUnsur.objects.filter(kind=self)
        offered.exclude(unsur__in=wanted).delete()
        KindUnsur.objects.bulk_create(
            [KindUnsur(kind=self, unsur_id=pk) for pk in wanted], ignore_conflicts=True
        )

    @property
    def unsur_offered(self) -> models.QuerySet[Unsur]:
        """What is offered where one says whom somebody represents: those chosen for this kind, else all."""
        chosen = KindUnsur.objects.filter(kind=self)
        return Unsur.objects.filter(
            models.Q(pk__in=chosen.values("unsur")) | ~models.Exists(chosen.values("pk"))
        )

    @property
    def quorum_asked(self) -> Quorum | None:
        """None where nobody is invited, or no quorum is asked."""
        return Quorum.read(self.quorum) if self.by_invitation else None


class KindUnsur(VillageRow):
    """That an unsur is offered at activities of a kind."""

    kind = models.ForeignKey(ActivityKind, models.CASCADE, related_name="+", verbose_name="jenis")
    unsur = models.ForeignKey(Unsur, models.CASCADE, related_name="+", verbose_name="unsur")

    objects = ScopedManager()

    class Meta:
        verbose_name = "unsur yang ditawarkan"
        verbose_name_plural = "unsur yang ditawarkan"
        constraints = [models.UniqueConstraint(fields=["kind", "unsur"], name="unsur_offered_once_by_a_kind")]

    def __str__(self) -> str:
        return str(self.unsur)


class KindSignatory(VillageRow):
    """One signature under the sheets of a kind: whose, and where the name is found when it is printed.

    With a role it is the holder of that appointment on the day; with a position, the one who holds it in a body of
    that sort; with neither the line is left to the pen.
    """

    kind = models.ForeignKey(ActivityKind, models.CASCADE, related_name="signatories", verbose_name="jenis")
    paper = models.CharField(
        "pada lembar",
        max_length=12,
        choices=[(kind.value, kind.label) for kind in (PaperKind.ATTENDANCE, *MONEY)],
        default=PaperKind.ATTENDANCE,
        help_text="Tanda terima dan daftar pekerja tanpa penanda tangan di sini memakai yang lazim.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    heading = models.CharField("tajuk", max_length=60, blank=True, help_text="Misalnya Mengetahui,")
    text = models.CharField("sebagai", max_length=80, help_text="Tercetak di atas nama, misalnya Notulis.")
    role = models.CharField("dari penugasan", max_length=12, choices=Role, blank=True)
    body_kind = models.CharField("dari lembaga", max_length=10, choices=Body.Kind, blank=True)
    position = models.CharField("kedudukan", max_length=60, blank=True, help_text="Misalnya Sekretaris.")

    objects = ScopedManager()

    class Meta:
        verbose_name = "penanda tangan"
        verbose_name_plural = "penanda tangan"
        ordering = ["paper", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="") | models.Q(body_kind="", position=""),
                name="signatory_comes_from_one_source",
                violation_error_message="Pilih penugasan atau kedudukan dalam lembaga, jangan keduanya.",
            ),
            models.CheckConstraint(
                condition=models.Q(body_kind="", position="")
                | (~models.Q(body_kind="") & ~models.Q(position="")),
                name="signatory_position_has_a_body",
                violation_error_message="Isi lembaga dan kedudukannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.text}".strip()
