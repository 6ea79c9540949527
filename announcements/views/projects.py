"""The pages of development projects: the list, one of them, and both as data and as a feed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import escape
from django.views.decorators.http import require_safe

from announcements.models import Act, Project, ProjectEvent, ProjectPhoto
from announcements.project_forms import ProjectFilterForm
from announcements.project_slots import hanging_on
from announcements.projects.open_data import COLUMNS, rows_of
from announcements.projects.timetable import drawing, planned_percent
from announcements.projects.work import work_of
from forums.comments import comments_context
from partisipasi import clock, spreadsheet
from partisipasi.feeds import answer, origin_of, village_feed
from partisipasi.files.http import file_response
from partisipasi.files.models import StoredFile
from partisipasi.village.words import rupiah, share

PAGE_SIZE = 20
FEED_LENGTH = 30


@login_not_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    form = ProjectFilterForm(request.GET or None)
    chosen = form.chosen(Project.objects.published())
    page = Paginator(chosen.select_related("region").newest_first(), PAGE_SIZE)
    totals = chosen.totals()
    context = {
        "form": form,
        "page": page.get_page(request.GET.get("halaman")),
        "totals": totals,
        "spent_share": share(totals["spent"], totals["cost"]),
    }
    return render(request, "announcements/project_list.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A project as everybody reads it; for who works on projects also a draft's preview."""
    seen = Project.objects.visible_to(request.user)
    project = get_object_or_404(seen.with_page(request.user), slug=slug)
    response = render(request, "announcements/project_detail.html", _page_of(request, project))
    if not project.published_at:
        add_never_cache_headers(response)
    return response


def _page_of(request: HttpRequest, project: Project) -> dict[str, Any]:
    today = clock.today()
    events = _told_of(project)
    over = project.handed_over_on or project.finished_on or project.stopped_on
    resolution = project.resolution
    minutes = getattr(resolution.activity, "minutes", None) if resolution else None
    return {
        "project": project,
        "events": events,
        "facts": _facts(project),
        "drawing": drawing(
            project.starts_on,
            project.ends_on,
            project.started_on,
            project.finished_on or over or today,
            today,
        ),
        "real_end": project.finished_on or project.stopped_on,
        "planned_percent": planned_percent(project.starts_on, project.ends_on, today),
        "spent_share": share(project.spent, project.cost),
        "missing_photos": _missing_photos(project, [event for event in events if event.shots]),
        "budget_groups": _by_activity(project),
        "budget_page": reverse("announcements:budget_field", args=[project.year, "00"]).removesuffix("00/"),
        "work": work_of(project.wages),  # type: ignore[attr-defined]
        "resolution": resolution if minutes and minutes.published_at else None,
        "hanging": hanging_on(project, request.user),
        "may_report": project.can_be_reported_by(request.user),
        "may_publish": project.can_be_published_by(request.user),
        "address": request.village.url(project.get_absolute_url()),  # type: ignore[attr-defined]
    } | comments_context(request, project.topic)


def _told_of(project: Project) -> list[Any]:
    """Its history, newest first, each line with its `shots`: pairs of a photo's file and what is seen on it."""
    shot = JSONObject(
        sha256="file__sha256",
        extension="file__extension",
        width="file__width",
        height="file__height",
        alt="alt",
    )
    photos = ProjectPhoto.objects.filter(event=OuterRef("pk")).order_by("order").values(told=shot)
    events = list(project.events.annotate(drawn=ArraySubquery(photos)).order_by("-on", "-at", "-pk"))
    for event in events:
        event.project = project
        event.shots = [(StoredFile(**told), alt) for told in event.drawn for alt in [told.pop("alt")]]
    return events


def _missing_photos(project: Project, shown: list[ProjectEvent]) -> str:
    missing = project.missing_photos(shown)
    marks = " dan ".join(f"{mark}%" for mark in missing)
    return f"Foto keadaan {marks} diharapkan, tetapi belum dilaporkan." if missing else ""


def _facts(project: Project) -> list[tuple[str, str]]:
    return [
        ("Letak", f"{project.location}, {project.region}" if project.region else project.location),
        ("Volume", project.volume_words),
        ("Bidang", project.get_field_display()),
        ("Pola pelaksanaan", project.get_pattern_display()),
        ("Pelaksana", str(project.responsible)),
        ("Dikerjakan oleh", project.partner),
        ("Nilai rencana", rupiah(project.cost)),
    ]


def _by_activity(project: Project) -> list[dict[str, Any]]:
    """The lines of the budget in force under the activity that they belong to."""
    groups: dict[str, dict[str, Any]] = {
        code: {"code": code, "name": code, "lines": [], "field": code[:2]} for code in project.budget_codes
    }
    for line in project.budget_lines:  # type: ignore[attr-defined]
        group = groups[line["activity"]]
        if line["is_group"]:
            group["name"] = line["name"]
        elif line["amount"] is not None:
            group["lines"].append(line)
    return list(groups.values())


@login_not_required
@require_safe
def project_document(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The paper of its handover."""
    seen = Project.objects.visible_to(request.user).select_related("handover_document")
    project = get_object_or_404(seen, slug=slug)
    if not project.handover_document:
        raise Http404
    return file_response(project.handover_document, "berita-acara-serah-terima", inline=True)


@login_not_required
@require_safe
def project_data(request: HttpRequest, form: str) -> HttpResponse:
    """All published projects as open data, with what the columns mean."""
    origin = origin_of(request.village)  # type: ignore[attr-defined]
    projects = Project.objects.published().select_related("region", "person", "body").newest_first()
    rows = rows_of(projects, origin)
    if form == "csv":
        table = spreadsheet.as_csv([[*COLUMNS], *rows])
        response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    else:
        told = {
            "village": request.village.code,  # type: ignore[attr-defined]
            "columns": COLUMNS,
            "projects": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
        }
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="pembangunan.{form}"'
    return response


@login_not_required
@require_safe
def project_feed(request: HttpRequest) -> HttpResponse:
    """The newest that was told of projects; every address in it is the village's own, whatever host asked."""
    village = request.village  # type: ignore[attr-defined]
    origin = origin_of(village)
    feed = village_feed(
        village,
        f"Pembangunan {village.full_name}",
        origin=origin,
        page=reverse("announcements:project_list"),
        feed=reverse("announcements:project_feed"),
    )
    events = ProjectEvent.objects.of_published().select_related("project").newest_first()
    for event in events[:FEED_LENGTH]:
        address = origin + event.project.get_absolute_url()
        feed.add_item(
            title=f"{event.project}: {event}",
            link=address,
            unique_id=f"{address}#kejadian-{event.pk}",
            description=escape(event.text),
            pubdate=event.at,
            updateddate=event.at,
            categories=[Act(event.act).label],
        )
    return answer(feed)
