import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow
from partisipasi.ledger.chain import record
from partisipasi.residents import codes, notices
from partisipasi.residents.models import Person, User
from partisipasi.village.models import LetterNumber

from .activity import Activity
from .attendance import Attendance
from .refusals import ActivityCancelled, Refusal
from .training import Training

BOOK = "sertifikat"


@dataclass
class Earner:
    """Somebody on the lists of a training: the first line on which he stands, and to how many sessions he came."""

    attendance: Attendance
    sessions: int = 0


def present_at(training: Training) -> list[Earner]:
    """Everybody on the closed lists but those who led, by name; nobody once the names are gone.

    Who is in no address book is known by his name alone: the second of that name on one list is another person.
    """
    leading = set(training.leaders.filter(person__isnull=False).values_list("person_id", flat=True))
    found: dict[tuple[Any, int], Earner] = {}
    for session in training.activity.sessions.in_order():
        namesakes: dict[str, int] = {}
        for row in session.attendances.present().exclude(name="").in_order().select_related("person"):
            if row.person_id in leading and row.person_id:
                continue
            key: tuple[Any, int] = (row.person_id, 0)
            if not row.person_id:
                name = " ".join(row.name.casefold().split())
                namesakes[name] = namesakes.get(name, 0) + 1
                key = (name, namesakes[name])
            found.setdefault(key, Earner(row)).sessions += 1
    return sorted(found.values(), key=lambda each: (each.attendance.name.casefold(), each.attendance.pk))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_account(self, user: Any) -> Self:
        """Those of the person whom this account belongs to."""
        person = Person.objects.active().of(user)
        return self.filter(person=person) if person else self.none()

    def due(self, training: Training) -> list[Earner]:
        """Who earned one and never got one; what was withdrawn is given again one by one (`reissue`)."""
        given = self.filter(training=training)
        rows = set(given.values_list("attendance_id", flat=True))
        people = set(given.filter(person__isnull=False).values_list("person_id", flat=True))
        return [
            each
            for each in present_at(training)
            if each.sessions >= training.sessions_needed
            and each.attendance.pk not in rows
            and each.attendance.person_id not in people
        ]

    @transaction.atomic
    def issue(self, training: Training, by: User) -> int:
        """Give a certificate to everybody who earned one and has none; returns how many. Twice is the same as once.

        Raises ActivityCancelled, and Refusal where the list is open still.
        """
        activity = Activity.objects.lock(training.activity_id)
        if activity.cancelled_at:
            raise ActivityCancelled
        if not activity.closed_at:
            raise Refusal("Tutup dahulu daftar hadirnya: sertifikat diberikan kepada yang tercatat hadir.")
        facts = _facts_of(training)
        given = [self.give(training, each.attendance, facts, by) for each in self.due(training)]
        if not given:
            return 0
        told = [each.person.user for each in given if each.person and each.person.user]
        text = f"Sertifikat Anda sudah terbit: {activity}."
        key = f"sertifikat:{training.pk}:{given[0].pk}"
        notices.tell(told, "certificate", text, path=reverse("attendance:my_learning"), but=by, key=key)
        listed = json.dumps([[each.number, each.name] for each in given], ensure_ascii=False)
        record(
            "certificates.issued",
            training,
            {"activity": activity.pk, "count": len(given)},
            sealed={"list": listed},
        )
        return len(given)

    def give(
        self, training: Training, attendance: Attendance, facts: dict[str, Any], by: User, **fields: Any
    ) -> "Certificate":
        """One more, with the next number of the book; `facts` of the training, `fields` over those of the list."""
        number = LetterNumber.objects.give(BOOK, f"Sertifikat {training}"[:200])
        own = {"person": attendance.person, "name": attendance.name} | fields
        return self.create(
            training=training,
            attendance=attendance,
            number=number.text,
            code=codes.new(),
            issued_on=number.given_on,
            issued_at=clock.now(),
            issued_by=by,
            **facts,
            **own,
        )


