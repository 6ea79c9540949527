"""Preparing an activity: who is invited, announcing it, calling it off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.address_book import people_for
from attendance.forms import InviteeForm, InviteeSearchForm, InviteForm, ReasonForm
from attendance.models import Activity, Answer, Invitation, count_answers
from attendance.views.doing import do, sent
from partisipasi.residents.models import Body

PAGE_SIZE = 100
OFFERED = 200


def activity_within_reach(
    request: HttpRequest, pk: int, perm: str = "attendance.change_activity"
) -> Activity:
    """The activity, if this official's appointment reaches it; else 404."""
    within = Activity.objects.within_reach(request.user, perm).select_related("kind", "region")
    return get_object_or_404(within, pk=pk)


def invitations_url(activity: Activity) -> str:
    return reverse("attendance:invitation_list", args=[activity.pk])


@require_safe
def invitation_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited, and people and bodies of the address book who could be."""
    activity = activity_within_reach(request, pk)
    standing = activity.invitations.standing().select_related("person__region", "body__region", "unsur")
    search, chosen = InviteeSearchForm(request.GET, kind=activity.kind), request.GET.get("jawaban", "")
    people, bodies = _not_invited(people_for(request.user), standing, search)
    context = {
        "activity": activity,
        "may_send": request.user.has_perm("residents.send_message") and not activity.cancelled_at,
        "is_open": not activity.closed_at and not activity.cancelled_at,
        "answers": count_answers(standing),
        "count": standing.count(),
        "chosen": chosen,
        "invited": Paginator(_answering(standing, chosen).by_name(), PAGE_SIZE).get_page(
            request.GET.get("halaman")
        ),
        "search": search,
        "people": people[:OFFERED],
        "more": max(people.count() - OFFERED, 0),
        "bodies": bodies,
        "is_searched": any(request.GET.get(name) for name in search.fields),
        "withdrawn": activity.invitations.withdrawn().select_related("person", "body"),
    }
    status = 200 if search.is_valid() else 422
    return render(request, "attendance/invitation_list.html", context, status=status)


def _answering(standing: Any, chosen: str) -> Any:
    """Those with this answer, with none yet (*belum*), or all."""
    if chosen == "belum":
        return standing.filter(answer="")
    return standing.filter(answer=chosen) if chosen in Answer.values else standing


def _not_invited(people: Any, standing: Any, search: InviteeSearchForm) -> tuple[Any, Any]:
    """People and bodies that the search finds and who have no seat yet."""
    people = people.select_related("region", "unsur").exclude(
        pk__in=standing.filter(person__isnull=False).values("person")
    )
    bodies = Body.objects.exclude(pk__in=standing.filter(body__isnull=False).values("body"))
    if not search.is_valid():
        return people, bodies
    return search.narrow(people, bodies)


@require_POST
def invitation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite all that were ticked."""
    activity = activity_within_reach(request, pk)
    form = InviteForm(request.POST, people=people_for(request.user))
    if not form.is_valid():
        messages.error(request, "Centang sedikitnya satu orang atau lembaga yang masih ada di buku alamat.")
        return redirect(invitations_url(activity))
    told = form.cleaned_data

    def invite() -> str:
        count = activity.invite_all(told["people"], told["bodies"], by=request.user)
        return f"{count} undangan ditambahkan."

    do(request, invite)
    return redirect(invitations_url(activity))


def invitation_within_reach(request: HttpRequest, pk: int, invitation_pk: int) -> Invitation:
    """The standing invitation, if this official's appointment reaches its activity; else 404."""
    standing = activity_within_reach(request, pk).invitations.standing()
    return get_object_or_404(standing.select_related("activity", "person", "body", "unsur"), pk=invitation_pk)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_change(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Whom the seat represents, and whom an invited body sends."""
    invitation = invitation_within_reach(request, pk, invitation_pk)
    form = InviteeForm(sent(request), invitation=invitation)
    if form.is_valid():
        do(request, lambda: invitation.amend(**form.cleaned_data), "Undangan diperbarui.")
        return redirect(invitations_url(invitation.activity))
    context = {"activity": invitation.activity, "invitation": invitation, "form": form}
    return render(request, "attendance/invitation_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Take a seat back, with a reason."""
    invitation = invitation_within_reach(request, pk, invitation_pk)
    form = ReasonForm(sent(request), help_text="Misalnya: sudah pindah, terundang dua kali.")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        do(request, lambda: invitation.withdraw(reason, request.user), f"Undangan {invitation} dicabut.")
        return redirect(invitations_url(invitation.activity))
    context = {"activity": invitation.activity, "invitation": invitation, "form": form}
    return render(
        request, "attendance/invitation_withdraw.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def activity_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what residents will see, and on the second tap let them see it."""
    activity = activity_within_reach(request, pk, "attendance.announce_activity")
    if request.method == "POST":
        try:
            do(request, lambda: activity.announce(request.user), "Kegiatan diumumkan. Warga kini melihatnya.")
        except ValidationError as lacking:
            messages.error(request, " ".join(lacking.messages))
        return redirect(activity)
    return render(request, "attendance/activity_announce.html", {"activity": activity})


@require_http_methods(["GET", "HEAD", "POST"])
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the activity off; residents read the reason."""
    activity = activity_within_reach(request, pk, "attendance.announce_activity")
    form = ReasonForm(sent(request), help_text="Warga membaca alasan ini pada halaman kegiatan.")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        do(request, lambda: activity.cancel(reason, request.user), "Kegiatan dibatalkan.")
        return redirect(activity)
    context = {"activity": activity, "form": form}
    return render(request, "attendance/activity_cancel.html", context, status=422 if form.is_bound else 200)
