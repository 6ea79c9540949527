from .counter import report_counter, report_receipt
from .public import report_list, report_photo, report_photo_small
from .reporter import my_reports, report_accept, report_detail, report_reopen, report_reply
from .sending import report_new
from .tracking import report_track

__all__ = [
    "my_reports",
    "report_accept",
    "report_counter",
    "report_detail",
    "report_list",
    "report_new",
    "report_photo",
    "report_photo_small",
    "report_receipt",
    "report_reopen",
    "report_reply",
    "report_track",
]
