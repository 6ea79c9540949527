from django.urls import include, path, re_path

from partisipasi.portal import evidence, former, health, views

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
    re_path(
        r"^(?:index\.php/)?artikel/\d{4}/\d+/\d+/(?P<slug>[^/]+)/?$",
        former.former_article,
        name="former_article",
    ),
    re_path(
        r"^(?:index\.php/)?first/artikel/(?P<key>[^/]+)/?$",
        former.former_article,
        name="former_article_by_key",
    ),
]
