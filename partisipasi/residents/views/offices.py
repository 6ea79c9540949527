"""The village's officials and bodies, for everybody."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partisipasi import clock
from partisipasi.residents import offices
from partisipasi.residents.models import Appointment, Body, Role
from partisipasi.residents.structure import chart_of
from partisipasi.village import words


@login_not_required
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """All offices held today."""
    return render(request, "residents/office_list.html", {"groups": offices.seats_by_group()})


@login_not_required
@require_safe
def office_chart(request: HttpRequest) -> HttpResponse:
    """The structure of the village's government (*SOTK*), drawn from the offices held today."""
    return render(request, "residents/office_chart.html", {"chart": chart_of(offices.seats_by_group())})


@login_not_required
@require_safe
def office_print(request: HttpRequest) -> HttpResponse:
    """The same as a paper for the notice board, signed by the head of the village."""
    groups = offices.seats_by_group()
    seats = [seat for _, found in groups for seat in found]
    head = next((seat.held for seat in seats if seat.held.role == Role.VILLAGE_HEAD), None)
    return render(
        request, "residents/office_print.html", {"groups": groups, "head": head, "today": clock.today()}
    )


@login_not_required
@require_safe
def office_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One office: what it answers for, who holds it, and who did before."""
    named = get_object_or_404(Appointment.objects.select_related("person", "region"), pk=pk)
    if named.is_deputy:
        return redirect(named)
    history = list(Appointment.objects.of_office(named).select_related("person", "region", "deputy_for"))
    if named not in history:
        raise Http404
    now = [each for each in history if each.is_current and not each.person.retired_at]
    holders = [each for each in now if not each.is_deputy]
    return render(
        request,
        "residents/office_detail.html",
        {
            "office": named,
            "sentence": offices.sentence_of(named.role),
            "holders": holders,
            "deputies": [each for each in now if each.is_deputy],
            "events": [_as_event(each) for each in history],
            "hanging": offices.hanging_on(holders, request.user),
        },
    )


def _as_event(held: Appointment) -> dict[str, object]:
    until = f"sampai dengan {words.long_date(held.last_day)}" if held.last_day else "sampai sekarang"
    name = f"{held.title}: {held.person}" if held.is_deputy else str(held.person)
    return {"at": held.from_on, "title": name, "by": until, "text": held.decree_number}


@login_not_required
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """The village's bodies by kind, and who leads them."""
    kinds = [Body.Kind.BPD, Body.Kind.LKD, Body.Kind.NEIGHBOURHOOD, Body.Kind.GROUP]
    found = sorted(Body.objects.public(), key=lambda body: (kinds.index(Body.Kind(body.kind)), body.name))
    groups = [(Body.Kind(kind).label, list(those)) for kind, those in groupby(found, key=lambda b: b.kind)]
    return render(request, "residents/body_list.html", {"groups": groups})
