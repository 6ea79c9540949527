"""Who may do what with people, bodies, appointments and the village's own settings."""

from .models import Role
from .permissions import grant

_LISTS = [
    f"{room}.{act}_{thing}"
    for room, thing in [
        ("village", "region"),
        ("village", "holiday"),
        ("residents", "unsur"),
        ("residents", "body"),
    ]
    for act in ("add", "change", "delete")
]
_ADDRESS_BOOK = [
    "residents.view_person",
    "residents.add_person",
    "residents.change_person",
    "residents.verify_person",
    "residents.retire_person",
    "residents.view_membership",
    "residents.add_membership",
    "residents.change_membership",
    "residents.delete_membership",
    "residents.confirm_phone_person",
    "residents.give_password_code",
    "residents.print_letters_person",
    "residents.export_person",
    "residents.view_verificationletter",
    "residents.revoke_verificationletter",
]

grant(
    [Role.ADMIN],
    "village.change_village",
    "village.view_failedwork",
    "village.retry_failedwork",
    *_LISTS,
)
grant(
    [Role.ADMIN, Role.VILLAGE_HEAD],
    "residents.view_appointment",
    "residents.add_appointment",
    "residents.revoke_appointment",
    "residents.deputise_appointment",
    "residents.hand_over_appointment",
    # An official's account opens what he may: only who appoints gives the key to it.
    "residents.give_password_code",
    "residents.give_official_password_code",
)
grant([Role.ADMIN, Role.SECRETARY, Role.HAMLET_HEAD], *_ADDRESS_BOOK)
grant(
    [Role.ADMIN, Role.SECRETARY, Role.VILLAGE_HEAD, Role.BPD_CHAIR, Role.HAMLET_HEAD],
    "residents.send_message",
)
grant([Role.SECRETARY], "residents.add_body", "residents.change_body", "village.view_letternumber")
# Whoever makes lists, reads the address book for them.
grant(
    [Role.VILLAGE_HEAD, Role.BPD_CHAIR, Role.OPERATOR, Role.SUPERVISOR, Role.PROJECT_TEAM],
    "residents.view_person",
    "residents.view_membership",
)
grant(
    list(Role), "residents.view_body", "village.view_region", "village.view_holiday", "residents.view_unsur"
)
grant([Role.VILLAGE_HEAD, Role.SUPERVISOR, Role.ADMIN], "village.view_letternumber")
grant([Role.SUPERVISOR], "residents.view_appointment", "village.view_village")
grant([Role.ADMIN, Role.SECRETARY], "residents.import_person")
