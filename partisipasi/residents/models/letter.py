from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow, current_village
from partisipasi.ledger.chain import record
from partisipasi.residents import codes

from .person import Person

if TYPE_CHECKING:
    from .user import User

VALID_FOR = timedelta(days=60)
"""How long a letter's code opens: long enough for an RT to hand the letters out."""

_PURPOSE = "verification-letter"


class CodeNotTaken(ValidationError):
    """The code opens nothing: one answer for wrong, old, used, revoked and other villages' codes."""

    def __init__(self) -> None:
        super().__init__(
            "Kode ini tidak dapat dipakai. Periksa lagi huruf dan angkanya pada surat, "
            "atau mintalah surat baru di kantor desa.",
            code="code",
        )


class AlreadySomebodyElse(ValidationError):
    """The account, or the name on the letter, is tied to another already: the office sorts it out."""


@dataclass(frozen=True)
class IssuedLetter:
    """A letter at the one moment when its code can be read."""

    letter: "VerificationLetter"
    code: str

    @property
    def person(self) -> Person:
        return self.letter.person


class VerificationLetterQuerySet(models.QuerySet["VerificationLetter"]):
    def unused(self) -> Self:
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def open(self) -> Self:
        """Letters whose codes open now."""
        return self.unused().filter(expires_at__gt=clock.now())

    @transaction.atomic
    def issue(self, people: models.QuerySet[Person], *, by: "User") -> list[IssuedLetter]:
        """A new letter for each of `people` who may get one; their earlier letters open nothing any more.

        The codes are in the answer and nowhere else. Who is verified or holds an office gets none.
        """
        # Each person's row is locked: two clerks printing at once leave one open letter, and who takes an office
        # meanwhile gets none.
        told = list(
            Person.objects.receiving_letters()
            .filter(pk__in=people.values("pk"))
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        self._revoke_of(told)
        issued = [self._drawn(person, by) for person in told]
        letters: Any = [each.letter for each in issued]
        self.bulk_create(letters)
        if issued:
            record("letters.issued", None, {"by": by.pk, "count": len(issued)})
        return issued

    def _revoke_of(self, people: Iterable[Person]) -> None:
        self.unused().filter(person__in=list(people)).update(revoked_at=clock.now())

    def _drawn(self, person: Person, by: "User") -> IssuedLetter:
        now, code = clock.now(), codes.new()
        letter = self.model(
            person=person,
            code_hash=codes.fingerprint(code, current_village().pk, _PURPOSE),
            issued_at=now,
            expires_at=now + VALID_FOR,
            issued_by=by,
        )
        return IssuedLetter(letter, code)

    @transaction.atomic
    def redeem(self, typed: str, *, by: "User") -> Person:
        """The holder of `by` has the letter: his account is tied to the letter's person, who is verified by it.

        A phone number that the address book and the account both name is confirmed as well. Raises CodeNotTaken, and
        AlreadySomebodyElse where the account or the person is tied to another: then the letter stays open.
        """
        code = codes.typed(typed)
        kept = codes.fingerprint(code, current_village().pk, _PURPOSE)
        letter = self.open().filter(code_hash=kept).first() if code else None
        if letter is None:
            raise CodeNotTaken
        # The person's row first, as when letters are issued; whoever comes second finds the letter used.
        person = Person.objects.receiving_letters().filter(pk=letter.person_id)
        holder = person.select_for_update(of=("self",)).first()
        if holder is None:
            raise CodeNotTaken
        _refuse_another(holder, by)
        if not self.open().filter(pk=letter.pk).update(used_at=clock.now()):
            raise CodeNotTaken
        if holder.user_id is None:
            holder.connect(by, by=by)
        by.trust_phone_of(holder)
        holder.verify(by=by, how="letter")
        return holder


def _refuse_another(holder: Person, user: "User") -> None:
    if holder.user_id not in {None, user.pk}:
        raise AlreadySomebodyElse(
            "Nama pada surat ini sudah terhubung dengan akun lain. Datanglah ke kantor desa dengan KTP atau KK."
        )
    if Person.objects.filter(user=user).exclude(pk=holder.pk).exists():
        raise AlreadySomebodyElse(
            "Akun ini sudah terhubung dengan nama lain di buku alamat desa. "
            "Datanglah ke kantor desa dengan KTP atau KK."
        )


class VerificationLetter(VillageRow):
    """A letter with a code by which a resident shows that an account is his. The code stands on the paper alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="letters", verbose_name="orang")
    code_hash = models.CharField(max_length=64, editable=False)
    issued_at = models.DateTimeField("dicetak pada")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicetak oleh"
    )
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True)
    revoked_at = models.DateTimeField("dibatalkan pada", null=True, blank=True)

    objects = ScopedManager(VerificationLetterQuerySet)

    class Meta:
        verbose_name = "surat kode"
        verbose_name_plural = "surat kode"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "code_hash"], name="letter_code_once_per_village"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_open_letter_per_person",
                violation_error_message="Orang ini masih mempunyai surat kode yang berlaku.",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="a_letter_is_used_or_revoked_not_both",
                violation_error_message="Surat yang sudah dipakai tidak dapat dibatalkan.",
            ),
        ]
        indexes = [models.Index(fields=["village", "-issued_at"])]

    def __str__(self) -> str:
        return f"Surat kode {self.person}"

    @property
    def state(self) -> str:
        """What has become of it, in one word."""
        if self.used_at:
            return "dipakai"
        if self.revoked_at:
            return "dibatalkan"
        return "berlaku" if self.expires_at > clock.now() else "kedaluwarsa"

    @transaction.atomic
    def revoke(self, *, by: "User") -> bool:
        """A letter that went to the wrong hands opens nothing any more. Answers whether it was open until now."""
        taken = VerificationLetter.objects.unused().filter(pk=self.pk).update(revoked_at=clock.now())
        self.refresh_from_db(fields=["used_at", "revoked_at"])
        if taken:
            record("letter.revoked", self, {"by": by.pk})
        return bool(taken)
