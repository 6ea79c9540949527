"""Who the lines of a sent list are: invited, registered, in the address book, or a guest."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from attendance.kept_list import ListRow
from attendance.models.attendance import Attendance
from attendance.models.attendee import (
    NO_GUARDIAN,
    Guest,
    as_asked,
    facts_of,
    facts_of_invited,
    facts_of_registered,
    facts_of_seat,
    lacks_guardian,
)
from attendance.models.invitation import Invitation
from attendance.models.registration import Registration
from attendance.models.session import Session
from partisipasi.residents.models import Person
from partisipasi.residents.naming import plain_name
from partisipasi.village.models import Region

GUEST, LEAVE_OUT = "tamu", "lewati"
_BLANKS = ("sex", "age_group", "guardian", "unsur", "address", "phone", "institution")


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a line may mean, and what is written of him on the sheet."""

    key: str
    label: str
    facts: dict[str, Any]
    sex: str = ""
    region_id: int | None = None
    there: Attendance | None = None
    """The line of the list on which he, or somebody in his seat, stands already."""


@dataclass
class Match:
    """A line and whom it means: `chosen` is a key of its `candidates`, GUEST, LEAVE_OUT, or "" while that is asked."""

    row: ListRow
    nonce: uuid.UUID
    candidates: list[Candidate] = field(default_factory=list)
    chosen: str = ""
    why: str = ""
    """What is asked, or why nothing is recorded."""
    is_recorded: bool = False
    is_choice: bool = False

    @property
    def candidate(self) -> Candidate | None:
        return next((each for each in self.candidates if each.key == self.chosen), None)

    @property
    def is_asked(self) -> bool:
        return not self.chosen

    @property
    def is_new(self) -> bool:
        """Would this line be written?"""
        return bool(self.chosen) and self.chosen != LEAVE_OUT and not self.is_recorded

    @property
    def is_left_out(self) -> bool:
        return self.chosen == LEAVE_OUT

    @property
    def choices(self) -> list[tuple[str, str]]:
        ask = [("", "Pilih siapa ini")] if self.is_asked else []
        guest = [] if self.row.stands_for else [(GUEST, "Orang lain, tanpa undangan")]
        known = [(each.key, each.label) for each in self.candidates]
        return [*ask, *known, *guest, (LEAVE_OUT, "Jangan dicatat")]

    @property
    def meant(self) -> str:
        if self.candidate:
            return self.candidate.label
        return {GUEST: "Tanpa undangan", LEAVE_OUT: "Tidak dicatat"}.get(self.chosen, "")


