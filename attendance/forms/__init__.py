from .desk import CheckInForm, DeskSearchForm, GuestForm
from .invitations import InviteeForm, InviteeSearchForm, InviteForm
from .lists import ActivityFilterForm, MonthForm
from .parts import ReasonForm
from .phone import PhoneCodeForm, PhoneGuestForm
from .sheets import SheetOptionsForm

__all__ = [
    "ActivityFilterForm",
    "CheckInForm",
    "DeskSearchForm",
    "GuestForm",
    "InviteForm",
    "InviteeForm",
    "InviteeSearchForm",
    "MonthForm",
    "PhoneCodeForm",
    "PhoneGuestForm",
    "ReasonForm",
    "SheetOptionsForm",
]
