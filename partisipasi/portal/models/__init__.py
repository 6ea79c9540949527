from .origin import Origin
from .privacy_request import ANSWERED_WITHIN, DECIDE, HoldsOffice, PrivacyRequest, TooEarly
from .vocabulary import Vocabulary, Word

__all__ = [
    "ANSWERED_WITHIN",
    "DECIDE",
    "HoldsOffice",
    "Origin",
    "PrivacyRequest",
    "TooEarly",
    "Vocabulary",
    "Word",
]
