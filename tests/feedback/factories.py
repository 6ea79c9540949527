"""Reports and what belongs to them, for tests."""

from itertools import count
from typing import Any

from feedback.models import Category, Report
from partisipasi.residents.models import Role
from tests.announcements.factories import make_upload
from tests.factories import make_official

_numbers = count(1)

SENTENCES = ("Lampu jalan padam", "Saluran tersumbat", "Jembatan bambu lapuk", "Sampah menumpuk di pasar")


def make_category(**fields: Any) -> Category:
    number = next(_numbers)
    return Category.objects.create(**{"name": f"Perkara {number}", "slug": f"perkara-{number}"} | fields)


def make_report(**fields: Any) -> Report:
    """A report received now; without a word of who sent it, it is anonymous."""
    return make_receipt(**fields).report


def make_receipt(**fields: Any) -> Any:
    number = next(_numbers)
    named = fields.get("reporter") or fields.get("person") or fields.get("told_name")
    defaults = {
        "kind": "pengaduan",
        "category": fields.get("category") or make_category(),
        "title": f"{SENTENCES[number % 4]} nomor {number}",
        "body": f"Sudah {number} hari begini, dan makin parah bila hujan.",
        "disclosure": "terbuka" if named else "anonim",
    }
    return Report.objects.receive(**defaults | fields)


def make_petugas(**fields: Any) -> Any:
    return make_official(Role.COMPLAINTS, title="Petugas Pengaduan", **fields)


def make_released(*, by: Any = None, **fields: Any) -> Report:
    """A report that everybody reads."""
    report = make_report(**fields)
    by = by or make_petugas()
    report.verify(by=by)
    report.release(f"Untuk umum nomor {report.pk}", "Kejadiannya di tepi jalan desa.", by=by)
    return report


def make_released_with_photos(*, by: Any = None, **fields: Any) -> Report:
    """A released report of whose two photos the first may be seen by everybody."""
    report = make_report(photos=[make_upload(color="navy"), make_upload(color="maroon")], **fields)
    by = by or make_petugas()
    first = report.photos.first()
    report.release("Jembatan bambu lapuk", "Dua batang patah.", by=by, photos=[first.pk])
    return report
