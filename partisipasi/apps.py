"""Admin with our site: allauth's sign-in, appointments as the way in, Indonesian headings."""

from django.contrib.admin.apps import AdminConfig as StockAdminConfig


class AdminConfig(StockAdminConfig):
    default_site = "partisipasi.admin.VillageAdminSite"
