"""Every address of the portal; each room brings its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("partisipasi.portal.urls")),
    path("berkas/", include("partisipasi.files.urls")),
    path("akun/", include("partisipasi.residents.urls")),
    path("perangkat/", include("partisipasi.residents.office_urls")),
    path("perangkat/pesan/", include("partisipasi.residents.message_urls")),
    path("admin/", admin.site.urls),
    path("catatan/", include("partisipasi.ledger.urls")),
    path("", include("announcements.urls")),
    path("hadir/", include("attendance.phone_urls")),
    path("", include("attendance.urls")),
    path("pendaftaran/", include("attendance.registered_urls")),
    path("undangan/", include("attendance.invited_urls")),
    path("sertifikat/", include("attendance.certificate_urls")),
    path("forum/", include("forums.urls")),
    path("aspirasi/", include("feedback.urls")),
]
