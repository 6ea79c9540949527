"""What the portal says of itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("tentang/", views.about, name="about"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<slug:name>.xml", views.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
]
