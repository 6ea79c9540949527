"""Inviting many at once: choose, look at who it is, then invite exactly those."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attendance.address_book import people_for
from attendance.forms import InviteManyForm, ManyForm
from attendance.models import Activity
from attendance.selection import Preview
from attendance.views.doing import do
from attendance.views.invitations import activity_within_reach, invitations_url
from partisipasi.residents.models import Person

NAMED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_many(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice and its preview by GET; those who were shown are invited by POST."""
    activity = activity_within_reach(request, pk)
    if request.method == "POST":
        return _invite(request, activity)
    form = ManyForm(request.GET if request.GET else None)
    preview, status = None, 200
    if form.is_bound and form.is_valid():
        found = form.choice.narrow(people_for(request.user)).select_related("region", "unsur")
        preview = Preview.of(activity, found)
    elif form.is_bound:
        status = 422
    context = {
        "activity": activity,
        "is_open": not activity.closed_at and not activity.cancelled_at,
        "form": form,
        "preview": preview,
    }
    return render(request, "attendance/invitation_many.html", context, status=status)


def _invite(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = InviteManyForm(request.POST, people=people_for(request.user))
    if not form.is_valid():
        messages.error(request, "Daftar orangnya tidak lengkap. Pilih lagi siapa yang diundang.")
        return redirect("attendance:invitation_many", activity.pk)
    people = list(form.chosen)
    seated = Preview.of(activity, people).seated

    def invite() -> str:
        count = activity.invite_all(people, by=request.user)
        return f"{count} undangan ditambahkan.{_skipped(seated)}"

    do(request, invite)
    return redirect(invitations_url(activity))


def _skipped(seated: list[Person]) -> str:
    """Who was invited by somebody else between the look and the tap."""
    if not seated:
        return ""
    names = ", ".join(str(each) for each in seated[:NAMED])
    more = f", dan {len(seated) - NAMED} orang lagi" if len(seated) > NAMED else ""
    return f" Sudah diundang, jadi dilewati: {names}{more}."
