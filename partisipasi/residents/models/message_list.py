import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow

if TYPE_CHECKING:
    from partisipasi.residents.permissions import Coverage

    from .body import Body
    from .person import Person
    from .user import User

PERM = "residents.send_message"
NAME = "{nama}"
"""Where the text greets: the recipient's name takes its place."""

LINK = "{tautan}"
"""Where the text gives an address of the recipient's own; without one, the line that speaks of it is left out."""


class NobodyToTell(ValidationError):
    """A list of messages needs at least one person or body."""


class MessageListQuerySet(models.QuerySet["MessageList"]):
    def visible_to(self, user: Any) -> Self:
        """All lists for who may send to the whole village; whose office ends at a hamlet sees his own."""
        reach = user.coverage(PERM) if user.is_authenticated else None
        if not reach:
            return self.none()
        return self if reach.everywhere else self.filter(made_by=user)

    def with_progress(self) -> Self:
        """Annotates `of`, how many are to be told, and `told`, how many have been."""
        return self.annotate(
            of=models.Count("messages"),
            told=models.Count("messages", filter=models.Q(messages__told_at__isnull=False)),
        )

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")

    @transaction.atomic
    def make(
        self,
        *,
        title: str,
        text: str,
        people: "Iterable[Person]" = (),
        bodies: "Iterable[Body]" = (),
        path: str = "",
        by: "User",
        nonce: uuid.UUID | None = None,
    ) -> "MessageList":
        """A list of these people and bodies with one text. The same nonce again is the same list.

        Raises NobodyToTell for an empty one.
        """
        made, is_new = self.get_or_create(
            made_by=by, nonce=nonce or uuid.uuid4(), defaults={"title": title, "text": text, "path": path}
        )
        if is_new:
            rows = [Message(list=made, person=person) for person in people]
            rows += [Message(list=made, body=body) for body in bodies]
            if not rows:
                raise NobodyToTell("Pilih sedikitnya satu orang atau lembaga.")
            Message.objects.bulk_create(rows)
        return made


class MessageList(VillageRow):
    """People whom an official tells something by WhatsApp from his own phone: a ready text, ticked off one by one."""

    title = models.CharField("nama daftar", max_length=120)
    text = models.TextField("teks pesan", max_length=1500)
    path = models.CharField("halaman", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dibuat oleh"
    )
    made_at = models.DateTimeField("dibuat pada", default=clock.now)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ScopedManager(MessageListQuerySet)

    class Meta:
        verbose_name = "daftar pesan"
        verbose_name_plural = "daftar pesan"
        ordering = ["-made_at", "-pk"]
        permissions = [("send_message", "Mengirim pesan WhatsApp kepada warga")]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "made_by", "nonce"], name="a_message_list_is_made_once"
            )
        ]
        indexes = [models.Index(fields=["village", "-made_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("message_list_detail", args=[self.pk])

    def can_be_deleted_by(self, user: "User") -> bool:
        return self.made_by_id == user.pk


class MessageQuerySet(models.QuerySet["Message"]):
    def with_number(self) -> Self:
        """Annotates `number`, the phone number by which the recipient is reached, or ""."""
        told = [
            NullIf(name, models.Value("")) for name in ("person__phone", "person__user__phone", "body__phone")
        ]
        return self.annotate(number=Coalesce(*told, models.Value("")))

    def within(self, reach: "Coverage") -> Self:
        """Those whom this official's appointment reaches today."""
        return self.filter(reach.as_q("person__region") | reach.as_q("body__region"))

    def told(self) -> Self:
        return self.filter(told_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(told_at__isnull=True)

    def by_name(self) -> Self:
        return self.annotate(name=Coalesce("person__name", "body__name")).order_by("name", "pk")


class Message(VillageRow):
    """One recipient of a MessageList, and whether somebody has told him. It keeps no copy of name or number."""

    list = models.ForeignKey(MessageList, models.CASCADE, related_name="messages", verbose_name="daftar")
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="orang"
    )
    body = models.ForeignKey(
        "residents.Body", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="lembaga"
    )
    told_at = models.DateTimeField("disampaikan pada", null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="disampaikan oleh",
    )

    objects = ScopedManager(MessageQuerySet)

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, body__isnull=True)
                | models.Q(person__isnull=True, body__isnull=False),
                name="message_to_a_person_or_a_body",
                violation_error_message="Pilih satu: orang atau lembaga.",
            ),
            models.UniqueConstraint(fields=["list", "person"], name="a_person_is_on_a_list_once"),
            models.UniqueConstraint(fields=["list", "body"], name="a_body_is_on_a_list_once"),
        ]

    def __str__(self) -> str:
        return str(self.person or self.body)

    # How one reaches the recipient, where `with_number` has read it.
    number = ""

    # The address of the recipient's own, where the page that the list is about has one for him (`audiences`).
    link = ""

    @property
    def text(self) -> str:
        lines = self.list.text.split("\n")
        if not self.link:
            lines = [line for line in lines if LINK not in line]
        return "\n".join(lines).replace(LINK, self.link).replace(NAME, str(self))

    @property
    def whatsapp_url(self) -> str:
        """Opens WhatsApp with the text to this number typed in; "" for who has none."""
        return (
            f"https://wa.me/{self.number.lstrip('+')}?text={quote(self.text, safe='')}" if self.number else ""
        )

    def mark_told(self, *, by: "User") -> None:
        """`by` has told the recipient. Of two who tick it at once the first did."""
        Message.objects.waiting().filter(pk=self.pk).update(told_at=clock.now(), told_by=by)
        self.refresh_from_db(fields=["told_at", "told_by"])

    def mark_untold(self) -> None:
        """It was ticked by mistake."""
        self.told_at = self.told_by = None
        self.save(update_fields=["told_at", "told_by"])
