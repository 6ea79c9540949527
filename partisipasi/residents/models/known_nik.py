import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.residents import nik
from partisipasi.residents.naming import are_alike, plain_name

from .person import Person

if TYPE_CHECKING:
    from .user import User


class NikNotTaken(ValidationError):
    """This NIK and name verify nobody: one answer, whatever the reason."""

    def __init__(self) -> None:
        super().__init__(
            "NIK dan nama ini tidak dapat dipastikan di sini. Periksa lagi pada KTP atau KK, "
            "atau datanglah ke kantor desa.",
            code="nik",
        )


def name_mark(nik_mark: str, name: str) -> str:
    """What is kept of a listed name: the name can be checked with it and not read, and equal names do not show."""
    message = f"nik-name:{nik_mark}:{plain_name(name)}".encode()
    return hmac.new(settings.DATA_KEY, message, hashlib.sha256).hexdigest()


class KnownNikQuerySet(models.QuerySet["KnownNik"]):
    def unused(self) -> Self:
        return self.filter(person__isnull=True)

    @transaction.atomic
    def replace(self, listed: Mapping[str, str], *, by: "User") -> int:
        """The village's list is now `listed`: fingerprints of NIKs with those of their names. Answers what changed.

        Whoever was verified by an earlier list stays so, and his NIK stays used.
        """
        gone = self.unused().exclude(nik_mark__in=listed)
        changed = gone.delete()[0]
        kept = dict(self.values_list("nik_mark", "name_mark"))
        renamed = {mark for mark in kept.keys() & listed.keys() if kept[mark] != listed[mark]}
        changed += self.unused().filter(nik_mark__in=renamed).delete()[0]
        used = set(self.values_list("nik_mark", flat=True))
        new = [self.model(nik_mark=mark, name_mark=listed[mark]) for mark in listed if mark not in used]
        changed += len(self.bulk_create(new, ignore_conflicts=True, batch_size=1000))
        if changed:
            record("niks.listed", None, {"by": by.pk, "count": len(listed)})
        return changed

    @transaction.atomic
    def verify(self, number: str, name: str, *, by: "User") -> Person:
        """The holder of `by` gave a listed NIK and its name: he is verified, and the NIK is used.

        Raises ValidationError for what can be no NIK, NikNotTaken for all else.
        """
        mark = nik.fingerprint(number, current_village().pk)
        # The row's lock makes one of two who give the same NIK at once.
        known = self.unused().select_for_update().filter(nik_mark=mark).first()
        listed = Person.objects.filter(nik_hmac=mark).select_for_update(of=("self",)).first()
        if known is None or not known.is_named(name, listed):
            raise NikNotTaken
        holder = _holder(listed, mark, name, by)
        known.person = holder
        known.save(update_fields=["person"])
        if holder.user_id is None:
            holder.connect(by, by=by)
        holder.verify(by=by, how="nik")
        return holder


def _holder(listed: Person | None, mark: str, name: str, user: "User") -> Person:
    """The row of the address book to whom this account and NIK belong, made where there is none.

    Raises NikNotTaken where they belong to different people, or the person is gone or holds an office.
    """
    own = Person.objects.active().filter(user=user).select_for_update(of=("self",)).first()
    if listed is None and own is None:
        return Person.objects.create(name=" ".join(name.split()), nik_hmac=mark)
    if listed is None and own is not None:
        if own.nik_hmac or not are_alike(own.name, name):
            raise NikNotTaken
        own.nik_hmac = mark
        own.save(update_fields=["nik_hmac"])
        return own
    free = listed is not None and Person.objects.receiving_letters().filter(pk=listed.pk).exists()
    if listed is None or not free or listed.user_id not in {None, user.pk} or own not in {None, listed}:
        raise NikNotTaken
    return listed


class KnownNik(VillageRow):
    """A NIK on the list that the village brought, as fingerprint alone, and who was verified by it."""

    nik_mark = models.CharField(max_length=64, editable=False)
    name_mark = models.CharField(max_length=64, editable=False)
    person = models.OneToOneField(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="known_nik",
        verbose_name="orang",
    )

    objects = ScopedManager(KnownNikQuerySet)

    class Meta:
        verbose_name = "NIK terdaftar"
        verbose_name_plural = "NIK terdaftar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "nik_mark"],
                name="listed_nik_once_per_village",
                violation_error_message="NIK ini sudah ada dalam daftar.",
            )
        ]

    def __str__(self) -> str:
        return f"NIK terdaftar {self.pk}"

    def is_named(self, name: str, listed: Person | None) -> bool:
        """Is `name` the listed one, or nearly that of the person who gave this NIK at the office?"""
        same = hmac.compare_digest(self.name_mark, name_mark(self.nik_mark, name))
        return same or (listed is not None and are_alike(listed.name, name))
