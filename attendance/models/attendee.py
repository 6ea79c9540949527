"""Who is there: an invited person or body, somebody from the address book, or a guest at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partisipasi.residents.models import Person, Unsur

from .kind import SheetColumn

if TYPE_CHECKING:
    from partisipasi.village.models import Region

    from .invitation import Invitation
    from .registration import Registration

_ASKED_BY = {
    "phone": SheetColumn.PHONE,
    "address": SheetColumn.ADDRESS,
    "age_group": SheetColumn.AGE_GROUP,
}
NO_GUARDIAN = "Tulis nama orang tua atau wali, atau bahwa wali ikut hadir, karena umurnya di bawah 18 tahun."


def initials(name: str) -> str:
    """`B. S.` of Bagas Saputra."""
    firsts = (next((letter for letter in word if letter.isalpha()), "") for word in name.split())
    return " ".join(f"{letter.upper()}." for letter in firsts if letter)


@dataclass(frozen=True)
class Guest:
    """Somebody at the door who is in no address book: what the desk writes down."""

    name: str
    sex: str = ""
    unsur: Unsur | None = None
    address: str = ""
    region: "Region | None" = None
    age_group: str = ""
    phone: str = ""
    institution: str = ""
    guardian: str = ""
    """Of who is under 18: the parent or guardian, or that one is here too."""


def facts_of(attendee: "Person | Guest") -> dict[str, Any]:
    """What is written on the line of the sheet about who is there."""
    fields = ("name", "sex", "age_group", "unsur", "region", "address", "phone")
    facts = {field: getattr(attendee, field) for field in fields}
    # A grown-up's guardian is nobody's concern.
    facts["guardian"] = attendee.guardian if facts["age_group"] == Person.AgeGroup.CHILD else ""
    if isinstance(attendee, Person):
        return facts | {"person": attendee}
    return facts | {"institution": attendee.institution}


def lacks_guardian(facts: dict[str, Any]) -> bool:
    """Does the line of somebody under 18 name no guardian?"""
    return facts.get("age_group") == Person.AgeGroup.CHILD and not facts["guardian"].strip()


def as_asked(facts: dict[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """What of it is kept: the address book knows more than this kind of activity asks, and that is not copied.

    That somebody is under 18 is kept all the same: it keeps his name from being shown to everybody.
    """
    asked = set(columns)
    beyond = {field for field, column in _ASKED_BY.items() if column not in asked}
    if facts.get("age_group") == Person.AgeGroup.CHILD:
        beyond.discard("age_group")
    return facts | dict.fromkeys(beyond, "")


def facts_of_registered(registration: "Registration") -> dict[str, Any]:
    """The same for one who registered; of who has no account the sheet knows what he wrote then."""
    known = registration.person or Guest(
        name=registration.name,
        address=registration.origin,
        age_group=Person.AgeGroup.CHILD if registration.guardian else "",
        guardian=registration.guardian,
    )
    return facts_of(known) | {"registration": registration}


def facts_of_invited(invitation: "Invitation") -> dict[str, Any]:
    """The same for one who fills his own seat; a body's representative has no more than a name."""
    facts = facts_of(invitation.person) if invitation.person else {"name": invitation.representative}
    return facts | facts_of_seat(invitation)


def facts_of_seat(invitation: "Invitation") -> dict[str, Any]:
    """What the seat itself says, whoever fills it."""
    facts: dict[str, Any] = {"invitation": invitation}
    if invitation.unsur_id:
        facts["unsur"] = invitation.unsur
    if invitation.body:
        facts["institution"] = invitation.body.name
    return facts
