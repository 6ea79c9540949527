"""Bringing the signed paper back as a scan."""

import uuid
from typing import Any

from django import forms

from attendance.models import PrintedSheet, Scanned, Session
from partisipasi.files.forms import PhotosInput, StoredFileField
from partisipasi.files.recognition import IMAGES, PDF
from partisipasi.pdf_pages import NotCountable, count_pages

from .parts import bare_helper

MOST_FILES = 40
MOST_PAGES = 500


class ScanFilesField(StoredFileField):
    """Cleans to a list of Scanned: PDFs with their pages counted, and photos, each of one page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow=IMAGES | {PDF}, longest_side=2400, widget=PhotosInput(), **kwargs)

    def clean(self, uploads: Any, initial: Any = None) -> list[Scanned]:
        sent = [each for each in (uploads if isinstance(uploads, list | tuple) else [uploads]) if each]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(f"Pilih paling banyak {MOST_FILES} berkas.")
        if not sent:
            raise forms.ValidationError("Pilih pindaian atau foto lembar yang sudah ditandatangani.")
        return [self._scanned(super(ScanFilesField, self).clean(each, initial)) for each in sent]

    def _scanned(self, upload: Any) -> Scanned:
        if upload.prepared.media_type != PDF:
            return Scanned(upload, 1)
        try:
            pages = count_pages(upload.prepared.content)
        except NotCountable:
            raise forms.ValidationError(
                f"Halaman {upload.name} tidak dapat dihitung. Buka kuncinya atau pindai ulang, lalu kirim lagi."
            ) from None
        if pages > MOST_PAGES:
            raise forms.ValidationError(f"Kirim paling banyak {MOST_PAGES} halaman dalam satu berkas.")
        return Scanned(upload, pages)


class ScanForm(forms.Form):
    """The files, and which printed sheets they show."""

    files = ScanFilesField(
        label="Pindaian atau foto",
        help_text="PDF atau foto, satu foto untuk satu halaman, paling besar 20 MB.",
    )
    sheets = forms.ModelMultipleChoiceField(
        None,
        label="Lembar yang ditandatangani",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Jumlah halaman pindaian dicocokkan dengan lembar PDF yang dicetak.",
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        printed = session.printed_sheets.newest_first()
        newest = printed.first()
        self.fields["sheets"].queryset = printed  # type: ignore[attr-defined]
        self.fields["sheets"].initial = [newest] if newest else []
        self.fields["nonce"].initial = uuid.uuid4
        if newest is None:
            del self.fields["sheets"]
        self.helper = bare_helper()

    @property
    def pages_printed(self) -> int:
        """Of the chosen sheets together; 0 where none was chosen."""
        sheets: list[PrintedSheet] = list(self.cleaned_data.get("sheets", []))
        return sum(sheet.pages for sheet in sheets)


class MorePagesForm(forms.Form):
    """The pages that were missing."""

    files = ScanFilesField(label="Halaman yang kurang")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
