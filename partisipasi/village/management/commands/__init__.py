"""What the commands share that work village by village."""

from django.core.management.base import CommandError
from django.db import models

from partisipasi.village.models import Village


def villages_named(host: str | None) -> models.QuerySet[Village]:
    """All villages, or the one with this host name. Raises CommandError where none has it."""
    villages = Village.objects.order_by("pk")
    if host is None:
        return villages
    named = villages.filter(hosts__name=host.lower())
    if not named:
        raise CommandError(f"Tidak ada desa dengan nama domain {host}.")
    return named
