from .activity import Activity, ActivityQuerySet
from .answering import Answer, AnsweredBy, count_answers, no_answer_to
from .attendance import Attendance
from .attendee import Guest
from .certificate import Certificate, Earner
from .competence import Competence
from .desk_queue import DeskContact, SecondTap
from .evidence import Evidence
from .follow_up import FollowUp
from .follow_up_event import MOST_PHOTOS, FollowUpEvent, FollowUpPhoto
from .follow_up_queries import FOLLOW_UP_STATES
from .invitation import Invitation
from .invitation_letter import InvitationLetter
from .kind import ActivityKind, KindSignatory, KindUnsur, SheetColumn
from .late import LateArrival
from .list_import import ListImport, ListRefused
from .minutes import Minutes, MinutesCorrection, MinutesItem, Writing, WrittenMeanwhile
from .paper_list import PaperLine, type_in
from .papers import Indicator, PaperKind
from .pay_line import PayLine, total_of
from .pay_list import PayList
from .pay_row import PayRow
from .phone import PhoneTicket, PhoneUsedUp, TicketExpired
from .postponement import Postponement, Step
from .refusals import (
    ActivityCancelled,
    AlreadyPresent,
    AnswersClosed,
    CheckInClosed,
    CheckInNotOpen,
    Refusal,
    RegistrationClosed,
    SeatTaken,
)
from .registration import Registration, places_of
from .resolution import RESOLUTION_STATES, Resolution
from .retention import RetentionHold
from .screen_signature import ScreenSignature
from .series import ActivitySeries
from .session import Session
from .signed_scan import PrintedSheet, Scanned, ScanPart, SignedScan, scan_is_missing
from .skills import SkillCard, SkillOffer
from .training import Training
from .training_parts import TrainingLeader, TrainingMaterial

__all__ = [
    "FOLLOW_UP_STATES",
    "MOST_PHOTOS",
    "RESOLUTION_STATES",
    "Activity",
    "ActivityCancelled",
    "ActivityKind",
    "ActivityQuerySet",
    "ActivitySeries",
    "AlreadyPresent",
    "Answer",
    "AnsweredBy",
    "AnswersClosed",
    "Attendance",
    "Certificate",
    "CheckInClosed",
    "CheckInNotOpen",
    "Competence",
    "DeskContact",
    "Earner",
    "Evidence",
    "FollowUp",
    "FollowUpEvent",
    "FollowUpPhoto",
    "Guest",
    "Indicator",
    "Invitation",
    "InvitationLetter",
    "KindSignatory",
    "KindUnsur",
    "LateArrival",
    "ListImport",
    "ListRefused",
    "Minutes",
    "MinutesCorrection",
    "MinutesItem",
    "PaperKind",
    "PaperLine",
    "PayLine",
    "PayList",
    "PayRow",
    "PhoneTicket",
    "PhoneUsedUp",
    "Postponement",
    "PrintedSheet",
    "Refusal",
    "Registration",
    "RegistrationClosed",
    "Resolution",
    "RetentionHold",
    "ScanPart",
    "Scanned",
    "ScreenSignature",
    "SeatTaken",
    "SecondTap",
    "Session",
    "SheetColumn",
    "SignedScan",
    "SkillCard",
    "SkillOffer",
    "Step",
    "TicketExpired",
    "Training",
    "TrainingLeader",
    "TrainingMaterial",
    "Writing",
    "WrittenMeanwhile",
    "count_answers",
    "no_answer_to",
    "places_of",
    "scan_is_missing",
    "total_of",
    "type_in",
]
