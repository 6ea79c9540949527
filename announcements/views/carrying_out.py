"""What whoever answers for a project does on pages of their own: report, hand over, stop, carry on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from announcements.models import NotAsThingsStand, Project
from announcements.project_forms import HandoverForm, ProgressForm, ProjectReasonForm
from attendance.views.doing import sent
from partisipasi import clock


@dataclass(frozen=True)
class Deed:
    """One verb of a project with its words, what it asks, who may, and in which states."""

    heading: str
    button: str
    form: type[Any]
    verb: Callable[..., None]
    may: Callable[[Project, Any], bool]
    fits: Callable[[Project], bool]
    otherwise: str


REPORTING = Deed(
    "Laporkan kemajuan",
    "Kirim laporan",
    ProgressForm,
    Project.report,
    Project.can_be_reported_by,
    lambda project: bool(project.published_at and not project.stopped_on and not project.handed_over_on),
    "Kemajuan dilaporkan sesudah pembangunan diumumkan, selama tidak dihentikan dan belum diserahterimakan.",
)
DEEDS = {
    "serah-terima": Deed(
        "Serah terima",
        "Catat serah terima",
        HandoverForm,
        Project.hand_over,
        Project.can_be_published_by,
        lambda project: bool(project.finished_on and not project.handed_over_on),
        "Serah terima dicatat satu kali, sesudah kemajuannya 100%.",
    ),
    "batal-serah-terima": Deed(
        "Batalkan serah terima",
        "Batalkan serah terima",
        ProjectReasonForm,
        Project.take_back,
        Project.can_be_published_by,
        lambda project: bool(project.handed_over_on),
        "Pembangunan ini belum diserahterimakan.",
    ),
    "hentikan": Deed(
        "Hentikan pembangunan",
        "Hentikan pembangunan",
        ProjectReasonForm,
        Project.stop,
        Project.can_be_published_by,
        lambda project: bool(project.published_at and not project.finished_on and not project.stopped_on),
        "Yang sudah selesai atau sudah dihentikan tidak dapat dihentikan lagi.",
    ),
    "lanjutkan": Deed(
        "Lanjutkan pembangunan",
        "Lanjutkan pembangunan",
        ProjectReasonForm,
        Project.resume,
        Project.can_be_published_by,
        lambda project: bool(project.stopped_on),
        "Pembangunan ini tidak sedang dihentikan.",
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell and show how far it is, from a phone at the site."""
    return _do(request, slug, REPORTING)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Hand it over, stop it, or take either back with a reason."""
    return _do(request, slug, DEEDS[act])


def _do(request: HttpRequest, slug: str, deed: Deed) -> HttpResponse:
    """Ask what the verb needs, and let it happen; what it refuses is said beside what was typed."""
    seen = Project.objects.visible_to(request.user).select_related("region", "person", "body")
    project = get_object_or_404(seen, slug=slug)
    if not deed.may(project, request.user):
        raise PermissionDenied
    initial = {"on": clock.today(), "percent": project.percent, "spent": int(project.spent)}
    form = deed.form(sent(request), request.FILES or None, initial=initial)
    if form.is_valid():
        try:
            deed.verb(project, by=request.user, **form.told())
        except NotAsThingsStand as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Tersimpan. Semua orang kini membacanya.")
            return redirect(project)
    context = {
        "project": project,
        "form": form,
        "deed": deed,
        "fits": deed.fits(project) or form.is_bound,
        "photos_again": bool(request.FILES),
    }
    return render(request, "announcements/project_act.html", context, status=422 if form.is_bound else 200)
