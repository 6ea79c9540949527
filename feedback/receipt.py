"""The receipt on paper: code and PIN, a QR code that leads to tracking, and when what will have happened."""

from pathlib import Path

from django.urls import reverse

from attendance.roster import letterhead_of
from feedback.models import Receipt
from partisipasi import clock
from partisipasi.printed import fitted, plain, qr_code
from partisipasi.typeset import typeset
from partisipasi.village.models import Village
from partisipasi.village.templatetags.portal_format import jam, tanggal
from partisipasi.village.words import full_date

_TEMPLATE = Path(__file__).with_name("receipt.typ")
_ROOM = 46
"""Width of a value beside its label, in units of the type size."""


def as_pdf(receipt: Receipt, village: Village) -> bytes:
    """The receipt of one report. It says what was told in no words but the category's. Raises NotTypesettable."""
    report = receipt.report
    letterhead = letterhead_of(village)
    told = [
        ("Diterima", f"{tanggal(report.received_at)}, {jam(report.received_at)}"),
        ("Jenis", f"{report.get_kind_display().capitalize()}: {report.category.name}"),
        ("Masuk lewat", report.get_channel_display().capitalize()),
        ("Dicatat oleh", report.typed_by_office),
        ("Sifat", report.get_disclosure_display().capitalize()),
    ]
    address = village.url(reverse("feedback:report_track"))
    paper = {
        "authorities": list(letterhead.authorities),
        "village": letterhead.village,
        "full_name": plain(village.full_name),
        "address": list(letterhead.address_lines),
        "logo": list(letterhead.logo or b""),
        "code": report.code,
        "pin": f"{receipt.pin[:3]} {receipt.pin[3:]}",
        "facts": [_pair(label, value) for label, value in told if value],
        "promises": [
            _pair(f"{stage.label.capitalize()} paling lambat", full_date(stage.due_on))
            for stage in report.stages
        ],
        "track": plain(address.removeprefix("https://").removeprefix("http://")),
        "qr": qr_code(village.url(reverse("feedback:report_track", query={"kode": report.code}))),
        "office": plain(
            " · ".join(filter(None, (village.phone and f"Telepon {village.phone}", village.office_hours)))
        ),
    }
    return typeset(_TEMPLATE, paper, at=clock.now())


def _pair(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": fitted(plain(value), _ROOM, 2)}
