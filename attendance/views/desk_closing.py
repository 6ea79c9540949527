"""The end of a desk: its list is closed, and opened again where something was forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attendance.forms import ReasonForm
from attendance.models import DeskContact, Postponement, scan_is_missing
from attendance.tally import Tally
from attendance.views.desk import Desk
from attendance.views.doing import do, sent


@require_http_methods(["GET", "HEAD", "POST"])
def desk_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the numbers and what closing does; on the second tap, close."""
    at = Desk.of(request, pk, "attendance.close_activity")
    if request.method == "POST":
        do(request, lambda: at.activity.close(request.user), "Daftar hadir ditutup. Sekarang dapat dicetak.")
        return redirect(at.url())
    sessions = at.activity.sessions.in_order()
    context = {
        "desk": at,
        "activity": at.activity,
        "steps": [session for session in sessions if Postponement.objects.next_step(session)],
        "with_queue": DeskContact.objects.filter(session__activity=at.activity).with_queue(),
        "silent": DeskContact.objects.filter(session__activity=at.activity).silent(),
        "without_scan": [session for session in sessions if scan_is_missing(session)],
        "tallies": [(session, Tally.of_session(session)) for session in sessions],
    }
    return render(request, "attendance/desk_close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a closed list change again, with a reason that stays in the village's record."""
    at = Desk.of(request, pk, "attendance.close_activity")
    form = ReasonForm(
        sent(request),
        help_text="Tersimpan dalam catatan publik, misalnya: dua orang tercatat terlambat.",
    )
    if form.is_valid():
        do(
            request,
            lambda: at.activity.reopen(form.cleaned_data["reason"], request.user),
            "Daftar hadir dibuka kembali. Tutuplah lagi sesudah diperbaiki.",
        )
        return redirect(at.url())
    context = {"desk": at, "activity": at.activity, "form": form}
    return render(request, "attendance/desk_reopen.html", context, status=422 if form.is_bound else 200)
