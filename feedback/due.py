"""What time alone makes due of reports: promises that were broken, reminders before, and closing after silence."""

from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from partisipasi import clock
from partisipasi.residents import notices
from partisipasi.village.models import Holiday
from partisipasi.village.words import full_date

from .models import PinTries, Report


@clock.due("feedback.missed_deadlines")
def note_missed_deadlines() -> int:
    """Put each broken promise into the timeline and the record, once."""
    late = Report.objects.with_broken_promises(clock.today()).order_by("pk")
    return sum(_note_missed(report) for report in list(late))


@transaction.atomic
def _note_missed(report: Report) -> int:
    report.hold(settled_too=True)
    missed = report.note_missed()
    if not missed:
        return 0
    told = f"{report.told_as()} melewati tenggat."
    if report.assigned_to and report.assigned_to.user:
        notices.tell([report.assigned_to.user], "report_work", told, path=report.get_absolute_url())
    report.tell_officials("feedback.verify_report", told)
    report.save_all(missed)
    return len(missed)


@clock.due("feedback.remind")
def remind() -> int:
    """One working day before a promise falls due, remind whoever has to keep it."""
    next_day = Holiday.objects.calendar().next_working_day(clock.today())
    soon = Report.objects.due_within(clock.today(), next_day).order_by("pk")
    return sum(_remind(report, next_day) for report in list(soon))


@transaction.atomic
def _remind(report: Report, next_day: date) -> int:
    report.hold(settled_too=True)
    stage = report.next_stage
    if not stage or not clock.today() <= stage.due_on <= next_day or report.reminded_on == stage.due_on:
        return 0
    report.reminded_on = stage.due_on
    told = f"Tenggat {stage.label} laporan {report.code}: {full_date(stage.due_on)}."
    if report.assigned_to and report.assigned_to.user:
        notices.tell([report.assigned_to.user], "report_work", told, path=report.get_absolute_url())
    else:
        report.tell_officials("feedback.verify_report", told)
    report.save(update_fields=["reminded_on"])
    return 1


@clock.due("feedback.close_silent")
def close_silent() -> int:
    """Close what was answered and left without a reply for ten working days."""
    silent = Report.objects.silent(clock.today()).order_by("pk")
    return sum(report.close_as_silent() for report in list(silent))


@clock.due("feedback.forget_opened")
def forget_opened() -> int:
    """Delete sessions that are over: they tell which reports a browser had opened."""
    SessionStore.clear_expired()
    return 0


@clock.due("feedback.forget_tries")
def forget_tries() -> int:
    """Forget which codes were tried with wrong PINs an hour ago."""
    return PinTries.objects.over().delete()[0]
