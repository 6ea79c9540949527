"""Forgetting a person, and saying before what goes and what stays (UU 27/2022 art. 8, 42–44)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction

from partisipasi import clock
from partisipasi.db import current_village, every_village, village_scope
from partisipasi.residents.models import Appointment, Erasure, Notice, Person, User
from partisipasi.village.models import Village

from .registry import GONE, Concerned, Holding, Someone, holdings

LONGEST_NOTICE = 300


@dataclass
class Kept:
    """What stays for one reason: kinds of rows and how many of each, and the tables in which they lie."""

    why: str
    what: dict[str, int] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Plan:
    """What erasure would do now: told to the person before he confirms."""

    removed: dict[str, int]
    kept: list[Kept]
    closes_account: bool

    @property
    def tables(self) -> set[str]:
        """The tables in which something of the person stays."""
        return {table for kept in self.kept for table in kept.tables}


def plan(someone: Someone) -> Plan:
    """What `erase` would remove, and what it would leave and why, counted."""
    concerned = Concerned.of(someone)
    closes_account = _may_close(concerned)
    removed: dict[str, int] = {}
    kept: dict[str, Kept] = {}
    for holding in _concerning(closes_account):
        count = holding.rows(concerned).count()
        if not count:
            continue
        if not holding.kept:
            removed[holding.name] = max(count, removed.get(holding.name, 0))
            continue
        staying = kept.setdefault(holding.kept, Kept(holding.kept))
        staying.what[holding.name] = max(count, staying.what.get(holding.name, 0))
        staying.tables.add(holding.model._meta.db_table)
    return Plan(removed, sorted(kept.values(), key=lambda each: each.why), closes_account)


def kept_after_erasure(someone: Someone) -> list[str]:
    """The sentences that say what stays, and why."""
    return [kept.why for kept in plan(someone).kept]


@transaction.atomic
def erase(someone: Someone) -> Erasure:
    """Forget somebody in the village in scope; the account too, and all of it, where no other village knows it.

    Twice is the same as once. What stays leads to nobody (`plan`); the list of erasures remembers only numbers and
    days, so that a restored backup can forget again.
    """
    concerned = Concerned.of(someone)
    closes_account = _may_close(concerned)
    _forget_in_admin_log(concerned)
    _forget_mentions(concerned)
    for holding in _concerning(closes_account):
        if holding.erase:
            holding.erase(holding.rows(concerned))
    erasure = Erasure.objects.note(concerned.person, concerned.user if closes_account else None)
    if concerned.person:
        _anonymise(concerned.person)
    if concerned.user and closes_account:
        _forget_in_other_villages(concerned.user)
        _end_sessions(concerned.user)
        concerned.user.anonymise()
    return erasure


def _concerning(closes_account: bool) -> Iterator[Holding]:
    return (holding for holding in holdings() if closes_account or holding.is_of_village)


def _may_close(concerned: Concerned) -> bool:
    """An account closes where no other village's address book has it."""
    if not concerned.user:
        return False
    with every_village():
        others = Person.objects.filter(user=concerned.user).exclude(village=current_village())
        return not others.exists()


def _anonymise(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(
        user=None,
        connected_at=None,
        connected_by=None,
        name=GONE,
        sex="",
        age_group="",
        guardian="",
        region=None,
        address="",
        unsur=None,
        phone="",
        nik_hmac="",
        nipd="",
        verified_at=None,
        retired_at=clock.now(),
    )
    person.refresh_from_db()
    Appointment.objects.of(person).find_by_present_names()


def _forget_in_admin_log(concerned: Concerned) -> None:
    """Admin's log keeps the name of each row that it tells of: of the person's own, whoever worked on them."""
    told_of: dict[type[models.Model], set[str]] = {
        row._meta.model: {str(row.pk)} for row in (concerned.person, concerned.user) if row
    }
    for holding in holdings():
        if not holding.in_office and holding.model is not LogEntry:
            keys = holding.rows(concerned).values_list("pk", flat=True)
            told_of.setdefault(holding.model, set()).update(map(str, keys))
    for model, numbers in told_of.items():
        of_model = ContentType.objects.get_for_model(model)
        entries = LogEntry.objects.filter(content_type=of_model, object_id__in=numbers)
        entries.update(object_repr=GONE, change_message="")


def _forget_mentions(concerned: Concerned) -> None:
    """Notices told others who did what, in words."""
    names = [
        concerned.person.name if concerned.person else "",
        concerned.user.username if concerned.user else "",
    ]
    for name in filter(None, names):
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        told = list(Notice.objects.filter(text__contains=name))
        for notice in told:
            notice.text = whole.sub(GONE, notice.text)[:LONGEST_NOTICE]
        Notice.objects.bulk_update(told, ["text"], batch_size=500)


def _forget_in_other_villages(user: User) -> None:
    """What a guest left in villages whose address books do not know him."""
    here = current_village()
    by_account = [each for each in holdings() if each.is_of_village and each.is_by_account and each.erase]
    with every_village():
        elsewhere = {
            village
            for holding in by_account
            for village in holding.rows(Concerned(None, user)).values_list("village", flat=True).distinct()
        } - {here.pk}
        villages = list(Village.objects.filter(pk__in=elsewhere).order_by("pk"))
    for village in villages:
        with village_scope(village):
            _forget_in_admin_log(Concerned(None, user))
            _forget_mentions(Concerned(None, user))
            for holding in by_account:
                if holding.erase:
                    holding.erase(holding.rows(Concerned(None, user)))


def _end_sessions(user: User) -> None:
    """A session also remembers by which name somebody signed in."""
    keys = [
        session.session_key
        for session in Session.objects.iterator(chunk_size=1000)
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
