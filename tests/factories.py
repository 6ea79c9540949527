"""One small maker per model; what a test does not say is believable and unimportant."""

from datetime import date
from itertools import count
from typing import Any

from partisipasi.residents.models import (
    Appointment,
    Body,
    Follow,
    IssuedLetter,
    MessageList,
    Notice,
    Person,
    Role,
    Unsur,
    User,
    VerificationLetter,
)
from partisipasi.village.models import Host, Region, Village

_numbers = count(1)

PASSWORD = "sandi-untuk-uji-coba"


def make_village(*, host: str = "", **fields: Any) -> Village:
    number = next(_numbers)
    defaults = {
        "name": f"Desa Uji {number}",
        "district": "Tirtamaya",
        "regency": "Purwasari Raya",
        "province": "Jawa Dwipa",
        "letter_code": "DS-UJI",
    }
    village = Village.objects.create(**defaults | fields)
    Host.objects.create(village=village, name=host or f"desa{number}.testserver")
    return village


def make_region(*, level_word: str = "Dusun", **fields: Any) -> Region:
    return Region.objects.create(**{"level_word": level_word, "name": f"Krajan {next(_numbers)}"} | fields)


def make_user(username: str = "", **fields: Any) -> User:
    return User.objects.create_user(username or f"akun{next(_numbers)}", PASSWORD, **fields)


def make_person(**fields: Any) -> Person:
    return Person.objects.create(**{"name": f"Warga Nomor {next(_numbers)}"} | fields)


def make_resident(username: str = "", **fields: Any) -> User:
    """An account with its person in the village in scope."""
    user = make_user(username)
    make_person(user=user, **{"name": (username or user.username).title()} | fields)
    return user


def make_official(role: Role, *, region: Region | None = None, username: str = "", **fields: Any) -> User:
    """An account whose person holds `role` today in the village in scope."""
    user = make_resident(username)
    person = Person.objects.get(user=user)
    Appointment.objects.create(
        **{
            "person": person,
            "role": role,
            "title": Role(role).label,
            "region": region,
            "from_on": date(2020, 1, 1),
        }
        | fields
    )
    return user


def make_body(**fields: Any) -> Body:
    return Body.objects.create(**{"name": f"Lembaga {next(_numbers)}", "kind": Body.Kind.LKD} | fields)


def make_unsur(**fields: Any) -> Unsur:
    return Unsur.objects.create(**{"name": f"Unsur {next(_numbers)}"} | fields)


def make_notice(recipient: User, **fields: Any) -> Notice:
    defaults = {"kind": "reply", "text": "Ada tanggapan baru.", "path": "/informasi/"}
    return Notice.objects.create(recipient=recipient, **defaults | fields)


def make_follow(user: User, **fields: Any) -> Follow:
    defaults = {"path": f"/kegiatan/{next(_numbers)}/", "title": "Musyawarah Dusun Krajan"}
    return Follow.objects.create(user=user, **defaults | fields)


def make_letter(person: Person | None = None) -> IssuedLetter:
    """A letter with its code, printed by an official."""
    people = Person.objects.filter(pk=(person or make_person()).pk)
    [issued] = VerificationLetter.objects.issue(people, by=make_official(Role.SECRETARY))
    return issued


def make_message_list(*people: Person, by: User, **fields: Any) -> MessageList:
    defaults = {"title": "Undangan musdus", "text": "Yth. {nama}, kami undang ke balai dusun."}
    return MessageList.objects.make(people=people or [make_person()], by=by, **defaults | fields)
