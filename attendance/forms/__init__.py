from .answers import AnswerForm
from .certificates import CodeForm, ReissueForm, WithdrawForm
from .desk import CheckInForm, DeskSearchForm, GuestForm
from .filing import FilingForm
from .follow_ups import DelayForm, FollowUpFilterForm, FollowUpForm, ProgressForm, ReassignForm, ReopenForm
from .invitations import InviteeForm, InviteeSearchForm, InviteForm
from .lists import ActivityFilterForm, BookYearForm, MonthForm, ResolutionFilterForm
from .minutes import MinutesForm
from .paper import PaperForm
from .parts import ReasonForm
from .pay import PayListForm, PayRowsForm, PaySheetForm
from .phone import PhoneCodeForm, PhoneGuestForm
from .postponing import AdjournForm, AgainForm, GoOnForm, PostponeForm
from .queue import ContactForm, LateForm, TapForm
from .registrations import RegisterForm, RegisterSelfForm, RegistrationForm
from .scan import MorePagesForm, ScanForm
from .selection import InviteManyForm, ManyForm
from .series import ExtendForm, SeriesForm
from .sheets import SheetOptionsForm
from .signature import SignatureForm
from .skills import FacilitatorForm, SkillForm
from .trainings import CopyForm, NonceForm, TrainingFilterForm

__all__ = [
    "ActivityFilterForm",
    "AdjournForm",
    "AgainForm",
    "AnswerForm",
    "BookYearForm",
    "CheckInForm",
    "CodeForm",
    "ContactForm",
    "CopyForm",
    "DelayForm",
    "DeskSearchForm",
    "ExtendForm",
    "FacilitatorForm",
    "FilingForm",
    "FollowUpFilterForm",
    "FollowUpForm",
    "GoOnForm",
    "GuestForm",
    "InviteForm",
    "InviteManyForm",
    "InviteeForm",
    "InviteeSearchForm",
    "LateForm",
    "ManyForm",
    "MinutesForm",
    "MonthForm",
    "MorePagesForm",
    "NonceForm",
    "PaperForm",
    "PayListForm",
    "PayRowsForm",
    "PaySheetForm",
    "PhoneCodeForm",
    "PhoneGuestForm",
    "PostponeForm",
    "ProgressForm",
    "ReasonForm",
    "ReassignForm",
    "RegisterForm",
    "RegisterSelfForm",
    "RegistrationForm",
    "ReissueForm",
    "ReopenForm",
    "ResolutionFilterForm",
    "ScanForm",
    "SeriesForm",
    "SheetOptionsForm",
    "SignatureForm",
    "SkillForm",
    "TapForm",
    "TrainingFilterForm",
    "WithdrawForm",
]