def _facts_of(training: Training) -> dict[str, Any]:
    """What a certificate says of the training, whatever is changed there later."""
    days = [session.day for session in training.activity.sessions.in_order()]
    return {
        "title": training.activity.title,
        "began_on": days[0],
        "ended_on": max(days),
        "hours": training.hours,
        "competences": [each.name for each in training.competences.all()],
    }


class Certificate(VillageRow):
    """*Sertifikat*: that somebody took part in a training, under a number of the village's book, checked by its code.

    The number is given once. What was wrong is withdrawn with a reason, and given anew under another number.
    """

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="certificates", verbose_name="pelatihan"
    )
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, related_name="certificates", verbose_name="kehadiran"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="orang"
    )
    name = models.CharField("nama", max_length=120)
    title = models.CharField("pelatihan", max_length=200)
    began_on = models.DateField("mulai")
    ended_on = models.DateField("sampai")
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)", null=True, blank=True)
    competences = ArrayField(models.CharField(max_length=80), verbose_name="kompetensi", default=list)
    number = models.CharField("nomor", max_length=120)
    code = models.CharField("kode", max_length=codes.LENGTH)
    issued_on = models.DateField("tanggal sertifikat")
    issued_at = models.DateTimeField("diterbitkan pada")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("ditarik pada", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("alasan penarikan", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replacement", verbose_name="pengganti dari"
    )

    objects = ScopedManager(CertificateQuerySet)

    class Meta:
        verbose_name = "sertifikat"
        verbose_name_plural = "sertifikat"
        ordering = ["name", "pk"]
        permissions = [("issue_certificate", "Menerbitkan dan menarik sertifikat")]
        constraints = [
            models.UniqueConstraint(fields=["village", "number"], name="certificate_number_once"),
            models.UniqueConstraint(fields=["village", "code"], name="certificate_code_once"),
            models.UniqueConstraint(
                fields=["attendance"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_certificate_for_a_line_of_the_list",
            ),
            models.UniqueConstraint(
                fields=["training", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_certificate_of_a_training_for_a_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="a_withdrawn_certificate_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["village", "person"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page on which anybody checks it."""
        return reverse("certificates:certificate_check", args=[self.written_code])

    @property
    def place(self):
        return self.training.activity.region

    @property
    def written_code(self) -> str:
        return codes.written(self.code)

    @property
    def days(self) -> tuple[date, date]:
        return self.began_on, self.ended_on

    @transaction.atomic
    def withdraw(self, reason: str, by: User) -> None:
        """It counts no more, and its holder is told; the reason is for him and the office. Twice changes nothing."""
        if self._end(reason, by):
            self._tell("Sertifikat Anda ditarik", by)
            record("certificate.withdrawn", self, {"training": self.training_id}, sealed={"reason": reason})

    @transaction.atomic
    def reissue(self, name: str, reason: str, by: User) -> "Certificate":
        """The same under a new number and `name`, and this one counts no more; returns the new one, once.

        Raises Refusal where its holder asked to be forgotten.
        """
        Activity.objects.lock(self.training.activity_id)
        if given := Certificate.objects.filter(replaces=self).first():
            return given
        self.refresh_from_db()
        if not self.name:
            raise Refusal("Nama pemegang sertifikat ini sudah dihapus atas permintaannya.")
        self._end(reason, by)
        facts = {
            field: getattr(self, field) for field in ("title", "began_on", "ended_on", "hours", "competences")
        }
        fresh = Certificate.objects.give(
            self.training, self.attendance, facts, by, name=name, person=self.person, replaces=self
        )
        fresh._tell("Sertifikat Anda diganti", by)
        record("certificate.reissued", fresh, {"replaces": self.pk}, sealed={"reason": reason})
        return fresh

    def _end(self, reason: str, by: User) -> bool:
        standing = Certificate.objects.standing().filter(pk=self.pk)
        ended = standing.update(withdrawn_at=clock.now(), withdrawn_by=by, withdrawn_reason=reason)
        self.refresh_from_db(fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        return bool(ended)

    def _tell(self, what: str, by: User) -> None:
        if self.person and self.person.user:
            path = reverse("attendance:my_learning")
            notices.tell([self.person.user], "certificate", f"{what}: {self.title}.", path=path, but=by)
