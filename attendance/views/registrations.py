"""Registering for an activity: with one tap when signed in, else by name with a code to keep."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from attendance.forms import RegisterForm, RegisterSelfForm
from attendance.models import Activity, Refusal, Registration
from attendance.registered_codes import found_by, registration_path
from attendance.views.activities import visible_activity
from attendance.views.doing import do, sent
from attendance.views.limits import allowed
from partisipasi.printed import qr_image
from partisipasi.residents.models import Person

# A whole village may share one address; a program that fills an activity's list meets the limit of that activity.
LIMITS = {
    "register": "60/h/ip,300/h/key",
    "register_self": "30/h/user",
    "wrong_registration": "60/h/ip",
}


@login_not_required
@never_cache
@sensitive_post_parameters("name", "origin", "guardian")
@require_http_methods(["GET", "HEAD", "POST"])
def registration_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Register: who is signed in for himself, everybody else by name."""
    activity = visible_activity(request, pk)
    person = Person.objects.active().of(request.user)  # type: ignore[arg-type]
    for_another = person is None or "lain" in request.GET
    if person and not for_another:
        own = activity.registrations.standing().filter(person=person).first()
        if own:
            return redirect(registration_path(own))
    form = RegisterForm(sent(request), activity=activity) if for_another else RegisterSelfForm(sent(request))
    if form.is_valid():
        if not _may_register(request, activity, person):
            return _too_many(request)
        whom = {} if for_another else {"person": person}
        try:
            made = _register(request, activity, **form.told, **whom)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(registration_path(made))
    context = {
        "activity": activity,
        "person": None if for_another else person,
        "form": form,
        "nonce": uuid.uuid4(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "attendance/registration_add.html", context, status=status)


def _register(request: HttpRequest, activity: Activity, **told: object) -> Registration:
    by = request.user if request.user.is_authenticated else None
    how = Registration.How.ACCOUNT if by else Registration.How.CODE
    made: Registration = Registration.objects.register(activity, how=how, by=by, **told)
    return made


def _may_register(request: HttpRequest, activity: Activity, person: Person | None) -> bool:
    if person:
        return allowed(request, LIMITS, "register_self")
    return allowed(request, LIMITS, "register", key=str(activity.pk))


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "attendance/registration_too_many.html", status=429)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, code: str) -> HttpResponse:
    """What one keeps: the state of his registration; and here he withdraws."""
    if not allowed(request, LIMITS, "wrong_registration", only_look=True):
        return _too_many(request)
    found = found_by(code)
    if found is None:
        allowed(request, LIMITS, "wrong_registration")
        return render(request, "attendance/registration_unknown.html", status=404)
    if request.method == "POST":
        do(request, found.withdraw, "Pendaftaran Anda dibatalkan. Terima kasih sudah memberi tahu.")
        return redirect(registration_path(found))
    address = request.village.url(registration_path(found))  # type: ignore[attr-defined]
    context = {
        "registration": found,
        "activity": found.activity,
        "sessions": list(found.activity.sessions.in_order()),
        "address": address,
        "written": address.partition("://")[2],
        "qr": qr_image(address),
        "is_closed": found.why_not_withdrawn,
    }
    return render(request, "attendance/registration.html", context)
