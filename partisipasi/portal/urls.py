from django.urls import include, path

from partisipasi.portal import evidence, health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("transparansi/", views.transparency, name="transparency"),
    path("cari/", views.search, name="search"),
    path("kegiatan/bukti/", evidence.evidence_year, name="evidence_now"),
    path("kegiatan/bukti/<int:year>/", evidence.evidence_year, name="evidence_year"),
    path("", include("partisipasi.portal.about.urls")),
    path("akun/data-saya/", include("partisipasi.portal.my_data.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("lambang.webp", views.village_emblem, name="village_emblem"),
    path("cetak.css", views.village_origin, name="village_origin"),
    path("tampilan.css", views.village_appearance, name="village_appearance"),
    path("tentang/gaya/", views.style, name="style"),
]
