"""Minutes: written together by officials, published for everybody, and the agreement (berita acara) on paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from attendance import agreement, minutes_paper, report
from attendance.forms import MinutesForm
from attendance.models import Activity, Minutes, Refusal, Writing, WrittenMeanwhile
from attendance.models.minutes import MOST_LINES
from attendance.models.reporting import report_state
from attendance.views.activities import visible_activity
from attendance.views.doing import sent
from attendance.views.told import minutes_shown, resolutions_of, said_in
from partisipasi.residents.models import Person

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _activity(request: HttpRequest, pk: int, perm: str = "attendance.write_minutes") -> Activity:
    """The activity that took place or will, if this official's appointment reaches it; else 404."""
    within = Activity.objects.within_reach(request.user, perm).filter(cancelled_at__isnull=True)
    return get_object_or_404(within.select_related("kind", "region"), pk=pk)


def _form(request: HttpRequest, activity: Activity, minutes: Minutes | None) -> MinutesForm:
    if minutes:
        said = minutes.writing
    else:
        writer = Person.objects.of(request.user)
        # The order of the day is what was spoken of, until the minutes say otherwise.
        items = tuple((topic[:200], "") for _, topic in activity.programme_lines[:MOST_LINES])
        said = Writing(items, noted_by=writer.name if writer else "")
    return MinutesForm(
        sent(request),
        said=said,
        version=minutes.version if minutes else 0,
        needs_reason=bool(minutes and minutes.published_at),
    )


@login_not_required
@require_safe
def minutes_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, and below them what was resolved. Until they are published only those who write them see it."""
    activity = visible_activity(request, pk)
    minutes = minutes_shown(activity, request.user)
    if minutes is None:
        raise Http404("There are no minutes.")
    may_write = request.user.has_perm("attendance.write_minutes", activity)
    context = {
        "activity": activity,
        "report": report_state(activity) if may_write else {},
        "may_file": request.user.has_perm("attendance.add_evidence", activity),
        **said_in(minutes),
        **resolutions_of(activity),
    }
    return render(request, "attendance/minutes_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, or correct them with a reason. Who is overtaken by another keeps what he typed."""
    activity = _activity(request, pk)
    minutes = Minutes.objects.filter(activity=activity).first()
    if minutes and minutes.published_at:
        activity = _activity(request, pk, "attendance.publish_minutes")
    form = _form(request, activity, minutes)
    context: dict[str, Any] = {"activity": activity, "minutes": minutes, "form": form}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "attendance/minutes_write.html", context, status=status)
    try:
        _save(request, activity, form)
    except WrittenMeanwhile as overtaken:
        other = overtaken.minutes
        context |= {"other": other, "said": other.writing, "minutes": other, "form": form.over(other)}
        return render(request, "attendance/minutes_write.html", context, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "attendance/minutes_write.html", context, status=422)
    messages.success(request, "Notulen disimpan.")
    if "lagi" in request.POST:
        return redirect("attendance:minutes_write", pk=pk)
    return redirect("attendance:minutes_detail", pk=pk)


def _save(request: HttpRequest, activity: Activity, form: MinutesForm) -> None:
    told = form.cleaned_data
    Minutes.objects.write(
        activity,
        form.writing,
        version=told["version"],
        nonce=told["nonce"],
        by=request.user,  # type: ignore[arg-type]
        reason=told.get("reason", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what residents will read, and on the second tap let them read it."""
    activity = _activity(request, pk, "attendance.publish_minutes")
    minutes = get_object_or_404(Minutes, activity=activity)
    if request.method != "POST":
        context = {"activity": activity, **said_in(minutes), **resolutions_of(activity)}
        return render(request, "attendance/minutes_publish.html", context)
    version = request.POST.get("version", "")
    try:
        minutes.publish(int(version) if version.isdecimal() else -1, request.user)  # type: ignore[arg-type]
    except WrittenMeanwhile as overtaken:
        messages.error(request, f"{overtaken} Baca dahulu yang terbaru, lalu terbitkan.")
        return redirect("attendance:minutes_publish", pk=pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Notulen diterbitkan. Warga kini membacanya.")
    return redirect(minutes.get_absolute_url())


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes on paper, for those who may read their page."""
    minutes = _shown(request, pk)
    return _paper(minutes_paper.as_pdf(minutes), f"notulen-{slugify(minutes.activity.title)[:60]}.pdf")


@login_not_required
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of what was held, for those who may read the minutes that it comes from."""
    minutes = _shown(request, pk)
    return _paper(report.as_pdf(minutes), f"laporan-{slugify(minutes.activity.title)[:60]}.pdf")


def _shown(request: HttpRequest, pk: int) -> Minutes:
    minutes = minutes_shown(visible_activity(request, pk), request.user)
    if minutes is None or not minutes.activity.starts_at:
        raise Http404("There are no minutes of a day.")
    return minutes


@login_not_required
@require_safe
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The berita acara of published minutes for everybody; of a draft for those who write it. Else 404."""
    minutes = _agreed(request, pk)
    return _paper(agreement.as_pdf(minutes), f"berita-acara-{slugify(minutes.activity.title)[:60]}.pdf")


@login_not_required
@require_safe
def agreement_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same berita acara to go on writing in, for the same people."""
    minutes = _agreed(request, pk)
    return _paper(agreement.as_docx(minutes), f"berita-acara-{slugify(minutes.activity.title)[:60]}.docx")


def _agreed(request: HttpRequest, pk: int) -> Minutes:
    minutes = _shown(request, pk)
    if not minutes.activity.resolutions.exists():
        raise Http404("There is no agreement.")
    return minutes


def _paper(content: bytes, name: str) -> HttpResponse:
    """PDF is shown, anything else is handed over."""
    is_pdf = name.endswith(".pdf")
    response = HttpResponse(content, content_type="application/pdf" if is_pdf else DOCX)
    response["Content-Disposition"] = f'{"inline" if is_pdf else "attachment"}; filename="{name}"'
    return response
