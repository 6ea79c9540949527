"""Pages that join the rooms: the first page, the village's own colours, and the living page of parts."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partisipasi.db import current_village
from partisipasi.files.pictures import redraw
from partisipasi.files.recognition import IMAGES, Refused, recognise
from partisipasi.portal import style as parts
from partisipasi.portal.forms import StyleForm
from partisipasi.portal.home import first_page
from partisipasi.portal.searching import SearchForm, found_by
from partisipasi.village.contrast import lightened

TRANSPARENT = (
    ("announcements:budget_list", "Anggaran desa", "Dari mana uang desa datang dan untuk apa dibelanjakan."),
    (
        "announcements:document_list",
        "Dokumen publik",
        "Daftar Informasi Publik, produk hukum, dan apa yang dikecualikan dengan alasannya.",
    ),
    (
        "announcements:project_list",
        "Pembangunan",
        "Apa yang dibangun, siapa yang mengerjakan, dan sejauh mana.",
    ),
    (
        "attendance:resolution_list",
        "Keputusan",
        "Apa yang diputuskan musyawarah, dan sejauh mana dikerjakan.",
    ),
    (
        "attendance:follow_up_list",
        "Tindak lanjut",
        "Siapa mengerjakan apa sesudah musyawarah, dan apa yang terlambat.",
    ),
    ("feedback:report_list", "Aspirasi dan pengaduan", "Laporan warga, tenggatnya, dan jawabannya."),
    (
        "evidence_now",
        "Bukti partisipasi masyarakat",
        "Kegiatan dan dokumennya menurut indikator Desa Antikorupsi.",
    ),
    (
        "ledger",
        "Catatan publik",
        "Setiap penerbitan, penutupan daftar, dan keputusan, berantai sehingga perubahan diam-diam terlihat.",
    ),
)

ORIGIN = re.compile(r"https?://[a-z0-9.:-]+")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", first_page(request))


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that this visitor may read, by the words that stand in it."""
    form = SearchForm(request.GET or None)
    narrowed = any(form[name].value() for name in ("jenis", "dari", "sampai"))
    context: dict[str, Any] = {"form": form, "narrowed": narrowed}
    if form.is_valid() and form.cleaned_data["q"].strip():
        found = found_by(form.cleaned_data, request.user, request.GET.get("halaman"))
        context |= {"found": found, "page": found.page}
    refused = form.is_bound and not form.is_valid()
    return render(request, "portal/search.html", context, status=422 if refused else 200)


@login_not_required
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The way to everything about money, decisions and promises that anybody may read."""
    doors = [
        {"url": reverse(name), "title": title, "summary": summary} for name, title, summary in TRANSPARENT
    ]
    return render(request, "portal/transparency.html", {"doors": doors})


@login_not_required
@require_safe
def village_appearance(request: HttpRequest) -> HttpResponse:
    """The village's own accent as custom properties; its address changes with the colour, so it is kept long."""
    response = HttpResponse(_appearance(current_village().accent), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@login_not_required
@require_safe
def village_origin(request: HttpRequest) -> HttpResponse:
    """The village's own address as a custom property, so that paper shows whole addresses."""
    origin = current_village().url("/").rstrip("/")
    css = f':root{{--origin:"{origin}"}}\n' if ORIGIN.fullmatch(origin) else ""
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
@require_safe
def village_emblem(request: HttpRequest) -> HttpResponse:
    """The village's emblem, drawn anew and small; its address changes with the file, so it is kept long."""
    logo = current_village().logo
    if not logo:
        raise Http404
    try:
        with logo.open() as file:
            content = file.read()
        picture = redraw(content, recognise(content, logo.name, IMAGES))
    except (OSError, Refused):
        raise Http404 from None
    response = HttpResponse(picture.preview, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _appearance(accent: str) -> str:
    try:
        at_night = lightened(accent)
    except ValueError:  # no accent, or a row that never went through the form
        return ""
    return f":root{{--accent:{accent}}}@media (prefers-color-scheme:dark){{:root{{--accent:{at_night}}}}}\n"


@login_not_required
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The living page of the look: every part once, with believable content. In the trial only."""
    if not settings.TRIAL:
        raise Http404
    form = StyleForm(request.GET if "name" in request.GET else None)
    return render(request, "portal/style.html", {"form": form, **parts.examples()})
