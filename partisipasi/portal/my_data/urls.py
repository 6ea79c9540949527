"""One's own data, under `/akun/data-saya/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.my_data, name="my_data"),
    path("data-saya.zip", views.my_data_download, name="my_data_download"),
    path("minta/<slug:kind>/", views.privacy_request, name="privacy_request"),
    path("hapus/", views.erasure_request, name="erasure_request"),
    path("permintaan/<int:pk>/batal/", views.privacy_request_cancel, name="privacy_request_cancel"),
    path("persetujuan/", views.consent_list, name="consent_list"),
    path("persetujuan/<int:pk>/tarik/", views.consent_withdraw, name="consent_withdraw"),
]
