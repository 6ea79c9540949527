"""What Aspirasi holds of people (`partisipasi.residents.privacy`), and what erasure leaves of a report.

The register of reports keeps that there was one, of what kind, when, and how the village dealt with it. What the
reporter wrote goes, with the photos and the talk; what an official released without anything that points at a
person stays, for the village answered to it in public.
"""

from django.db import models

from partisipasi.residents.privacy import GONE, acted, register

from .models import Act, Audience, Category, Report, ReportEvent, ReportPhoto

_KEPT = (
    "Bahwa ada laporan, jenisnya, tanggalnya, dan penanganannya tetap tercatat, tanpa nama dan tulisan Anda."
)
_SAID = (Act.REPLY, Act.MESSAGE, Act.REOPENED)


def _forget_reports(rows: models.QuerySet) -> None:
    keys = list(rows.values_list("pk", flat=True))
    ReportPhoto.objects.filter(report__in=keys).delete()
    private = models.Q(act__in=_SAID) | models.Q(audience=Audience.REPORTER)
    ReportEvent.objects.filter(private & ~models.Q(text=""), report__in=keys).update(text=GONE)
    Report.objects.filter(pk__in=keys).update(
        reporter=None, person=None, told_name="", told_phone="", title=GONE, body=GONE, region=None
    )


_EXPORTED = (
    "code",
    "kind",
    "category",
    "title",
    "body",
    "region",
    "disclosure",
    "channel",
    "told_name",
    "told_phone",
    "received_at",
    "answered_at",
    "closed_at",
)

register(Report, "reporter", export=_EXPORTED, erase=_forget_reports, kept=_KEPT)
register(Report, "person", export=_EXPORTED, erase=_forget_reports, kept=_KEPT)
register(Category, "person", erase=lambda rows: rows.update(person=None))
acted(Report, "typed_by", "assigned_to")
acted(ReportEvent, "official")
