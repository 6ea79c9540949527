from .acts import ReopenForm, ReplyForm
from .counter import CounterForm, PersonSearchForm
from .lists import ReportFilterForm
from .report import ReportForm
from .tracking import TrackForm

__all__ = [
    "CounterForm",
    "PersonSearchForm",
    "ReopenForm",
    "ReplyForm",
    "ReportFilterForm",
    "ReportForm",
    "TrackForm",
]
