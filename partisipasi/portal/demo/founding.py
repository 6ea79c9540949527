"""The demo villages themselves: identity, hamlets, bodies, the address book, accounts and appointments."""

from datetime import time

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile

from attendance.models import ActivityKind
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents import consents
from partisipasi.residents.models import Body, Consent, Membership, Person, Role, Unsur, User
from partisipasi.village.models import Holiday, Region, Village

from . import content as told
from . import emblem, offices
from .story import Story

PASSWORD = "partisipasi-demo"  # noqa: S105 - it is printed at the start, for villages that do not exist
FOUNDED_DAYS_AGO = 400

# Which of the demo's accounts holds which role; everybody else in the address book is a resident.
ROLES = {
    "admin": Role.ADMIN,
    "kades": Role.VILLAGE_HEAD,
    "operator": Role.OPERATOR,
    "moderator": Role.MODERATOR,
    "petugas": Role.COMPLAINTS,
    "ppid": Role.PPID,
    "sekretaris": Role.SECRETARY,
    "bpd": Role.BPD_CHAIR,
    "keuangan": Role.TREASURER,
    "kadus": Role.HAMLET_HEAD,
    "kadus2": Role.HAMLET_HEAD,
}
UNVERIFIED = {"wargabaru"}


def found(story: Story) -> None:
    """Make the village and everybody in it, as of the day on which it joined the portal."""
    texts = story.texts
    words = texts.words
    with clock.at(story.moment(FOUNDED_DAYS_AGO, time(9))):
        story.village = Village.found(
            hosts=texts.hosts,
            name=texts.name,
            code=texts.area_code,
            district=texts.kecamatan,
            regency=texts.kabupaten,
            province=texts.provinsi,
            village_word=words["desa"],
            district_word=words["kecamatan"],
            regency_word=words["kabupaten"],
            head_word=words["kepala_desa"],
            address=texts.address,
            postcode=texts.postal_code,
            phone=texts.phone,
            email=texts.email,
            office_hours=texts.office_hours,
            complaints_address=texts.complaints,
            accent=texts.accent,
            band=texts.band,
            time_zone=texts.time_zone,
            letter_code=texts.letter_code,
            names_on_public_lists=texts.names_public,
        )
    with clock.at(story.moment(FOUNDED_DAYS_AGO, time(9))), village_scope(story.village):
        story.village.logo.save("lambang.png", ContentFile(emblem.draw(texts.accent)))
        for year in {clock.today().year, story.today.year}:
            Holiday.objects.fill(year)
        _regions(story)
        bodies = _bodies(story)
        _people(story, bodies)
        _households(story)
        _accounts(story)
        _appoint(story)
        # Who comes to a training signs on the desk's screen; assemblies sign on paper.
        ActivityKind.objects.filter(code="pelatihan").update(signs_on_screen=True)


def _regions(story: Story) -> None:
    dusun_word, rw_word, rt_word = story.texts.words["levels"]
    for hamlet in story.texts.dusun:
        top = Region.objects.create(level_word=dusun_word, name=hamlet.name)
        story.regions[(hamlet.key,)] = top
        for rw, rts in hamlet.rw.items():
            middle = Region.objects.create(level_word=rw_word, name=rw, parent=top)
            story.regions[(hamlet.key, rw)] = middle
            for rt in rts:
                lowest = Region.objects.create(level_word=rt_word, name=rt, parent=middle)
                story.regions[(hamlet.key, rw, rt)] = lowest


def _bodies(story: Story) -> dict[str, Body]:
    return {
        body.key: Body.objects.create(
            name=body.name, kind=body.kind, region=story.regions.get((body.dusun,)) if body.dusun else None
        )
        for body in story.texts.bodies
    }


def unsur_named(name: str) -> Unsur:
    found, _ = Unsur.objects.get_or_create(name=name, defaults={"order": 90})
    return found


def _people(story: Story, bodies: dict[str, Body]) -> None:
    for number, one in enumerate(story.texts.people.values(), start=1):
        region = story.regions[one.region]
        person = Person.objects.create(
            name=one.name,
            sex=one.sex,
            age_group=one.age,
            guardian="Orang tua" if one.age == Person.AgeGroup.CHILD else "",
            region=region,
            address=f"{region}/{region.parent}, {region.parent.parent}",
            unsur=unsur_named(one.unsur) if one.unsur else None,
            phone=f"+6281200{number:05}" if story.village.pk % 2 else f"+6281201{number:05}",
        )
        story.people[one.key] = person
        for body, position in one.bodies.items():
            Membership.objects.create(person=person, body=bodies[body], position=position or "Anggota")


def _households(story: Story) -> None:
    """Everybody else whom the village knows, for whom letters with codes are printed."""
    for one in story.texts.households:
        region = story.regions[one.region]
        Person.objects.create(
            name=one.name,
            sex=one.sex,
            age_group=one.age,
            region=region,
            address=f"{region}/{region.parent}, {region.parent.parent}",
        )


def _accounts(story: Story) -> None:
    """The demo's named accounts, and one for everybody who writes or reports something, or deals with it."""
    password = make_password(PASSWORD)
    writers = story.texts.writers()
    for key, one in story.texts.people.items():
        if not (one.username or key in writers or _role_of(one)):
            continue
        user = User(username=one.username or _username(key), password=password, joined_at=clock.now())
        user.full_clean(exclude=["password"])
        user.save()
        story.accounts[key] = user
        person = story.people[key]
        person.user = user
        person.verified_at = None if one.username in UNVERIFIED else clock.now()
        person.save(update_fields=["user", "verified_at"])
        Consent.objects.give(user, consents.ACCOUNT)


def _username(key: str) -> str:
    """A free name for an account that nobody signs in with by its name."""
    name = key.replace("_", "-")
    return name if not User.objects.filter(username__iexact=name).exists() else f"{name}-warga"


def _appoint(story: Story) -> None:
    """Every official of the texts, the named accounts with their roles first: the admin appoints the others."""
    by_username = {one.username: key for key, one in story.texts.people.items() if one.username}
    appointer = story.accounts.get(by_username.get("admin", ""), None) or next(iter(story.accounts.values()))
    first = offices.first_holders(story)
    for key, one in story.texts.people.items():
        role = ROLES.get(one.username) or _role_of(one)
        if role is None:
            continue
        first.get(key, story.people[key]).appoint(
            role=role,
            title=one.position or Role(role).label,
            region=story.regions[one.region[:1]] if role == Role.HAMLET_HEAD else None,
            from_on=clock.today(),
            decree_number=f"SK/{len(story.accounts) + list(story.texts.people).index(key):03}/{clock.today().year}",
            by=appointer,
        )


def _role_of(one: told.Person) -> Role | None:
    """What an official may do, by the office that the texts give."""
    position = one.position
    if position in {"Kepala Desa", "Perbekel"}:
        return Role.VILLAGE_HEAD
    if position.startswith(("Kepala Dusun", "Kelian Banjar")):
        return Role.HAMLET_HEAD
    offices = {
        "Sekretaris Desa": Role.SECRETARY,
        "Ketua BPD": Role.BPD_CHAIR,
        "Kaur Keuangan": Role.TREASURER,
        "Kasi Pelayanan": Role.COMPLAINTS,
        "Operator Sistem Informasi Desa": Role.OPERATOR,
    }
    # Every other Kasi and Kaur carries out activities.
    return offices.get(position, Role.PROJECT_TEAM if position.startswith(("Kasi ", "Kaur ")) else None)
