from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .models import Report


@login_not_required
@require_safe
def report_detail(request: HttpRequest, code: str) -> HttpResponse:
    get_object_or_404(Report.objects.visible_to(request.user), code=code)
    return HttpResponse("")
