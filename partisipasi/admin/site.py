"""The admin site: allauth's sign-in, a current appointment as the way in, and the second factor in production."""

from typing import Any

from allauth.account.views import logout as account_logout
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from .base import VillageModelAdmin
from .waiting import waiting_for

PACKAGES = {"allauth", "django", "django_tasks_db"}

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

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Packages' own lists, of e-mail addresses or tasks, would show those of every village: left out.

        Raises ImproperlyConfigured for one of ours that is not built on VillageModelAdmin.
        """
        if admin_class is None or not issubclass(admin_class, VillageModelAdmin):
            if (getattr(admin_class, "__module__", "") or "").split(".")[0] in PACKAGES:
                return
            raise ImproperlyConfigured(f"{admin_class} is not built on VillageModelAdmin.")
        super().register(model_or_iterable, admin_class, **options)

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
        """*Menunggu Anda* first, then what the visitor's offices let him do."""
        told = {"waiting": waiting_for(request.user), "appointments": request.user.appointments()}
        return super().index(request, told | (extra_context or {}))
