"""Whom an activity's events are told: the invited who have accounts, and who follows it (`residents.notices`)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.residents import notices
from partisipasi.residents.models import Membership, Person, User
from partisipasi.village.words import figures, full_moment, long_date

if TYPE_CHECKING:
    from .activity import Activity
    from .invitation import Invitation
    from .pay_list import PayList
    from .registration import Registration


def tell_announced(activity: "Activity", by: User | None) -> None:
    """An activity to come stands in the portal: the invited hear of it, and who follows all activities."""
    if not _is_to_come(activity):
        return
    key = f"kegiatan:{activity.pk}:diumumkan"
    notices.tell(
        _invited(activity), "invitation", _invitation(activity), path=_page(activity), but=by, key=key
    )
    text = f"Kegiatan baru: {activity}, {_when(activity)}."
    every = reverse("attendance:activity_list")
    notices.tell_followers(every, "activity", text, path=_page(activity), but=by, key=key)


def tell_invited(activity: "Activity", invitations: "Iterable[Invitation]", by: User | None) -> None:
    """Seats were given at an activity that residents see already."""
    if activity.announced_at and _is_to_come(activity):
        whom = _accounts([(each.person_id, each.body_id) for each in invitations])
        key = f"kegiatan:{activity.pk}:diumumkan"
        notices.tell(whom, "invitation", _invitation(activity), path=_page(activity), but=by, key=key)


def tell_cancelled(activity: "Activity", by: User | None) -> None:
    """It does not take place; the reason stands on its page."""
    if activity.announced_at:
        _tell_concerned(activity, f"Dibatalkan: {activity}.", "dibatalkan", by)


def tell_moved(activity: "Activity") -> None:
    """It begins at another time than was announced."""
    if activity.announced_at and not activity.cancelled_at and _is_to_come(activity):
        moment = f"waktu:{clock.now().timestamp():.0f}"
        _tell_concerned(activity, f"Waktu berubah: {activity}, menjadi {_when(activity)}.", moment, None)


def tell_place(activity: "Activity", registration: "Registration") -> None:
    """Who waited has a place now."""
    text = f"Anda mendapat tempat: {activity}, {_when(activity)}. Giliran Anda tiba dari daftar tunggu."
    key = f"kegiatan:{activity.pk}:pendaftaran:{registration.pk}:tempat"
    notices.tell(_holder(registration), "registration", text, path=_page(activity), key=key)


def tell_place_taken_back(registration: "Registration", by: User) -> None:
    """An official withdrew it."""
    activity = registration.activity
    text = f"Pendaftaran Anda dicabut: {activity}. Alasan: {registration.withdrawn_reason}"
    notices.tell(_holder(registration), "registration", text, path=_page(activity), but=by)


def tell_registration_open(activity: "Activity") -> int:
    """The time has come from which one registers; returns how many of those who follow were told, each once."""
    text = f"Pendaftaran dibuka: {activity}, {_when(activity)}. {activity.places_line}."
    key, page = f"kegiatan:{activity.pk}:pendaftaran-dibuka", _page(activity)
    every = reverse("attendance:activity_list")
    told = notices.tell_followers(page, "activity", text, key=key)
    return told + notices.tell_followers(every, "activity", text, path=page, key=key)


def tell_changed(activity: "Activity", text: str, event: str, by: User | None) -> None:
    """It was put off, or takes place elsewhere; `event` tells one change from another."""
    if activity.announced_at and not activity.cancelled_at:
        _tell_concerned(activity, text, event, by)


def tell_minutes(activity: "Activity", by: User | None) -> None:
    """Its minutes are out, with what was resolved, which those hear too who follow all that is resolved."""
    _tell_concerned(activity, f"Notulen sudah terbit: {activity}.", "notulen", by)
    if resolved := activity.resolutions.count():
        text, key = f"{figures(resolved)} putusan baru: {activity}.", f"kegiatan:{activity.pk}:notulen"
        every = reverse("attendance:resolution_list")
        notices.tell_followers(every, "activity", text, path=_page(activity), but=by, key=key)


def tell_paid_otherwise(pay_list: "PayList", people: Iterable[int], by: User) -> None:
    """What stood in the books as paid to them was corrected; how much is told by the treasurer alone."""
    whom = _accounts([(pk, None) for pk in people])
    text = f"Pembayaran yang tercatat atas nama Anda diperbaiki: {pay_list.activity}. Tanyakan kepada bendahara desa."
    key = f"bayar:{pay_list.pk}:{clock.now().timestamp():.0f}"
    notices.tell(whom, "pay", text, path=_page(pay_list.activity), but=by, key=key)


def remind(activity: "Activity") -> int:
    """It begins within a day; returns how many were told, each once for each time it was set for."""
    text = f"Segera: {activity}, {_when(activity)}, di {activity.venue}."
    return _tell_concerned(activity, text, f"ingat:{activity.starts_at:%Y%m%d%H%M}", None)


@transaction.atomic
def tell_names_going(activity: "Activity") -> int:
    """The officials hear that the names on its list go, from which day on, once for each time that they are to go."""
    told = type(activity).objects.filter(pk=activity.pk, names_told_at__isnull=True)
    if not told.update(names_told_at=clock.now()):
        return 0
    activity.refresh_from_db(fields=["names_told_at"])
    if not (day := activity.names_go_on):
        return 0
    text = (
        f"Nama pada daftar hadir {activity} dihapus mulai {long_date(day)} karena masa simpannya berakhir. "
        "Unduh atau tangguhkan bila masih diperlukan."
    )
    path = reverse("attendance:retention_detail", args=[activity.pk])
    key = f"kegiatan:{activity.pk}:masa-simpan:{day:%Y%m%d}"
    notices.tell_officials(
        "attendance.close_activity", "retention", text, path=path, region=activity.region, key=key
    )
    return 1


def _tell_concerned(activity: "Activity", text: str, event: str, by: User | None) -> int:
    """Tell the invited, those who registered, and those who only follow."""
    key, page = f"kegiatan:{activity.pk}:{event}", _page(activity)
    invited = notices.tell(_invited(activity), "invitation", text, path=page, but=by, key=key)
    invited += notices.tell(_registered(activity), "registration", text, path=page, but=by, key=key)
    return invited + notices.tell_followers(page, "activity", text, but=by, key=key)


def _invited(activity: "Activity") -> list[User]:
    return _accounts(activity.invitations.standing().values_list("person_id", "body_id"))


def _registered(activity: "Activity") -> list[User]:
    """The accounts of those who have a place or wait for one."""
    standing = activity.registrations.standing().filter(person__user__isnull=False)
    return [registration.person.user for registration in standing.select_related("person__user")]


def _holder(registration: "Registration") -> list[User]:
    person = registration.person
    return [person.user] if person and person.user else []


def _accounts(seats: Iterable[tuple[int | None, int | None]]) -> list[User]:
    """The accounts of those in these seats, and of the members of the bodies that have some."""
    seats = list(seats)
    members = Membership.objects.filter(body__in=[body for _, body in seats if body])
    concerned = {person for person, _ in seats if person} | set(members.values_list("person_id", flat=True))
    holders = Person.objects.active().filter(pk__in=concerned, user__isnull=False)
    return [person.user for person in holders.select_related("user")]


def _is_to_come(activity: "Activity") -> bool:
    return bool(activity.starts_at and activity.starts_at > clock.now())


def _invitation(activity: "Activity") -> str:
    return f"Anda diundang: {activity}, {_when(activity)}."


def _when(activity: "Activity") -> str:
    """When an activity begins."""
    if not activity.starts_at:
        return "waktunya menyusul"
    return full_moment(activity.starts_at, current_village().zone)


def _page(activity: "Activity") -> str:
    return activity.get_absolute_url()
