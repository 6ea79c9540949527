"""The skills register: each keeps his own card, officials find facilitators, everybody sees those who chose so."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attendance.forms import FacilitatorForm, SkillForm, TrainingFilterForm
from attendance.models import Refusal, SkillCard
from attendance.views.doing import sent
from partisipasi.residents import consents
from partisipasi.residents.models import Consent, Person

PAGE_SIZE = 30
PERM = "attendance.find_facilitators"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_skills(request: HttpRequest) -> HttpResponse:
    """What one shares; kept with one's consent."""
    person = Person.objects.active().of(request.user)
    card = SkillCard.objects.filter(person=person).first() if person else None
    form = SkillForm(sent(request), card=card) if person else None
    if person and form and form.is_valid():
        told = form.cleaned_data
        try:
            SkillCard.objects.keep(
                person,
                told["competences"],
                told["facilitates"],
                note=told["note"],
                is_public=told["agrees_public"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Keterampilan Anda disimpan. Terima kasih sudah mau berbagi.")
            return redirect("attendance:my_skills")
    context = {"person": person, "card": card, "form": form}
    refused = form is not None and form.is_bound
    return render(request, "attendance/my_skills.html", context, status=422 if refused else 200)


@require_POST
def my_skills_forget(request: HttpRequest) -> HttpResponse:
    """Leave the register: both consents end, and what was shared goes at once."""
    for given in Consent.objects.of(request.user).standing().filter(purpose=consents.SKILLS):
        given.withdraw()
    messages.success(request, "Keterampilan Anda dihapus dari daftar.")
    return redirect("attendance:my_skills")


@never_cache
@require_safe
def facilitator_search(request: HttpRequest) -> HttpResponse:
    """Whom an official may ask, as far as his appointment reaches and they consented."""
    if not request.user.has_perm(PERM):
        raise PermissionDenied
    form = FacilitatorForm(request.GET)
    cards = form.chosen(SkillCard.objects.within_reach(request.user, PERM)).by_name()
    context = {"form": form, "page": Paginator(cards, PAGE_SIZE).get_page(request.GET.get("halaman"))}
    return render(
        request, "attendance/facilitator_search.html", context, status=200 if form.is_valid() else 422
    )


@login_not_required
@require_safe
def facilitator_list(request: HttpRequest) -> HttpResponse:
    """Those who chose to be seen by everybody."""
    form = TrainingFilterForm(request.GET)
    cards = SkillCard.objects.public()
    if form.is_valid() and (wanted := form.cleaned_data["kompetensi"]):
        cards = cards.able(wanted)
    context = {
        "form": form,
        "page": Paginator(cards.by_name(), PAGE_SIZE).get_page(request.GET.get("halaman")),
        "is_filtered": bool(request.GET.get("kompetensi")),
    }
    return render(
        request, "attendance/facilitator_list.html", context, status=200 if form.is_valid() else 422
    )
