"""Django admin for a village: who gets in, how far he reaches there, and what waits for him."""

from .base import ReadOnlyModelAdmin, VillageModelAdmin, VillageStackedInline, VillageTabularInline
from .site import ADMIN_CSP, VillageAdminSite
from .waiting import waiting

__all__ = [
    "ADMIN_CSP",
    "ReadOnlyModelAdmin",
    "VillageAdminSite",
    "VillageModelAdmin",
    "VillageStackedInline",
    "VillageTabularInline",
    "waiting",
]
