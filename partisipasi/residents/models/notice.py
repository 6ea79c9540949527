from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village

if TYPE_CHECKING:
    from .user import User

DIGEST_HOUR = time(6)
MONDAY = 0


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: "User") -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def unread_first(self) -> Self:
        """What is still to be read, then the rest, each with the newest first."""
        is_read = models.ExpressionWrapper(
            models.Q(read_at__isnull=False), output_field=models.BooleanField()
        )
        return self.order_by(is_read, "-at", "-pk")

    def due_for_mail(self, moment: datetime) -> Self:
        return self.filter(mail_at__lte=moment)

    def mark_read(self) -> int:
        """Their recipient has seen them; he needs no mail about them any more."""
        return self.unread().update(read_at=clock.now(), mail_at=None)


class Notice(VillageRow):
    """One sentence to one account about something that concerns it, and the page that tells more.

    It stands in the portal, and goes out by mail too where its recipient wishes so: at `mail_at`, once.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penerima"
    )
    # Whose doing it tells of: the text may name him, so it goes when he is forgotten.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tentang perbuatan",
    )
    kind = models.CharField("jenis", max_length=30)
    text = models.CharField("isi", max_length=300)
    path = models.CharField("halaman", max_length=300)
    # The followed page for whose sake it was told, so that a mail can offer to unfollow it.
    followed = models.CharField("halaman yang diikuti", max_length=300, blank=True)
    key = models.CharField("kunci", max_length=120, blank=True)
    at = models.DateTimeField("pada", default=clock.now)
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)
    mail_at = models.DateTimeField("dikirim lewat surel mulai", null=True, blank=True)
    mailed_at = models.DateTimeField("terkirim lewat surel pada", null=True, blank=True)

    objects = ScopedManager(NoticeQuerySet)

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "recipient", "key"],
                condition=~models.Q(key=""),
                name="told_once_by_key",
                violation_error_message="Pemberitahuan ini sudah disampaikan.",
            )
        ]
        indexes = [
            models.Index(fields=["village", "recipient", "-at", "-id"]),
            models.Index(fields=["village", "at"]),
            models.Index(
                fields=["village", "recipient"],
                condition=models.Q(read_at__isnull=True),
                name="notices_unread",
            ),
            models.Index(
                fields=["village", "mail_at"],
                condition=models.Q(mail_at__isnull=False),
                name="notices_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("notice_open", args=[self.pk])


class FollowQuerySet(models.QuerySet["Follow"]):
    def standing(self) -> Self:
        """Those not given up."""
        return self.filter(ended_at__isnull=True)

    def of(self, user: "User") -> Self:
        return self.filter(user=user)


class Follow(VillageRow):
    """An account wants to hear what happens on a page. Given up, the row stays, so that writing there does not
    begin it anew."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="akun")
    path = models.CharField("halaman", max_length=300)
    title = models.CharField("judul", max_length=200)
    began_at = models.DateTimeField("sejak", default=clock.now)
    ended_at = models.DateTimeField("berhenti pada", null=True, blank=True)

    objects = ScopedManager(FollowQuerySet)

    class Meta:
        verbose_name = "halaman yang diikuti"
        verbose_name_plural = "halaman yang diikuti"
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "user", "path"],
                name="a_page_is_followed_once",
                violation_error_message="Halaman ini sudah Anda ikuti.",
            )
        ]
        indexes = [models.Index(fields=["village", "path"])]

    def __str__(self) -> str:
        return self.title


class NoticePreferenceQuerySet(models.QuerySet["NoticePreference"]):
    def of(self, user: "User") -> "NoticePreference":
        """What this account chose here, or what holds for who chose nothing (not saved)."""
        return self.filter(user=user).first() or NoticePreference(user=user)

    def by_user(self, users: Iterable["User"]) -> dict[int, "NoticePreference"]:
        return {chosen.user_id: chosen for chosen in self.filter(user__in=users)}


class NoticePreference(VillageRow):
    """How an account wants to hear from this village: when by mail, and what not at all."""

    class Mail(models.TextChoices):
        AT_ONCE = "segera", "Segera, satu surel untuk setiap pemberitahuan"
        DAILY = "harian", "Sekali sehari, pagi pukul 06.00"
        WEEKLY = "mingguan", "Sekali seminggu, Senin pukul 06.00"
        NEVER = "tidak", "Tidak lewat surel; saya melihatnya di portal"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="akun")
    mail = models.CharField("surel", max_length=10, choices=Mail, default=Mail.AT_ONCE)
    off = ArrayField(models.CharField(max_length=30), verbose_name="jenis yang dimatikan", default=list)

    objects = ScopedManager(NoticePreferenceQuerySet)

    class Meta:
        verbose_name = "pengaturan pemberitahuan"
        verbose_name_plural = "pengaturan pemberitahuan"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["village", "user"], name="notice_preference_once")]

    def __str__(self) -> str:
        return self.get_mail_display()

    @property
    def is_digest(self) -> bool:
        return self.mail in {self.Mail.DAILY, self.Mail.WEEKLY}

    def wants_mail_of(self, notice: Notice) -> bool:
        return self.mail != self.Mail.NEVER and notice.kind not in self.off

    def mail_at(self, moment: datetime) -> datetime | None:
        """When a notice of `moment` goes out by mail: the next digest in the village's time zone; None for never."""
        if self.mail == self.Mail.NEVER:
            return None
        if self.mail == self.Mail.AT_ONCE:
            return moment
        zone = current_village().zone
        here = timezone.localtime(moment, zone)
        day = here.date() + timedelta(days=here.time() >= DIGEST_HOUR)
        if self.mail == self.Mail.WEEKLY:
            day += timedelta(days=(MONDAY - day.weekday()) % 7)
        return datetime.combine(day, DIGEST_HOUR, tzinfo=zone)

    @classmethod
    @transaction.atomic
    def choose(cls, user: "User", *, mail: str, off: Iterable[str] = ()) -> "NoticePreference":
        """From now on like this; what still waits for its mail waits for the newly chosen time."""
        values: dict[str, Any] = {"mail": mail, "off": sorted(set(off))}
        chosen, _ = cls.objects.update_or_create(user=user, defaults=values)
        waiting = Notice.objects.of(user).filter(mail_at__isnull=False)
        waiting.update(mail_at=chosen.mail_at(clock.now()))
        return chosen
