"""Django admin for a village: who gets in, what they see there, and in which words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

ADMIN_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class VillageAdminSite(admin.AdminSite):
    """Admin of the village in whose scope the request runs."""

    site_header = "Administrasi desa"
    site_title = "Administrasi desa"
    index_title = "Menunggu Anda"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return csp_override(ADMIN_CSP)(super().admin_view(view, cacheable))


class VillageModelAdmin(admin.ModelAdmin):
    """The base of every ModelAdmin here: rows, choices and actions end where the appointment's reach ends."""

    region_lookup: str | None = None
    """The lookup from a row to its Region; None where rows have no place, so that a hamlet head sees none."""

    def _reach(self, request: HttpRequest, action: str) -> Any:
        return request.user.coverage(f"{self.opts.app_label}.{action}_{self.opts.model_name}")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(self._reach(request, "view").as_q(self.region_lookup))


__all__ = ["ADMIN_CSP", "VillageAdminSite", "VillageModelAdmin"]
