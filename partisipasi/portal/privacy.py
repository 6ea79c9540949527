"""What the portal's own room holds of people (`partisipasi.residents.privacy`)."""

from django.db import models

from partisipasi.residents.privacy import acted, register

from .models import PrivacyRequest


def _forget_words(rows: models.QuerySet) -> None:
    rows.update(text="", right="", name="", reason="")


_EXPORT = ["kind", "text", "right", "received_at", "due_at", "decision", "reason", "decided_at"]
_KEPT = "Register permintaan data pribadi menyimpan jenis, waktu, dan keputusannya, tanpa isi dan tanpa nama Anda."

register(PrivacyRequest, "user", export=_EXPORT, erase=_forget_words, kept=_KEPT)
register(PrivacyRequest, "person", export=_EXPORT, erase=_forget_words, kept=_KEPT)
acted(PrivacyRequest, "filed_by", "decided_by")
