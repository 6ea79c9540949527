"""A signature drawn on the screen, as the canvas sends it."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from attendance.models.screen_signature import LONGEST_SIDE, require_ink
from partisipasi.files.intake import prepare
from partisipasi.files.recognition import PNG

HEAD = "data:image/png;base64,"
MOST = 200_000
"""Characters of a drawing; a signature takes about ten thousand."""


class SignatureForm(forms.Form):
    """Cleans to an upload that `Attendance.sign` takes, drawn anew by the intake."""

    drawn = forms.CharField(
        max_length=MOST,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Tanda tangan masih kosong. Tanda tangani dahulu, atau lewati.",
            "max_length": "Tanda tangan ini terlalu besar. Hapus, lalu tanda tangani lagi.",
        },
    )

    def clean_drawn(self) -> Any:
        told = self.cleaned_data["drawn"]
        try:
            if not told.startswith(HEAD):
                raise ValueError
            content = base64.b64decode(told.removeprefix(HEAD), validate=True)
        except (ValueError, binascii.Error):
            raise forms.ValidationError("Tanda tangan ini tidak terbaca. Tanda tangani lagi.") from None
        upload: Any = SimpleUploadedFile("tanda-tangan.png", content, PNG)
        upload.prepared = prepare(upload, allow={PNG}, longest_side=LONGEST_SIDE)
        require_ink(upload.prepared.content)
        return upload
