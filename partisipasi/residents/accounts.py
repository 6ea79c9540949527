"""Our rules for allauth: how accounts are made and signed in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend


class SignInBackend(AuthenticationBackend):
    """Allauth's sign-in, and that alone: permissions come from appointments (`permissions.AppointmentBackend`)."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by username and password; mail and a confirmed phone are further names for signing in."""
