"""Putting an activity off: to another time and place, or step by step where the quorum is not met."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from attendance.forms import AdjournForm, AgainForm, GoOnForm, PostponeForm
from attendance.models import Postponement, Refusal, Session, Step
from attendance.tally import Tally
from attendance.views.desk import Desk, chosen_session
from attendance.views.doing import do, sent
from attendance.views.invitations import activity_within_reach

FORMS: dict[Step, Any] = {Step.HOURS: AdjournForm, Step.DAYS: AgainForm, Step.ON: GoOnForm}


@require_http_methods(["GET", "HEAD", "POST"])
def activity_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time or place for an announced sitting; residents read the reason, and the invited are told."""
    activity = activity_within_reach(request, pk, "attendance.announce_activity")
    chosen = request.POST.get("sesi") or request.GET.get("sesi")
    session = chosen_session(activity, chosen)
    form = PostponeForm(sent(request), session=session)
    if form.is_valid():
        told = form.cleaned_data
        how = {"reason": told["reason"], "nonce": told["nonce"], "by": request.user}
        try:
            Postponement.objects.move(session, form.starts_at, form.ends_at, venue=told["venue"], **how)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Perubahan diumumkan, dan yang diundang diberi tahu.")
            return redirect(activity)
    context = {
        "activity": activity,
        "session": session,
        "sessions": list(activity.sessions.in_order()),
        "form": form,
    }
    return render(request, "attendance/activity_postpone.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def desk_quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """The step that the rules allow next where the quorum lacks, and taking it."""
    at = Desk.of(request, pk, "attendance.close_activity")
    step = Postponement.objects.next_step(at.session)
    asked = _asked(request) if request.method == "POST" else step
    form = _form(request, asked, at.session)
    if request.method == "POST" and form and asked and form.is_valid():
        do(request, lambda: _take(request, asked, form, at.session), "Langkah ini tercatat dan diumumkan.")
        return redirect(f"{at.url()}" if asked == Step.ON else at.activity)
    context = {
        "desk": at,
        "activity": at.activity,
        "tally": Tally.of_session(at.session),
        "step": asked,
        "form": form,
        "taken": at.activity.postponements.for_quorum(),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "attendance/desk_quorum.html", context, status=status)


def _asked(request: HttpRequest) -> Step:
    """The step that the form was for: another may have been taken meanwhile, and the verb says so."""
    try:
        return Step(request.POST.get("langkah", ""))
    except ValueError:
        raise Http404 from None


def _form(request: HttpRequest, step: Step | None, session: Session) -> Any:
    if step not in FORMS:
        return None
    if step == Step.ON:
        return GoOnForm(sent(request))
    return FORMS[step](sent(request), session=session)


def _take(request: HttpRequest, step: Step, form: Any, session: Session) -> Postponement:
    how = {"nonce": form.cleaned_data["nonce"], "by": request.user}
    if step == Step.HOURS:
        return Postponement.objects.adjourn(session, form.until, **how)
    if step == Step.DAYS:
        venue = form.cleaned_data["venue"]
        return Postponement.objects.convene_again(session, form.starts_at, form.ends_at, venue=venue, **how)
    return Postponement.objects.go_on(session, **how)
