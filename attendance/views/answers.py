"""Answering an invitation: with its code and no account, or as an official who was told the answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from attendance.forms import AnswerForm
from attendance.invited_codes import answer_path, found_by
from attendance.models import AnsweredBy, AnswersClosed, Invitation, no_answer_to
from attendance.views.doing import do, sent
from attendance.views.invitations import invitation_within_reach, invitations_url
from attendance.views.limits import allowed

# A whole village may share one address: a limit for guessing codes, far above what mistyping needs.
LIMITS = {"wrong_code": "60/h/ip", "answer": "600/h/ip,30/h/key"}


@login_not_required
@never_cache
@sensitive_post_parameters("stand_in")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The invited reads his invitation and answers it, as often as he likes until the activity begins."""
    if not allowed(request, LIMITS, "wrong_code", only_look=True):
        return render(request, "attendance/invited_too_many.html", status=429)
    invitation = found_by(code)
    if invitation is None:
        allowed(request, LIMITS, "wrong_code")
        return render(request, "attendance/invited_unknown.html", status=404)
    is_closed = no_answer_to(invitation, invitation.activity)
    form = AnswerForm(None if is_closed else sent(request), invitation=invitation)
    if form.is_valid():
        if not allowed(request, LIMITS, "answer", key=str(invitation.pk)):
            return render(request, "attendance/invited_too_many.html", status=429)
        _keep(request, invitation, form)
        return redirect(answer_path(invitation))
    context = {
        "invitation": invitation,
        "activity": invitation.activity,
        "sessions": list(invitation.activity.sessions.in_order()),
        "is_closed": is_closed,
        "form": form,
    }
    return render(request, "attendance/invited.html", context, status=422 if form.is_bound else 200)


def _keep(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> None:
    """Keep the answer; where the activity began meanwhile, the page that follows says so."""
    holds_it = Invitation.objects.of_account(request.user).filter(pk=invitation.pk).exists()
    told = form.cleaned_data
    try:
        invitation.reply(
            told["answer"],
            stand_in=told["stand_in"],
            by=AnsweredBy.ACCOUNT if holds_it else AnsweredBy.CODE,
        )
    except AnswersClosed:
        return


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_reply(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """An official writes down what the invited told him."""
    invitation = invitation_within_reach(request, pk, invitation_pk)
    form = AnswerForm(sent(request), invitation=invitation, shows_name=True)
    if form.is_valid():
        told = form.cleaned_data
        do(
            request,
            lambda: invitation.reply(told["answer"], stand_in=told["stand_in"], by=AnsweredBy.OFFICE),
            f"Jawaban {invitation} dicatat.",
        )
        return redirect(invitations_url(invitation.activity))
    context = {
        "activity": invitation.activity,
        "invitation": invitation,
        "form": form,
        "address": request.village.url(answer_path(invitation)),  # type: ignore[attr-defined]
    }
    return render(request, "attendance/invitation_reply.html", context, status=422 if form.is_bound else 200)
