from .desk import CheckInForm, DeskSearchForm, GuestForm
from .invitations import InviteeForm, InviteeSearchForm, InviteForm
from .lists import ActivityFilterForm
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
    "ReasonForm",
    "SheetOptionsForm",
]
