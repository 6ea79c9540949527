"""The village's evidence for *Penguatan Partisipasi Masyarakat*, component 4 of *Desa Antikorupsi* (domain: 0)."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.bundle import Bundle
from attendance.models import Activity, Evidence, Indicator
from attendance.month import FIRST_YEAR, LAST_YEAR
from partisipasi import clock

# What assessors look for beside activities and their papers.
BESIDES = {
    Indicator.PLANNING: "SK Tim Penyusun RKP Desa.",
    Indicator.INTEGRITY: (
        "survei perilaku sedikitnya tiga topik dengan rekapitulasi, analisis, dan tindak lanjutnya; surat edaran; "
        "pernyataan konflik kepentingan; video atau testimoni."
    ),
    Indicator.BUILDING: "tanda terima upah atau daftar hadir pekerja; laporan pertanggungjawaban dengan foto.",
}


@dataclass(frozen=True)
class Proof:
    """One activity of the year as evidence: its public papers, and what is missing of them."""

    activity: Activity
    documents: list[Evidence]
    bundle: Bundle

    @property
    def is_over(self) -> bool:
        """Only what took place can lack papers."""
        return self.activity.took_place


@login_not_required
@require_safe
def evidence_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Which activities of the year are evidence for which indicator; without a year the present one."""
    year = year or clock.today().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    held = Activity.objects.announced().filter(cancelled_at__isnull=True)
    context = {
        "year": year,
        "years": sorted({*held.with_indicator().years(), clock.today().year}, reverse=True),
        "indicators": _by_indicator(held.in_year(year)),
        "address": request.village.url(request.path),  # type: ignore[attr-defined]
    }
    return render(request, "portal/evidence_year.html", context)


def _by_indicator(activities: Any) -> list[dict[str, Any]]:
    papers = Evidence.objects.public().select_related("file").order_by("pk")
    told = (
        activities.with_indicator()
        .with_resolution_count()
        .select_related("kind", "minutes")
        .order_by("starts_at", "pk")
    )
    proofs: dict[str, list[Proof]] = {indicator: [] for indicator in Indicator}
    for activity in told.prefetch_related(Prefetch("evidence", papers, to_attr="public_documents")):
        documents = activity.public_documents
        minutes = getattr(activity, "minutes", None)
        bundle = Bundle.of(activity, [(each.kind, True) for each in documents], minutes)
        proofs[activity.shown_indicator].append(Proof(activity, documents, bundle))
    return [
        {
            "name": indicator.label,
            "code": indicator.value,
            "proofs": proofs[indicator],
            "besides": BESIDES[indicator],
        }
        for indicator in Indicator
    ]
