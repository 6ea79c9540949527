"""Trainings: the public list, the page of one, its sheet, and copying one of another village."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from attendance.forms import CopyForm, NonceForm, TrainingFilterForm
from attendance.models import Refusal, Training
from attendance.training_sheet import offered, sheet_of
from attendance.views.doing import sent
from partisipasi.residents.permissions import coverage

PAGE_SIZE = 20


def visible_training(request: HttpRequest, pk: int) -> Training:
    """The training of the activity `pk`, if this visitor may see it; else 404."""
    rows = Training.objects.visible_to(request.user).select_related(
        "activity__kind", "activity__region", "next_training__activity", "next_competence"
    )
    return get_object_or_404(rows, activity=pk)


@login_not_required
@require_safe
def training_list(request: HttpRequest) -> HttpResponse:
    """What can be learnt soon, and below it what was taught, newest first."""
    form = TrainingFilterForm(request.GET)
    chosen = form.chosen(Training.objects.visible_to(request.user).with_line())
    past = Paginator(chosen.past(), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "upcoming": chosen.upcoming() if past.number == 1 else [],
        "past": past,
        "is_filtered": bool(request.GET.get("kompetensi")),
        "may_find": request.user.has_perm("attendance.find_facilitators"),
        "may_copy": coverage(request.user, "attendance.add_training").everywhere,
    }
    return render(request, "attendance/training_list.html", context, status=200 if form.is_valid() else 422)


@login_not_required
@require_safe
def training_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What it teaches, what to read before, who leads, and what to learn after it."""
    training = visible_training(request, pk)
    activity, user = training.activity, request.user
    sessions = list(activity.sessions.in_order())
    context = {
        "training": training,
        "activity": activity,
        "sessions": sessions,
        "competences": list(training.competences.all()),
        "leaders": list(training.leaders.select_related("person")),
        "materials": list(training.materials.select_related("file")),
        "next_training": _next_shown(training, user),
        "may_issue": user.has_perm("attendance.issue_certificate", training),
        "may_change": user.has_perm("attendance.change_training", training),
        "address": request.village.url(training.get_absolute_url()),  # type: ignore[attr-defined]
    }
    return render(request, "attendance/training_detail.html", context)


def _next_shown(training: Training, user: Any) -> Training | None:
    """The training to take next, unless it is not announced yet and this visitor may not see that."""
    following = training.next_training
    if following and not following.activity.announced_at:
        return following if user.has_perm("attendance.view_activity", following.activity) else None
    return following


@login_not_required
@require_safe
def training_sheet(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for programs, without people; 404 where it is not shared."""
    training = get_object_or_404(Training.objects.shared().select_related("activity"), activity=pk)
    return JsonResponse(sheet_of(training), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_http_methods(["GET", "HEAD", "POST"])
def training_copy(request: HttpRequest) -> HttpResponse:
    """Choose a training of another village, see what would come, and on the second tap have it as a draft."""
    if not coverage(request.user, "attendance.add_training").everywhere:
        raise PermissionDenied
    asked = request.GET.get("dari")
    form = CopyForm(request.GET if asked is not None else None)
    sheet = form.cleaned_data["dari"] if form.is_valid() else None
    once = NonceForm(sent(request))
    if sheet and once.is_valid():
        try:
            training = Training.objects.copy(sheet, nonce=once.cleaned_data["nonce"], by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("attendance:training_copy")
        messages.success(
            request, "Pelatihan disalin sebagai draf. Tulis tempat dan waktunya, lalu umumkan kegiatannya."
        )
        return redirect(training)
    context = {
        "form": form,
        "sheet": sheet,
        "once": NonceForm(),
        "offers": [] if sheet else offered(PAGE_SIZE, request.GET.get("judul", "")[:80]),
        "title": request.GET.get("judul", "")[:80],
    }
    wrong = (form.is_bound and not sheet) or once.is_bound
    return render(request, "attendance/training_copy.html", context, status=422 if wrong else 200)
