"""Certificates: given by officials, found by their holders, checked by anybody."""

from collections.abc import Sequence

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from attendance.certificates import as_pdf
from attendance.forms import CodeForm, ReissueForm, WithdrawForm
from attendance.learning import record_of
from attendance.models import Certificate, Training
from attendance.views.doing import do, sent
from partisipasi.files.downloads import private_file
from partisipasi.residents import codes
from partisipasi.residents.models import Person
from partisipasi.typeset import NotTypesettable
from partisipasi.village.words import date_span, figures

PERM = "attendance.issue_certificate"
# A whole village may share one address: a limit for guessing codes, far above what mistyping needs.
LIMITS = {"wrong_certificate": "60/h/ip"}


def _training(request: HttpRequest, pk: int) -> Training:
    """The training of the activity `pk` for which this official gives certificates; else 404."""
    within = Training.objects.within_reach(request.user, PERM).filter(activity__cancelled_at__isnull=True)
    return get_object_or_404(within.select_related("activity__kind", "activity__region"), activity=pk)


def _certificate(request: HttpRequest, pk: int, certificate_pk: int) -> Certificate:
    rows = Certificate.objects.filter(training=_training(request, pk)).select_related("person__user")
    return get_object_or_404(rows, pk=certificate_pk)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has one and who is to get one; on the tap everybody who earned one gets it, once."""
    training = _training(request, pk)
    if request.method == "POST":
        do(
            request,
            lambda: f"{figures(Certificate.objects.issue(training, request.user))} sertifikat diterbitkan.",  # type: ignore[arg-type]
        )
        return redirect("attendance:certificate_list", pk=pk)
    given = Certificate.objects.filter(training=training).select_related("person", "replacement")
    context = {
        "training": training,
        "activity": training.activity,
        "given": list(given),
        "due": Certificate.objects.due(training) if training.activity.closed_at else [],
        "sessions": training.activity.sessions.count(),
    }
    return render(request, "attendance/certificate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_withdraw(request: HttpRequest, pk: int, certificate_pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, certificate_pk)
    form = WithdrawForm(sent(request))
    if form.is_valid():
        do(
            request,
            lambda: certificate.withdraw(form.cleaned_data["reason"], request.user),  # type: ignore[arg-type]
            "Sertifikat ditarik.",
        )
        return redirect("attendance:certificate_list", pk=pk)
    return _act(request, certificate, form, "Tarik sertifikat", is_danger=True)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_reissue(request: HttpRequest, pk: int, certificate_pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, certificate_pk)
    form = ReissueForm(sent(request), initial={"name": certificate.name})
    if form.is_valid():
        do(
            request,
            lambda: certificate.reissue(by=request.user, **form.cleaned_data),
            "Sertifikat baru diterbitkan; yang lama tidak berlaku lagi.",
        )
        return redirect("attendance:certificate_list", pk=pk)
    return _act(request, certificate, form, "Terbitkan ulang sertifikat", is_danger=False)


def _act(
    request: HttpRequest, certificate: Certificate, form: WithdrawForm, heading: str, *, is_danger: bool
) -> HttpResponse:
    context = {
        "certificate": certificate,
        "activity": certificate.training.activity,
        "form": form,
        "heading": heading,
        "is_danger": is_danger,
    }
    return render(request, "attendance/certificate_act.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def certificates_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """All that count, in one file."""
    training = _training(request, pk)
    standing = list(Certificate.objects.standing().filter(training=training).exclude(name=""))
    if not standing:
        messages.error(request, "Belum ada sertifikat yang dapat dicetak.")
        return redirect("attendance:certificate_list", pk=pk)
    return _pdf(request, standing, f"sertifikat-{pk}.pdf")


@never_cache
@require_safe
def certificate_pdf(request: HttpRequest, pk: int, certificate_pk: int) -> HttpResponse:
    """One, for its holder and for those who give them; else 404."""
    own = Certificate.objects.of_account(request.user)
    given = Certificate.objects.filter(
        training__in=Training.objects.within_reach(request.user, PERM).order_by()
    )
    rows = Certificate.objects.filter(training__activity=pk).exclude(name="")
    seen = rows.filter(pk__in=own.order_by().values("pk")) | rows.filter(pk__in=given.order_by().values("pk"))
    certificate = get_object_or_404(seen, pk=certificate_pk)
    return _pdf(request, [certificate], f"sertifikat-{certificate.code.lower()}.pdf")


def _pdf(request: HttpRequest, certificates: Sequence[Certificate], name: str) -> HttpResponse:
    try:
        pdf = as_pdf(certificates)
    except NotTypesettable:
        messages.error(
            request, "Sertifikat tidak dapat dicetak. Coba lagi; bila tetap gagal, periksa lambang desa."
        )
        return redirect("account_detail")
    return private_file(pdf, name, shown=True)


@never_cache
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """One's own record of learning and leading, also on paper."""
    person = Person.objects.active().of(request.user)
    context = {"person": person, "record": record_of(person) if person else None}
    return render(request, "attendance/my_learning.html", context)


# Checking


@login_not_required
@require_safe
def certificate_search(request: HttpRequest) -> HttpResponse:
    """Where a code is typed that stands on a certificate."""
    form = CodeForm(request.GET or None)
    if form.is_valid():
        return redirect("certificates:certificate_check", code=form.cleaned_data["kode"])
    return render(
        request, "attendance/certificate_search.html", {"form": form}, status=422 if form.errors else 200
    )


@login_not_required
@never_cache
@require_safe
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate with this code counts, and what it says."""
    if not _count(request, only_look=True):
        return render(request, "429.html", status=429)
    typed = codes.typed(code)
    certificate = Certificate.objects.filter(code=typed).first() if typed else None
    if certificate is None:
        _count(request)
        return render(request, "attendance/certificate_unknown.html", {"form": CodeForm()}, status=404)
    context = {"certificate": certificate, "days": date_span(*certificate.days)}
    return render(request, "attendance/certificate_check.html", context)


def _count(request: HttpRequest, *, only_look: bool = False) -> bool:
    """Is one more wrong code allowed? Counts it, unless it only looks."""
    return bool(
        ratelimit.consume(
            request,
            app="attendance",
            action="wrong_certificate",
            config=LIMITS,
            key=str(request.village.pk),  # type: ignore[attr-defined]
            dry_run=only_look,
            limit_get=True,
        )
    )
