"""The admin site: allauth's sign-in, a current appointment as the way in, and the second factor in production."""

from typing import Any

from allauth.account.views import logout as account_logout
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from .waiting import waiting_for

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
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return self.may_enter(request) and not self.lacks_second_factor(request)

    @staticmethod
    def may_enter(request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    @staticmethod
    def lacks_second_factor(request: HttpRequest) -> bool:
        return not settings.TRIAL and not is_mfa_enabled(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return csp_override(ADMIN_CSP)(super().admin_view(view, cacheable))

    def get_urls(self) -> list[Any]:
        # "view_on_site" finds any row of any village by its content type.
        return [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where those are sent who may not enter yet: to sign in, to set up the second factor, or nowhere."""
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
            target = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect(reverse("account_login", query={"next": target}))
        if not self.may_enter(request):
            raise PermissionDenied
        if self.lacks_second_factor(request):
            messages.info(request, "Aktifkan verifikasi dua langkah dahulu untuk membuka administrasi desa.")
            return redirect("mfa_index")
        return redirect(target)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return account_logout(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    password_change_done = password_change

    def get_log_entries(self, request: HttpRequest) -> models.QuerySet:
        # Entries name rows of every village in which this account ever worked.
        return LogEntry.objects.none()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {"waiting": waiting_for(request.user)} | (extra_context or {}))