class Matching:
    """The lines of a list beside what the village knows; `matches` in their order, `errors` what stands against all."""

    def __init__(
        self, session: Session, rows: Sequence[ListRow], people: QuerySet[Person], answers: Mapping[str, str]
    ) -> None:
        self.session, self.answers = session, answers
        self.matches: list[Match] = []
        self.errors: list[tuple[int, str]] = []
        names = {plain_name(name) for row in rows for name in (row.name, row.stands_for)} - {""}
        self._know_list()
        self._know_seats()
        self._know_people(people, names)
        self.regions = {region.pk: region for region in Region.objects.all()}
        self.used: dict[str, int] = {}
        self.guests: dict[str, list[int]] = defaultdict(list)
        self.times: dict[str, int] = defaultdict(int)
        nonces = [self._nonce(row, plain_name(row.name)) for row in rows]
        # Lines that this very list has recorded are nobody else's namesakes.
        self.own = set(nonces)
        for row, nonce in zip(rows, nonces, strict=True):
            self.matches.append(self._match(row, nonce))
        unguarded = (match for match in self.matches if match.is_new and lacks_guardian(self.facts(match)))
        self.errors += [(match.row.number, NO_GUARDIAN) for match in unguarded]

    def _know_list(self) -> None:
        self.by_nonce: dict[uuid.UUID, Attendance] = {}
        self.by_seat: dict[int, Attendance] = {}
        self.by_person: dict[int, Attendance] = {}
        self.by_registration: dict[int, Attendance] = {}
        self.by_name: dict[str, list[Attendance]] = defaultdict(list)
        for there in self.session.attendances.select_related("unsur"):
            there.session = self.session
            self.by_nonce[there.nonce] = there
            if there.undone_at:
                continue
            self.by_name[plain_name(there.name)].append(there)
            for known, key in (
                (self.by_seat, there.invitation_id),
                (self.by_person, there.person_id),
                (self.by_registration, there.registration_id),
            ):
                if key:
                    known[key] = there

    def _know_seats(self) -> None:
        standing = self.session.activity.invitations.standing().order_by("pk")
        self.seats: dict[str, list[Invitation]] = defaultdict(list)
        self.seated: set[int] = set()
        for seat in standing.select_related("person__unsur", "body", "unsur"):
            self.seated.add(seat.person_id)
            for name in {plain_name(name) for name in (str(seat), seat.representative)} - {""}:
                self.seats[name].append(seat)

    def _know_people(self, people: QuerySet[Person], names: set[str]) -> None:
        named = [pk for pk, name in people.values_list("pk", "name") if plain_name(name) in names]
        self.people: dict[str, list[Person]] = defaultdict(list)
        for person in people.filter(pk__in=named).select_related("unsur", "region").order_by("pk"):
            self.people[plain_name(person.name)].append(person)
        self.registered: dict[str, list[Registration]] = defaultdict(list)
        self.registration_of: dict[int, Registration] = {}
        standing = self.session.activity.registrations.standing().order_by("pk")
        for registration in standing.select_related("person"):
            if registration.person_id:
                self.registration_of[registration.person_id] = registration
            else:
                self.registered[plain_name(registration.name)].append(registration)

    def _match(self, row: ListRow, nonce: uuid.UUID) -> Match:
        name = plain_name(row.name)
        match = Match(row, nonce)
        match.candidates = self._stand_ins(row) if row.stands_for else self._candidates(row, name)
        before = self.by_nonce.get(match.nonce)
        if before is not None:
            match.chosen, match.is_recorded = GUEST, True
            match.why = "Kehadirannya pernah dibatalkan" if before.undone_at else "Sudah tercatat"
            return match
        self._choose(match, name)
        if (chosen := match.candidate) is not None:
            self._see_whether_there(match, chosen)
        elif match.chosen == GUEST:
            self.guests[name].append(row.number)
        return match

    def _choose(self, match: Match, name: str) -> None:
        row, answer = match.row, self.answers.get(str(match.row.number), "")
        fitting = [each for each in match.candidates if self._fits(row, each)]
        match.is_choice = bool(match.candidates)
        if row.stands_for and not match.candidates:
            self.errors.append(
                (row.number, f"{row.stands_for[:60]}, yang diwakili, tidak ada di antara undangan.")
            )
        elif len(fitting) == 1 and fitting[0].facts and fitting[0].key not in self.used:
            match.chosen = fitting[0].key
        elif match.candidates:
            match.why = self._question(fitting)
        elif self.guests[name]:
            match.why, match.is_choice = f"Nama ini juga ada pada baris {self.guests[name][0]}", True
        else:
            match.chosen = GUEST
        if answer in {key for key, _ in match.choices if key}:
            match.chosen, match.is_choice = answer, True

    def _question(self, fitting: list[Candidate]) -> str:
        if not fitting:
            return "Nama ini dikenal, tetapi keterangannya berbeda"
        if len(fitting) > 1:
            return "Beberapa orang bernama sama"
        used = self.used.get(fitting[0].key)
        return f"Nama ini juga ada pada baris {used}" if used else "Orang bernama sama sudah tercatat hadir"

    def _see_whether_there(self, match: Match, chosen: Candidate) -> None:
        number = self.used.setdefault(chosen.key, match.row.number)
        if number != match.row.number:
            self.errors.append((match.row.number, f"Orang ini sudah dipilih untuk baris {number}."))
        if chosen.there:
            match.is_recorded, match.why = True, "Sudah tercatat"
            if plain_name(chosen.there.name) != plain_name(match.row.name):
                match.why = f"Kursinya sudah terisi oleh {chosen.there.name}"

    def _nonce(self, row: ListRow, name: str) -> uuid.UUID:
        """Follows from what stands on the line, so that the same list twice is the same lines."""
        told = "|".join((name, row.sex, row.address, row.institution, row.stands_for))
        self.times[told] += 1
        list_of = uuid.uuid5(uuid.NAMESPACE_URL, f"daftar-hadir:{self.session.pk}")
        return uuid.uuid5(list_of, f"{told}|{self.times[told]}")

    def _candidates(self, row: ListRow, name: str) -> list[Candidate]:
        seats = list(self.seats[name])
        found = [self._of_seat(seat, row) for seat in seats]
        found += [self._of_person(person) for person in self.people[name] if person.pk not in self.seated]
        for registration in self.registered[name]:
            there = self.by_registration.get(registration.pk)
            facts = facts_of_registered(registration)
            found.append(
                Candidate(f"daftar-{registration.pk}", f"Mendaftar: {registration}", facts, there=there)
            )
        known = {each.there.pk for each in found if each.there}
        for there in self.by_name[name]:
            if there.pk not in known and there.nonce not in self.own:
                label = f"Sudah tercatat: {_about(there.name, there.unsur, there.address)}"
                found.append(Candidate(f"sudah-{there.pk}", label, {}, there.sex, there.region_id, there))
        return found

    def _stand_ins(self, row: ListRow) -> list[Candidate]:
        found = []
        for seat in self.seats[plain_name(row.stands_for)]:
            facts = facts_of(_guest(row)) | facts_of_seat(seat) | {"is_stand_in": not seat.body_id}
            label = f"Mewakili {_about(str(seat), seat.unsur)}"
            found.append(Candidate(f"wakil-{seat.pk}", label, facts, there=self.by_seat.get(seat.pk)))
        return found

    def _of_seat(self, seat: Invitation, row: ListRow) -> Candidate:
        person, there = seat.person, self.by_seat.get(seat.pk)
        if person is None:
            facts = facts_of(_guest(row)) | facts_of_seat(seat)
            return Candidate(f"undangan-{seat.pk}", f"Utusan {seat}", facts, there=there)
        facts = facts_of_invited(seat) | {"registration": self.registration_of.get(person.pk)}
        label = f"Diundang: {_about(str(seat), seat.unsur or person.unsur, person.address)}"
        there = there or self.by_person.get(person.pk)
        return Candidate(f"undangan-{seat.pk}", label, facts, person.sex, person.region_id, there)

    def _of_person(self, person: Person) -> Candidate:
        facts = facts_of(person) | {"registration": self.registration_of.get(person.pk)}
        label = f"Buku alamat: {_about(person.name, person.region, person.address)}"
        there = self.by_person.get(person.pk)
        return Candidate(f"orang-{person.pk}", label, facts, person.sex, person.region_id, there)

    def _fits(self, row: ListRow, each: Candidate) -> bool:
        """Does nothing on the line speak against this one?"""
        if row.sex and each.sex and row.sex != each.sex:
            return False
        if not row.region_id or not each.region_id:
            return True
        return row.region_id in self._around(each.region_id) or each.region_id in self._around(row.region_id)

    def _around(self, pk: int | None) -> set[int]:
        """A region and those in which it lies."""
        found: set[int] = set()
        while pk:
            found.add(pk)
            pk = self.regions[pk].parent_id
        return found

    def facts(self, match: Match) -> dict[str, Any]:
        """What is written of this line, in the words of the list where the address book knows less."""
        told = facts_of(_guest(match.row)) | {"region_id": match.row.region_id}
        told.pop("region")
        if match.candidate is None:
            return told
        facts = dict(match.candidate.facts)
        for name in _BLANKS:
            facts[name] = facts.get(name) or told[name]
        if not facts.get("region"):
            facts.pop("region", None)
            facts["region_id"] = told["region_id"]
        return as_asked(facts, self.session.activity.kind.columns)


def _guest(row: ListRow) -> Guest:
    fields = ("name", "sex", "unsur", "address", "age_group", "guardian", "phone", "institution")
    return Guest(**{name: getattr(row, name) for name in fields})


def _about(name: str, *more: object) -> str:
    """What tells one namesake from another."""
    told = " · ".join(str(each) for each in more if each)
    return f"{name} ({told})" if told else name
