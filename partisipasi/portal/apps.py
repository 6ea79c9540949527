from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "partisipasi.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from partisipasi.portal import due, notices, privacy, roles, wording  # noqa: F401
