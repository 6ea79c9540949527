"""What somebody learnt and led in the village's trainings: his own record, for himself."""

from dataclasses import dataclass, field

from django.db.models import Q

from attendance.models import Attendance, Certificate, Training, TrainingLeader
from partisipasi.residents.models import Person


@dataclass
class Learnt:
    """One training that somebody took part in."""

    training: Training
    attended: int = 0
    sessions: int = 0
    certificates: list[Certificate] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return self.training.hours_for(self.attended, self.sessions)


@dataclass
class Record:
    """What a person attended, newest first, what he led, and what that adds up to."""

    learnt: list[Learnt] = field(default_factory=list)
    led: list[TrainingLeader] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(each.hours for each in self.learnt)

    @property
    def competences(self) -> list[str]:
        """What the certificates that count say that he can do."""
        standing = [one for each in self.learnt for one in each.certificates if not one.withdrawn_at]
        return sorted({name for one in standing for name in one.competences})


def record_of(person: Person) -> Record:
    """The record of closed lists; what is still open may change. A certificate outlasts the names on the list."""
    rows = Attendance.objects.present().filter(person=person, session__activity__closed_at__isnull=False)
    attended: dict[int, int] = {}
    for activity in rows.values_list("session__activity", flat=True):
        attended[activity] = attended.get(activity, 0) + 1
    certified = Certificate.objects.standing().filter(person=person).order_by()
    nameless = Q(activity__names_forgotten_at__isnull=False, pk__in=certified.values("training"))
    trainings = Training.objects.with_line().filter(Q(activity__in=attended) | nameless)
    learnt = {
        each.pk: Learnt(
            each, attended.get(each.activity_id, each.sessions_needed), each.activity.sessions.count()
        )
        for each in trainings.order_by("-activity__starts_at", "-pk")
    }
    for certificate in Certificate.objects.filter(person=person).order_by("-issued_at", "-pk"):
        if certificate.training_id in learnt:
            learnt[certificate.training_id].certificates.append(certificate)
    leading = TrainingLeader.objects.filter(person=person, training__activity__announced_at__isnull=False)
    led = leading.select_related("training__activity").order_by("-training__activity__starts_at", "pk")
    return Record(list(learnt.values()), list(led))
