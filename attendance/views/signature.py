"""Signing on the desk's screen, and the picture for those who see the internal list."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from attendance.forms import SignatureForm
from attendance.models import Activity, Refusal, ScreenSignature
from attendance.views.desk import Desk
from attendance.views.doing import sent
from partisipasi.files.http import file_response


@require_http_methods(["GET", "HEAD", "POST"])
def desk_sign(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Somebody present signs with a finger or a mouse; 404 where the activity does not ask for it."""
    at = Desk.of(request, pk)
    if not at.activity.asks_signatures:
        raise Http404
    attendance = get_object_or_404(at.session.attendances.present(), pk=attendance_pk)
    form = SignatureForm(sent(request))
    if form.is_valid():
        try:
            attendance.sign(form.cleaned_data["drawn"], request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{attendance.name} sudah bertanda tangan.")
        return redirect(at.url("hadir"))
    context = {"desk": at, "activity": at.activity, "attendance": attendance, "form": form}
    return render(request, "attendance/desk_sign.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def signature_image(request: HttpRequest, pk: int, attendance_pk: int) -> FileResponse:
    """The drawn signature, for those who see the internal list; else 404."""
    within = Activity.objects.within_reach(request.user, "attendance.view_internal")
    signature = get_object_or_404(
        ScreenSignature.objects.select_related("file"),
        attendance=attendance_pk,
        attendance__session__activity=get_object_or_404(within, pk=pk),
    )
    return file_response(signature.file, "tanda-tangan.png", inline=True)
