"""Bringing signed papers of a gathering back as scans: risalah, notulen, berita acara, laporan."""

from typing import Any

from django import forms

from attendance.models import PaperKind

from .parts import bare_helper
from .scan import ScanFilesField

FILED = (PaperKind.REPORT, PaperKind.VERBATIM, PaperKind.MINUTES, PaperKind.AGREEMENT)
"""The Daftar Hadir has a page of its own, on which its pages are counted."""


class FilingForm(forms.Form):
    """Which paper it is, and the scan of it."""

    kind = forms.ChoiceField(
        label="Dokumen",
        choices=[(kind.value, kind.label) for kind in FILED],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih dokumen apa yang diunggah.",
            "invalid_choice": "Pilihan ini tidak ada. Pilih dari daftar.",
        },
    )
    files = ScanFilesField(
        label="Pindaian atau foto",
        help_text="PDF atau foto, satu foto untuk satu halaman, paling besar 20 MB.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
