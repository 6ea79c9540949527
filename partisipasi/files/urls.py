from django.urls import re_path

from . import http

urlpatterns = [
    re_path(r"^(?P<sha256>[0-9a-f]{64})/kecil\.webp$", http.file_preview, name="file_preview"),
    re_path(
        r"^(?P<sha256>[0-9a-f]{64})/lebar/(?P<width>\d{1,4})\.(?P<form>avif|webp)$",
        http.file_version,
        name="file_version",
    ),
    re_path(r"^(?P<sha256>[0-9a-f]{64})/(?P<name>[^/]{1,250})$", http.file_detail, name="file_detail"),
]
