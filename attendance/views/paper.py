"""Typing in the signed paper list: a page like the paper, all of it saved at once, by keyboard alone."""

from typing import Any
from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from attendance.address_book import people_for
from attendance.forms import DeskSearchForm, PaperForm
from attendance.models import Refusal, SheetColumn, type_in
from attendance.tally import Tally
from attendance.views.desk import ADDRESS_BOOK_HITS, Desk
from partisipasi.village.words import figures

KEPT = "kertas"
MOST_KEPT = 64 * 1024
"""Characters of a page that somebody sent whose session had ended."""
LIMITS = {"kept": "60/h/ip"}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in who signed on paper. Who was signed out meanwhile signs in, and finds what he had typed."""
    if not request.user.is_authenticated:
        return _kept_until_signed_in(request, pk)
    at = Desk.of(request, pk)
    told = request.POST if request.method == "POST" else _kept(request, pk)
    form = PaperForm(told, session=at.session, page=at.page, people=people_for(request.user))
    if request.method != "POST":
        return _page(request, at, form, is_kept=told is not None)
    if "tambah" in request.POST:
        return _page(request, at, form)
    if form.is_valid() and _save(request, at, form):
        return redirect(_url(at, disimpan=form.nonce))
    return _page(request, at, form, status=422)


def _url(at: Desk, **query: Any) -> str:
    kept = urlencode({"sesi": at.session.pk} | ({"halaman": at.page} if at.page else {}) | query)
    return f"{reverse('attendance:paper_list', args=[at.activity.pk])}?{kept}"


def _kept_until_signed_in(request: HttpRequest, pk: int) -> HttpResponse:
    """To the sign-in page, and back; a page of ordinary size is kept until then."""
    body = request.POST.urlencode() if request.method == "POST" else ""
    if 0 < len(body) <= MOST_KEPT and ratelimit.consume(
        request, app="attendance", action="kept", config=LIMITS, limit_get=True
    ):
        request.session[KEPT] = {"activity": pk, "body": body}
    place = {name: request.POST.get(name, "") for name in ("sesi", "halaman")}
    query = urlencode({name: value for name, value in place.items() if value.isdecimal()})
    path = reverse("attendance:paper_list", args=[pk])
    return redirect_to_login(f"{path}?{query}" if query else request.get_full_path())


def _kept(request: HttpRequest, pk: int) -> QueryDict | None:
    kept = request.session.get(KEPT)
    if not kept or kept["activity"] != pk:
        return None
    del request.session[KEPT]
    return QueryDict(kept["body"])


def _save(request: HttpRequest, at: Desk, form: PaperForm) -> bool:
    """Record all of it and say so; False where the list takes nothing, with what is to be told in the form."""
    try:
        recorded, there = type_in(at.session, form.lines(), by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    except ValidationError as refusal:
        form.add_error(None, " ".join(refusal.messages))
        return False
    recorded += form.recorded_before
    messages.success(request, f"{figures(recorded)} orang tercatat hadir dari kertas.")
    if there := [*there, *form.overtaken]:
        names = ", ".join(row.name for row in there)
        messages.info(request, f"Sudah tercatat sebelumnya, tidak dicatat dua kali: {names}.")
    if form.unsigned:
        messages.warning(request, f"Tidak dicatat karena tidak bertanda tangan: {', '.join(form.unsigned)}.")
    return True


def _page(
    request: HttpRequest, at: Desk, form: PaperForm, *, is_kept: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "desk": at,
        "activity": at.activity,
        "sessions": list(at.activity.sessions.in_order()),
        "form": form,
        "tally": Tally.of_session(at.session),
        "is_kept": is_kept,
        "saved": request.GET.get("disimpan", ""),
        "is_open": at.session.has_come and not at.activity.closed_at and not at.activity.cancelled_at,
        "may_close": request.user.has_perm("attendance.close_activity", at.activity),
    }
    return render(request, "attendance/paper_list.html", context, status=status)


@require_safe
@never_cache
def paper_people(request: HttpRequest, pk: int) -> JsonResponse:
    """Whom the typed letters may mean, from the address book, with no more than this kind's paper asks."""
    at = Desk.of(request, pk)
    search = DeskSearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    if len(words) < 2:
        return JsonResponse({"people": []})
    here = at.session.attendances.present().filter(person__isnull=False).values("person")
    found = people_for(request.user).named_like(words).exclude(pk__in=here).select_related("region", "unsur")
    columns = set(at.activity.kind.columns)
    return JsonResponse(
        {
            "people": [
                {
                    "person": person.pk,
                    "name": person.name,
                    "detail": " · ".join(filter(None, (str(person.unsur or ""), str(person.region or "")))),
                    "sex": person.sex,
                    "unsur": person.unsur_id or "",
                    "region": person.region_id or "",
                    "age_group": person.age_group if SheetColumn.AGE_GROUP in columns else "",
                    "guardian": person.guardian
                    if SheetColumn.AGE_GROUP in columns and person.is_minor
                    else "",
                    "address": person.address if SheetColumn.ADDRESS in columns else "",
                    "phone": person.phone if SheetColumn.PHONE in columns else "",
                }
                for person in found.order_by("name", "pk")[:ADDRESS_BOOK_HITS]
            ]
        }
    )
