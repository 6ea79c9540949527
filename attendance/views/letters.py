"""Printing the *undangan* of an activity."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from attendance.invitation_letters import as_pdf
from attendance.models import InvitationLetter, Refusal
from attendance.views.invitations import activity_within_reach, invitations_url
from partisipasi.files.downloads import private_file
from partisipasi.typeset import NotTypesettable


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_print(request: HttpRequest, pk: int) -> HttpResponse:
    """What printing does; on the second tap the number is drawn, once, and the letters come as PDF."""
    activity = activity_within_reach(request, pk)
    count = activity.invitations.standing().count()
    if request.method != "POST" or not count:
        letter = InvitationLetter.objects.filter(activity=activity).first()
        context = {"activity": activity, "count": count, "letter": letter}
        status = 422 if request.method == "POST" else 200
        return render(request, "attendance/invitation_print.html", context, status=status)
    is_list = request.POST.get("bentuk") == "daftar"
    try:
        letter = InvitationLetter.objects.of(activity, request.user)
        pdf = as_pdf(letter, is_list=is_list)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except NotTypesettable:
        messages.error(
            request, "Surat tidak dapat dicetak. Coba lagi; bila tetap gagal, periksa lambang desa."
        )
    else:
        return private_file(pdf, f"undangan-{slugify(activity.title)[:60] or activity.pk}.pdf")
    return redirect(invitations_url(activity))
