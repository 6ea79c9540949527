"""From the rows of a session to the description of its Daftar Hadir (`attendance.sheet`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from attendance.asked import privacy_notice
from attendance.models import (
    Activity,
    Attendance,
    Invitation,
    Postponement,
    Registration,
    ScreenSignature,
    Session,
)
from attendance.recorded import ledger_head
from attendance.sheet import (
    Column,
    Drawn,
    Fact,
    Field,
    Footer,
    Letterhead,
    Paper,
    Recap,
    Row,
    Sheet,
)
from attendance.signing import signatures_of
from attendance.tally import Tally
from partisipasi.db import current_village
from partisipasi.residents.models import Person
from partisipasi.village.models import Region, Village
from partisipasi.village.words import clock_time, figures


class Filling(StrEnum):
    """What stands in the rows: who came, who is invited, or nothing yet."""

    PRESENT = "hadir"
    INVITED = "undangan"
    EMPTY = "kosong"


@dataclass(frozen=True)
class SheetOptions:
    """How an official wants the sheet this time."""

    filling: Filling = Filling.PRESENT
    paper: Paper = Paper.A4
    blank_rows: int = 0
    columns: tuple[Field, ...] = ()


def sheet_of(session: Session, options: SheetOptions) -> Sheet:
    """The sheet of this session's list, with everything that is asked for."""
    activity, village = session.activity, current_village()
    columns = options.columns or tuple(map(Field, activity.kind.columns))
    gone = activity.names_gone if options.filling is not Filling.EMPTY else ""
    rows = () if gone else _rows(session, options.filling, signed=Field.SIGNATURE in columns)
    return Sheet(
        letterhead=letterhead_of(village),
        title=activity.kind.sheet_title,
        subtitle=activity.title,
        facts=_facts(session),
        columns=tuple(Column.of(field) for field in columns),
        attendees=tuple(rows),
        blank_rows=0 if gone else options.blank_rows,
        nobody=gone or Sheet.nobody,
        recap=_recap(session, options.filling),
        place=village.name,
        day=session.day,
        signatures=tuple(signatures_of(session, village)),
        footer=_footer(activity, village, options.filling),
        paper=options.paper,
    )


def letterhead_of(village: Village) -> Letterhead:
    """The kop surat with the village's own words for its kabupaten, kecamatan and desa."""
    contact = [f"Telepon {village.phone}" if village.phone else "", village.email]
    address = " ".join(filter(None, (village.address, village.postcode)))
    return Letterhead(
        lines=(
            f"Pemerintah {village.regency_word} {village.regency}",
            f"{village.district_word} {village.district}",
            village.full_name,
        ),
        address=address,
        contact=" · ".join(filter(None, contact)),
        logo=_logo(village),
    )


def _logo(village: Village) -> bytes | None:
    if not village.logo:
        return None
    try:
        with village.logo.open("rb") as picture:
            return picture.read()
    except FileNotFoundError:
        return None


def _facts(session: Session) -> tuple[Fact, ...]:
    activity = session.activity
    facts = [
        Fact("Hari/Tanggal", session.day_text),
        Fact("Waktu", session.time_text),
        Fact("Tempat", session.venue_text),
        Fact("Acara", activity.agenda or activity.title),
    ]
    if session.name:
        facts.insert(0, Fact("Sesi", session.name))
    return tuple(facts)


# Rows


def _rows(session: Session, filling: Filling, *, signed: bool) -> Iterator[Row]:
    if filling is Filling.PRESENT:
        yield from _rows_of_present(session, signed=signed)
    elif filling is Filling.INVITED:
        yield from rows_of_invited(session)


def _rows_of_present(session: Session, *, signed: bool) -> Iterator[Row]:
    drawn = _drawn(session) if signed else {}
    present = session.attendances.present().in_order()
    found = present.select_related("unsur", "region", "invitation__person", "invitation__body")
    for place, row in enumerate(found, start=1):
        stands_for = str(row.stands_for) if row.stands_for else ""
        yield Row(
            number=row.number or place,
            values=_values_of_present(row),
            stands_for=stands_for,
            guardian=row.guardian,
            signature=drawn.get(row.pk),
        )


def _drawn(session: Session) -> dict[int, Drawn]:
    """The signatures drawn on the desk's screen, by line. One whose picture is lost leaves its place to the pen."""
    found = {}
    for each in ScreenSignature.objects.filter(attendance__session=session).select_related("file"):
        try:
            with each.file.content.open("rb") as picture:
                png = picture.read()
        except FileNotFoundError:
            continue
        url = reverse("attendance:signature_image", args=[session.activity_id, each.attendance_id])
        found[each.attendance_id] = Drawn(png, url)
    return found


