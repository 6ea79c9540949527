from .desk import CheckInForm, DeskSearchForm, GuestForm
from .invitations import InviteeForm, InviteeSearchForm, InviteForm
from .lists import ActivityFilterForm, MonthForm
from .parts import ReasonForm
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
    "ReasonForm",
    "SheetOptionsForm",
]
