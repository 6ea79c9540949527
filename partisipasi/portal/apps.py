from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "partisipasi.portal"
    label = "portal"
    verbose_name = "Portal"
