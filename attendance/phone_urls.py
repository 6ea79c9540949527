"""Being present by one's own phone: what the QR code on the hall's screen leads to."""

from django.urls import path

from attendance.views import phone

urlpatterns = [
    path("", phone.phone, name="phone"),
    path("kode/", phone.phone_code, name="phone_code"),
    path("catat/", phone.phone_check_in, name="phone_check_in"),
    path("saya/", phone.phone_here, name="phone_here"),
    path("<str:code>/", phone.phone_scan, name="phone_scan"),
]