def _values_of_present(row: Attendance) -> dict[Field, str]:
    came = clock_time(timezone.localtime(row.checked_in_at, current_village().zone))
    return {
        Field.NAME: row.name,
        Field.ROLE: str(row.unsur) if row.unsur else row.institution,
        Field.SEX: row.sex,
        Field.AGE_GROUP: row.age_group,
        Field.ADDRESS: _address(row),
        Field.INSTITUTION: row.institution,
        Field.PHONE: row.phone,
        Field.TIME: came if row.method != Attendance.Method.PAPER else "",
        Field.REMARK: "" if row.method == Attendance.Method.DESK else row.get_method_display(),
        **_values_of_region(row.region),
    }


def _address(living: Attendance | Person) -> str:
    """The street where it is known, else the part of the village."""
    return living.address or (living.region.full_name if living.region else "")


def _values_of_region(region: Region | None) -> dict[Field, str]:
    """The hamlet, which is the topmost region, and RT/RW below it from the bottom up."""
    chain = []
    while region:
        chain.append(region)
        region = region.parent
    if not chain:
        return {}
    *below, hamlet = chain
    return {Field.HAMLET: hamlet.name, Field.NEIGHBOURHOOD: "/".join(str(part) for part in below)}


def rows_of_invited(session: Session) -> Iterator[Row]:
    """Whom the printed list expects: the invited by name, then those who registered."""
    standing = session.activity.invitations.standing().by_name()
    found = standing.select_related("person__region", "body__region", "unsur")
    registered = session.activity.registrations.standing().placed().in_order()
    values = chain(
        map(values_of_invited, found),
        map(values_of_registered, registered.select_related("person__region", "person__unsur")),
    )
    for number, each in enumerate(values, start=1):
        yield Row(number=number, values=each)


def values_of_invited(invitation: Invitation) -> dict[Field, str]:
    """What the printed list says of somebody invited, before he signs."""
    person = invitation.person
    unsur = str(invitation.unsur) if invitation.unsur else ""
    if not person:
        body = invitation.body
        return {
            Field.NAME: invitation.representative,
            Field.ROLE: unsur or str(body or ""),
            Field.INSTITUTION: str(body or ""),
            **_values_of_region(body.region if body else None),
        }
    return _values_of_person(person, unsur)


def values_of_registered(registration: Registration) -> dict[Field, str]:
    """What the printed list says of somebody who registered, before he signs."""
    person = registration.person
    if not person:
        return {Field.NAME: registration.name, Field.ADDRESS: registration.origin, Field.REMARK: "pendaftar"}
    unsur = str(person.unsur) if person.unsur else ""
    return _values_of_person(person, unsur) | {Field.REMARK: "pendaftar"}


def _values_of_person(person: Person, unsur: str) -> dict[Field, str]:
    return {
        Field.NAME: person.name,
        Field.ROLE: unsur,
        Field.SEX: person.sex,
        Field.AGE_GROUP: person.age_group,
        Field.ADDRESS: _address(person),
        Field.PHONE: person.phone,
        **_values_of_region(person.region),
    }


# Below the table


def _recap(session: Session, filling: Filling) -> Recap:
    kind = session.activity.kind
    tally = Tally.of_session(session)
    by_invitation = kind.by_invitation and bool(tally.invited)
    if filling is not Filling.PRESENT:
        return Recap(invited=tally.invited or None, by_invitation=by_invitation)
    return Recap(
        present=tally.present,
        men=tally.men,
        women=tally.women,
        invited=tally.invited,
        by_invitation=by_invitation,
        remark=_remark(session, tally, by_invitation),
    )


def _remark(session: Session, tally: Tally, by_invitation: bool) -> str:
    sentences = []
    if by_invitation:
        sentences.append(tally.seats_line)
    if tally.registered:
        sentences.append(f"Hadir dengan pendaftaran: {figures(tally.registered)} orang.")
    if by_invitation and tally.walk_ins:
        sentences.append(f"Hadir tanpa undangan: {figures(tally.walk_ins)} orang.")
    if tally.quorum:
        sentences.append(tally.quorum.line)
        if not tally.quorum.is_met:
            steps = Postponement.objects.for_quorum().filter(session=session)
            sentences += [step.sentence for step in steps]
    if not session.activity.closed_at:
        sentences.append("Daftar ini belum ditutup; nomor urut masih dapat berubah.")
    return " ".join(sentences)


def _footer(activity: Activity, village: Village, filling: Filling) -> Footer:
    is_certain = bool(activity.closed_at) and filling is Filling.PRESENT
    return Footer(
        village_code=village.code,
        privacy_notice=privacy_notice(village, activity.kind),
        ledger_head=ledger_head(activity, "activity.closed") if is_certain else "",
    )
