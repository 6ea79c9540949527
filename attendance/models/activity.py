from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from attendance.quorum import Quorum
from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.search import vector
from partisipasi.village.words import clock_time, figures, zone_word

from .activity_queries import ActivityQuerySet
from .holding import Holding
from .keeping import Keeping
from .kind import ActivityKind
from .order_of_the_day import item_of, lines_of
from .papers import NO_INDICATOR, Indicator
from .registering import Registering
from .telling import tell_changed, tell_moved

SHOWN_IN_CALENDARS = {"title", "venue", "region", "agenda", "organiser", "kind", "sessions"}


class Activity(Holding, Registering, Keeping, VillageRow):
    """A gathering of the village with a Daftar Hadir: an assembly, a training, a clean-up day."""

    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="activities", verbose_name="jenis")
    title = models.CharField(
        "judul", max_length=200, help_text="Misalnya: Musyawarah Desa Pembahasan RKP Desa Tahun 2025."
    )
    agenda = models.CharField(
        "acara", max_length=300, blank=True, help_text="Satu baris, tercetak pada daftar hadir."
    )
    description = models.TextField("keterangan", blank=True, help_text="Untuk warga, pada halaman kegiatan.")
    programme = models.TextField(
        "susunan acara",
        blank=True,
        max_length=4000,
        help_text=(
            "Satu butir pada satu baris, boleh diawali jam, misalnya 09.00 Pembukaan. "
            "Bila dikosongkan pada kegiatan baru, susunan acara dari jenisnya disalin."
        ),
    )
    rules = models.TextField(
        "tata tertib",
        blank=True,
        max_length=8000,
        help_text=(
            "Satu ketentuan pada satu baris. Bila dikosongkan pada kegiatan baru, tata tertib dari jenisnya disalin."
        ),
    )
    venue = models.CharField("tempat", max_length=120)
    region = models.ForeignKey(
        "village.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dusun",
        help_text="Kosongkan bila kegiatan untuk seluruh desa.",
    )
    organiser = models.CharField(
        "penyelenggara", max_length=120, blank=True, help_text="Kosongkan untuk memakai yang dari jenisnya."
    )
    names_public = models.BooleanField(
        "nama peserta tampil untuk umum",
        null=True,
        blank=True,
        help_text=(
            "Bila tidak ditentukan, ketentuan desa berlaku. "
            "Tanda tangan, nomor HP, dan alamat tidak pernah tampil."
        ),
    )
    signs_on_screen = models.BooleanField(
        "tanda tangan di layar",
        null=True,
        blank=True,
        help_text="Bila tidak ditentukan, jenis kegiatannya yang menentukan.",
    )
    indicator = models.CharField(
        "bukti untuk indikator KPK",
        max_length=5,
        choices=[*Indicator.choices, (NO_INDICATOR, "Bukan bukti indikator KPK")],
        blank=True,
        help_text="Kosongkan untuk memakai yang dari jenisnya.",
    )
    series = models.ForeignKey(
        "attendance.ActivitySeries",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="activities",
        verbose_name="rangkaian",
    )
    series_on = models.DateField("tanggal dalam rangkaian", null=True, editable=False)
    # The span of its sessions, kept by `add_session` and `tidy_times`, for lists.
    starts_at = models.DateTimeField("mulai", null=True, editable=False)
    until_at = models.DateTimeField("sampai", null=True, editable=False)
    moved_at = models.DateTimeField("berubah pada", null=True, editable=False)
    changes = models.TextField("perubahan yang diumumkan", blank=True, editable=False)
    created_at = models.DateTimeField("dibuat pada", default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    search = SearchVectorField(null=True, editable=False)

    objects = ScopedManager(ActivityQuerySet)

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("announce_activity", "Mengumumkan dan membatalkan kegiatan"),
            ("run_desk", "Mencatat kehadiran di meja presensi"),
            ("close_activity", "Menutup dan membuka kembali daftar hadir"),
            ("view_internal", "Melihat daftar hadir lengkap dan bukti internal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True),
                name="cancelled_activity_has_no_closed_list",
                violation_error_message="Kegiatan yang dibatalkan tidak mempunyai daftar hadir.",
            ),
            models.UniqueConstraint(fields=["series", "series_on"], name="one_activity_a_day_of_a_series"),
        ]
        indexes = [
            models.Index(fields=["village", "-starts_at"]),
            models.Index(fields=["village", "until_at"]),
            GinIndex(fields=["search"], name="activity_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("attendance:activity_detail", args=[self.pk])

    @property
    def facts_line(self) -> str:
        """One line for lists: kind, time, place, and how many came to what is closed."""
        start = timezone.localtime(self.starts_at, current_village().zone) if self.starts_at else None
        time = f"{clock_time(start)} {zone_word(current_village().zone)}" if start else ""
        came = (
            f"{figures(self.present_count)} hadir"
            if self.closed_at and hasattr(self, "present_count")
            else ""
        )
        open_to = f"pendaftaran dibuka, {self.places_line.lower()}" if self.is_registration_open else ""
        return " · ".join(
            filter(None, (self.kind.name, time, self.venue, str(self.region or ""), came, open_to))
        )

    @property
    def programme_lines(self) -> list[tuple[str, str]]:
        """Its order of the day: the time of each item where one is given, and the item."""
        return [item_of(line) for line in lines_of(self.programme)]

    @property
    def rule_lines(self) -> list[str]:
        return lines_of(self.rules)

    @property
    def change_lines(self) -> list[str]:
        """How it was put off, from first to last."""
        return self.changes.splitlines()

    @property
    def organiser_text(self) -> str:
        return self.organiser or self.kind.organiser

    @property
    def quorum_asked(self) -> Quorum | None:
        """The part of the seats that must be filled: the kind's, and that of its day once the list was closed."""
        return self.kind.quorum_asked if self.quorum is None else Quorum.read(self.quorum)

    @property
    def shows_names(self) -> bool:
        """May names stand on the public list? The village's choice, unless this activity or its kind says otherwise."""
        if not self.kind.names_public or self.names_forgotten_at:
            return False
        chosen = self.names_public
        return current_village().names_on_public_lists if chosen is None else chosen

    # Times

    @transaction.atomic
    def add_session(
        self, starts_at: datetime, ends_at: datetime | None = None, *, venue: str = "", name: str = ""
    ):
        """A sitting of this activity; without an end it lasts until it is over."""
        session = self.sessions.create(starts_at=starts_at, ends_at=ends_at, venue=venue, name=name)
        self.tidy_times()
        return session

    def tidy_times(self, *, tells: bool = True) -> None:
        """Let the activity's span be that of its sessions; called after these were changed.

        `tells`: whether those concerned hear of another beginning; not where the caller tells them more.
        """
        sessions = list(self.sessions.in_order())
        before, self.starts_at = self.starts_at, sessions[0].starts_at if sessions else None
        self.until_at = max((session.over_at for session in sessions), default=None)
        is_moved = bool(before and before != self.starts_at)
        if is_moved:
            self.moved_at = clock.now()
        self.save(update_fields=["starts_at", "until_at", "moved_at"])
        if is_moved and tells:
            tell_moved(self)

    def tell_public(self, sentence: str) -> None:
        """Let everybody read on its page what became of it; calendars fetch it anew."""
        self.changes = f"{self.changes}\n{' '.join(sentence.split())}".strip()
        self.moved_at = clock.now()
        self.save(update_fields=["changes", "moved_at"])

    def note_edits(self, edited: Iterable[str]) -> None:
        """Fields that calendars show were edited: they fetch it anew, and the invited hear of a new place."""
        edited = set(edited) & SHOWN_IN_CALENDARS
        if not edited or not self.announced_at:
            return
        self.moved_at = clock.now()
        self.save(update_fields=["moved_at"])
        if "venue" in edited:
            tell_changed(
                self,
                f"Tempat berubah: {self}, di {self.venue}.",
                f"tempat:{self.moved_at.timestamp():.0f}",
                None,
            )

    def index_words(self) -> None:
        """Let the search find it by what its texts say now; called after these were changed."""
        self.search = vector(
            (self.title, "A"),
            (self.kind.name, "B"),
            (self.agenda, "B"),
            (f"{self.venue} {self.region or ''}", "C"),
            (self.description, "D"),
        )
        self.save(update_fields=["search"])
        if training := getattr(self, "training", None):
            training.index_words()
        self.resolutions.all().index_words()  # type: ignore[attr-defined]

    @property
    def asks_signatures(self) -> bool:
        """Does the desk's screen ask for signatures? As its kind does, unless this activity says otherwise."""
        return self.kind.signs_on_screen if self.signs_on_screen is None else self.signs_on_screen

    def take_from_kind(self) -> None:
        """Begin with the kind's order of the day and rules, where nothing else was written; not saved yet."""
        self.programme = self.programme or self.kind.programme
        self.rules = self.rules or self.kind.rules
