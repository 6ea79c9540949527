"""Accounts, under `/akun/`: allauth's views by their own names, at Indonesian addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path

from . import views
from .views import notices, password_codes


def _page(route: str, view: views.View, name: str) -> URLPattern:
    return path(route, views.answering_422(view), name=name)


urlpatterns = [
    path("", views.account_detail, name="account_detail"),
    path("profil/", views.account_profile, name="account_profile"),
    path("nomor-hp/", views.account_phone, name="account_phone"),
    path("pemberitahuan/", notices.notice_list, name="notice_list"),
    path("pemberitahuan/dibaca/", notices.notices_read, name="notices_read"),
    path("pemberitahuan/<int:pk>/", notices.notice_open, name="notice_open"),
    path("pemberitahuan/atur/", notices.notice_settings, name="notice_settings"),
    path("pemberitahuan/berhenti/<str:token>/", notices.notice_stop, name="notice_stop"),
    path("ikuti/", notices.follow, name="follow"),
    path("ikutan/", notices.follow_list, name="follow_list"),
    path("ikutan/<int:pk>/berhenti/", notices.unfollow, name="unfollow"),
    path("verifikasi/", views.account_verification, name="account_verification"),
    path("verifikasi/kode/", views.verification_code, name="verification_code"),
    path("verifikasi/nik/", views.verification_nik, name="verification_nik"),
    _page("masuk/", account.login, "account_login"),
    _page("daftar/", account.signup, "account_signup"),
    _page("keluar/", account.logout, "account_logout"),
    _page("tidak-aktif/", account.account_inactive, "account_inactive"),
    _page("pastikan/", account.reauthenticate, "account_reauthenticate"),
    _page("surel/", account.email, "account_email"),
    _page("surel/terkirim/", account.email_verification_sent, "account_email_verification_sent"),
    re_path(r"^surel/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    _page("sandi/", account.password_change, "account_change_password"),
    _page("sandi/buat/", account.password_set, "account_set_password"),
    _page("sandi/lupa/", account.password_reset, "account_reset_password"),
    _page("sandi/lupa/terkirim/", account.password_reset_done, "account_reset_password_done"),
    path("sandi/kode/", password_codes.password_by_code, name="password_by_code"),
    _page(
        "sandi/baru/selesai/", account.password_reset_from_key_done, "account_reset_password_from_key_done"
    ),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.answering_422(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _page("2fa/", second_factor.index, "mfa_index"),
    _page("2fa/masuk/", second_factor.authenticate, "mfa_authenticate"),
    _page("2fa/pastikan/", second_factor.reauthenticate, "mfa_reauthenticate"),
    _page("2fa/aktifkan/", totp.activate_totp, "mfa_activate_totp"),
    _page("2fa/matikan/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("2fa/kode/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _page("2fa/kode/buat/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _page("2fa/kode/unduh/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
]
