"""The documents of an activity's evidence bundle, one by one and all in one file."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from attendance.bundle_zip import as_zip, bundle_name
from attendance.models import Activity
from attendance.views.activities import visible_activity
from partisipasi.files.http import file_response

# Each bundle sets papers anew. A whole village may share one address, so that limit is wide.
LIMITS = {"bundle": "300/h/ip,600/h/key"}


@login_not_required
@require_safe
def evidence_file(request: HttpRequest, pk: int, evidence_pk: int, name: str) -> FileResponse:
    """Public documents for everybody who sees the activity, internal ones by appointment; else 404."""
    activity = visible_activity(request, pk)
    evidence = get_object_or_404(
        activity.evidence.in_bundle_for(request.user, activity).select_related("file"), pk=evidence_pk
    )
    return file_response(evidence.file, evidence.file_name, inline=True)


@login_not_required
@require_safe
def bundle_public(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """All that everybody may have of an activity."""
    return _bundle(request, visible_activity(request, pk), internal=False)


@require_safe
def bundle_internal(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The whole bundle with signatures and addresses, by appointment; else 404."""
    within = Activity.objects.within_reach(request.user, "attendance.view_internal")
    activity = get_object_or_404(within.select_related("kind", "region"), pk=pk)
    return _bundle(request, activity, internal=True)


def _bundle(request: HttpRequest, activity: Activity, *, internal: bool) -> HttpResponse | FileResponse:
    key = str(activity.village_id)
    if not ratelimit.consume(
        request, app="attendance", action="bundle", config=LIMITS, key=key, limit_get=True
    ):
        return render(request, "429.html", status=429)
    name = f"{bundle_name(activity)}{'-internal' if internal else ''}.zip"
    answer = FileResponse(as_zip(activity, internal=internal), as_attachment=True, filename=name)
    answer["Content-Type"] = "application/zip"
    answer["Cache-Control"] = "private, no-store" if internal else "no-cache"
    return answer
