"""The documents of an activity's evidence bundle."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from attendance.views.activities import visible_activity
from partisipasi.files.http import file_response


@login_not_required
@require_safe
def evidence_file(request: HttpRequest, pk: int, evidence_pk: int, name: str) -> FileResponse:
    """Public documents for everybody who sees the activity, internal ones by appointment; else 404."""
    activity = visible_activity(request, pk)
    evidence = get_object_or_404(
        activity.evidence.visible_to(request.user, activity).select_related("file"), pk=evidence_pk
    )
    return file_response(evidence.file, evidence.file_name, inline=True)
