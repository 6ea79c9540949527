"""The addresses that stand on certificates."""

from django.urls import path

from attendance.views import certificates

app_name = "certificates"

urlpatterns = [
    path("", certificates.certificate_search, name="certificate_search"),
    path("<str:code>/", certificates.certificate_check, name="certificate_check"),
]
