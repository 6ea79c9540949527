"""How much of a report a visitor sees: the public part, the reporter's whole, or an official's."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from feedback.models import Report, ReportPhoto
from feedback.opened import is_open_here


@dataclass(frozen=True)
class Sight:
    """One visitor before one report."""

    report: Report
    is_reporter: bool
    is_handler: bool

    @property
    def is_whole(self) -> bool:
        return self.is_reporter or self.is_handler

    def events(self) -> Any:
        events = self.report.events.in_order()
        if self.is_handler:
            return events
        return events.for_reporter() if self.is_reporter else events.for_everybody()

    def photos(self) -> Any:
        photos = ReportPhoto.objects.filter(report=self.report).select_related("file", "report", "event")
        if not self.is_handler:
            photos = photos.for_reporter() if self.is_reporter else photos.for_everybody()
        return photos.order_by("event__at", "order", "pk")


def sight_of(request: HttpRequest, code: str) -> Sight:
    """What this visitor sees of the report with this code; 404 where it is nothing."""
    related = ("category", "region", "person", "reporter", "assigned_to", "project")
    rows = Report.objects.select_related(*related)
    report = rows.filter(code=code).first()
    if report is None:
        raise Http404
    is_reporter = report.is_own_of(request.user) or is_open_here(request, code)
    # An official who sent it stands before it as its reporter.
    is_handler = not is_reporter and report.is_handled_by(request.user)
    if not (report.released_at or is_reporter or is_handler):
        raise Http404
    return Sight(report, is_reporter, is_handler)


def own_report(request: HttpRequest, code: str) -> Report:
    """The report, for whoever sent it; else 404."""
    sight = sight_of(request, code)
    if not sight.is_reporter:
        raise Http404
    return sight.report
