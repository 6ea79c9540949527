"""The *sertifikat* on paper: one landscape page for each, with number, days in words, and a code to check."""

from collections.abc import Sequence
from pathlib import Path

from attendance.models import Certificate
from attendance.roster import letterhead_of
from partisipasi.db import current_village
from partisipasi.printed import fitted, plain, qr_code
from partisipasi.residents.models import Appointment, Role
from partisipasi.typeset import typeset
from partisipasi.village.models import Village
from partisipasi.village.words import date_in_words, in_words, long_date

_TEMPLATE = Path(__file__).with_name("certificates.typ")
DEFAULT_ACCENT = "#0d5c4d"


def as_pdf(certificates: Sequence[Certificate]) -> bytes:
    """These certificates, a page for each; at least one. Raises NotTypesettable."""
    village = current_village()
    letterhead = letterhead_of(village)
    paper = {
        "authorities": list(letterhead.authorities),
        "village": letterhead.village,
        "full_name": plain(village.full_name),
        "logo": list(letterhead.logo or b""),
        "accent": village.accent or DEFAULT_ACCENT,
        "pages": [_page(each, village) for each in certificates],
    }
    return typeset(_TEMPLATE, paper, at=max(each.issued_at for each in certificates))


def _page(certificate: Certificate, village: Village) -> dict[str, object]:
    address = village.url(certificate.get_absolute_url())
    return {
        "number": plain(certificate.number),
        "name": fitted(plain(certificate.name), 24, 2),
        "title": fitted(plain(certificate.title), 32, 3),
        "held": plain(_held(certificate)),
        "competences": fitted(plain(", ".join(certificate.competences)), 55, 2),
        "is_withdrawn": bool(certificate.withdrawn_at),
        "dated": plain(f"{village.name}, {long_date(certificate.issued_on)}"),
        "role": plain(f"{village.head_word} {village.name}"),
        "signatory": _signatory(certificate),
        "qr": qr_code(address),
        "code": certificate.written_code,
        "address": address.removeprefix("https://").removeprefix("http://"),
    }


def _held(certificate: Certificate) -> str:
    first, last = certificate.days
    days = f"pada hari {date_in_words(first)}"
    if last != first:
        days += f" sampai dengan hari {date_in_words(last)}"
    lasted = (
        certificate.hours and f", selama {certificate.hours} ({in_words(certificate.hours)}) jam pelajaran"
    )
    return f"yang diselenggarakan {days}{lasted or ''}."


def _signatory(certificate: Certificate) -> str:
    """Who headed the village on the day of the certificate."""
    found = Appointment.objects.current(certificate.issued_on).filter(role=Role.VILLAGE_HEAD)
    holder = next((each for each in found.select_related("person") if not each.is_deputy), None)
    return fitted(plain(holder.person), 20, 2) if holder else ""
