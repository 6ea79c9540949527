"""The privacy desk: one's own data, and what one may ask about them."""

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partisipasi.portal.models import HoldsOffice, PrivacyRequest
from partisipasi.residents.models import Consent
from partisipasi.residents.privacy import Concerned, export, plan

from .archive import archive_of
from .forms import CorrectionForm, ErasureForm, ObjectionForm
from .words import groups

Kind = PrivacyRequest.Kind

FORMS = {
    Kind.CORRECTION: CorrectionForm,
    Kind.OBJECTION: ObjectionForm,
    Kind.RESTRICTION: ObjectionForm,
}
EXPLANATIONS = {
    Kind.CORRECTION: "Petugas memeriksa dan memperbaiki data Anda.",
    Kind.OBJECTION: "Anda dapat berkeberatan bila data Anda dipakai untuk sesuatu yang tidak Anda kehendaki.",
    Kind.RESTRICTION: "Data Anda tetap disimpan, tetapi tidak dipakai untuk yang Anda sebutkan.",
}


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """All that the village holds of the visitor, and the requests that he has made."""
    context = {
        "groups": groups(export(request.user)),
        "requests": PrivacyRequest.objects.of(request.user),
        "consents": Consent.objects.of(request.user).standing().exists(),
    }
    return render(request, "portal/my_data/my_data.html", context)


@never_cache
@require_safe
@reauthentication_required
def my_data_download(request: HttpRequest) -> FileResponse:
    """The same as one file; the password is asked for once more."""
    archive = archive_of(Concerned.of(request.user))
    return FileResponse(archive, as_attachment=True, filename="data-saya.zip", content_type="application/zip")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_request(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for correction, or that data be used less."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[Kind(kind)](request.POST or None)
    if form.is_valid():
        asked = PrivacyRequest.objects.file(kind, user=request.user, **form.cleaned_data)
        messages.success(request, f"{asked.get_kind_display()} Anda sudah kami terima.")
        return redirect("my_data")
    context = {"form": form, "kind": Kind(kind), "explanation": EXPLANATIONS[Kind(kind)]}
    return render(
        request, "portal/my_data/privacy_request.html", context, status=422 if form.is_bound else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="reauthenticate")
def erasure_request(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then, with the password, receive the request."""
    waiting = PrivacyRequest.objects.of(request.user).undecided().filter(kind=Kind.ERASURE).first()
    form = ErasureForm(request.POST or None, user=request.user)
    if not waiting and form.is_valid():
        try:
            PrivacyRequest.objects.file(Kind.ERASURE, user=request.user)
        except HoldsOffice as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Permintaan penghapusan Anda sudah kami terima.")
            return redirect("my_data")
    context = {"form": form, "plan": plan(request.user), "waiting": waiting}
    return render(
        request, "portal/my_data/erasure_request.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def privacy_request_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(PrivacyRequest.objects.of(request.user), pk=pk)
    if asked.cancel(by=request.user):
        messages.success(request, f"{asked.get_kind_display()} dibatalkan.")
    else:
        messages.warning(request, "Permintaan ini sudah diputuskan, jadi tidak dapat dibatalkan lagi.")
    return redirect("my_data")


@never_cache
@require_safe
def consent_list(request: HttpRequest) -> HttpResponse:
    """What the visitor has agreed to, word for word, and until when."""
    return render(request, "portal/my_data/consent_list.html", {"consents": Consent.objects.of(request.user)})


@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It ends at once, and stands in the register of requests."""
    given = get_object_or_404(Consent.objects.of(request.user), pk=pk)
    if given.ends_the_account:
        return redirect("erasure_request")
    if PrivacyRequest.objects.withdraw(given):
        messages.success(request, f"Persetujuan Anda ditarik. {given.ending}")
    return redirect("consent_list")
