"""Who signs the papers of a session, by the kind of its activity and the offices of its day."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from attendance.kinds import USUAL_SIGNATORIES
from attendance.models import ActivityKind, KindSignatory, PaperKind, Session
from attendance.sheet import Signatory, SignatureGroup
from partisipasi.residents.models import Appointment, Membership, Person, Role
from partisipasi.village.models import Region, Village

NIP_LENGTH = 18


def signatures_of(
    session: Session, village: Village, paper: PaperKind = PaperKind.ATTENDANCE
) -> Iterator[SignatureGroup]:
    """Who signs this paper of the session, by the kind of its activity, with the names on its day."""
    return signatures_on(session.day, session.activity.kind, village, paper, region=session.activity.region)


def signatures_on(
    day: date,
    kind: ActivityKind,
    village: Village,
    paper: PaperKind = PaperKind.ATTENDANCE,
    *,
    region: Region | None = None,
) -> Iterator[SignatureGroup]:
    """Who signs such a paper of this kind of activity on `day`, in `region` or for the whole village."""
    signing = [one for one in kind.signatories.all() if one.paper == paper]
    if not signing:
        signing = [KindSignatory(**usual) for usual in USUAL_SIGNATORIES.get(paper, ())]
    for heading, group in groupby(signing, key=lambda one: one.heading):
        yield SignatureGroup(tuple(_signatory(one, day, region, village) for one in group), heading)


def _signatory(one: KindSignatory, day: date, region: Region | None, village: Village) -> Signatory:
    role = one.text
    if one.role == Role.VILLAGE_HEAD and one.text == "Kepala Desa":
        role = f"{village.head_word} {village.name}"
    if one.role == Role.HAMLET_HEAD and region:
        role = f"{one.text} {region.name}"
    signing = _signing(one, day, region)
    if isinstance(signing, Appointment) and signing.is_deputy:
        role = f"{_deputising(signing)} {role}"
    person = signing.person if signing else None
    return Signatory(role, person.name if person else "", number_line(person))


def _signing(one: KindSignatory, day: date, region: Region | None) -> Appointment | Membership | None:
    """By which office or place somebody signs there on that day; None leaves the line to the pen."""
    if one.role:
        found = Appointment.objects.current(day).filter(role=one.role).select_related("person")
        held = list(found)
        if one.role == Role.HAMLET_HEAD:
            held = [each for each in held if region and region.path.startswith(each.region.path)]
        holder = next((each for each in held if not each.is_deputy), None)
        # While its holder is away, who stands in for him signs.
        return next((each for each in held if holder and each.deputy_for_id == holder.pk), holder)
    if one.body_kind:
        holding = Membership.objects.filter(body__kind=one.body_kind, position__iexact=one.position)
        return holding.select_related("person").first()
    return None


def _deputising(deputy: Appointment) -> str:
    """How a deputy is marked before the office: "Plh." unless his title says "Plt." or "Pj."."""
    first = deputy.title.split(" ", 1)[0]
    return first if first in {"Plt.", "Pj."} else "Plh."


def number_line(person: Person | None) -> str:
    """What stands under the name of who signs: `NIP 1980…`, `NIPD 33…`, or nothing."""
    if not person or not person.nipd:
        return ""
    digits = sum(sign.isdigit() for sign in person.nipd)
    return f"{'NIP' if digits == NIP_LENGTH else 'NIPD'} {person.nipd}"
