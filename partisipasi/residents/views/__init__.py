from .accounts import View, account_detail, account_phone, account_profile, answering_422
from .verification import account_verification, verification_code, verification_nik

__all__ = [
    "View",
    "account_detail",
    "account_phone",
    "account_profile",
    "account_verification",
    "answering_422",
    "verification_code",
    "verification_nik",
]
