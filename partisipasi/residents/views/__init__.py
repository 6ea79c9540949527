from .accounts import View, account_detail, account_phone, answering_422

__all__ = ["View", "account_detail", "account_phone", "answering_422"]
