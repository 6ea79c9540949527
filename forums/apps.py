from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Forum"

    def ready(self) -> None:
        from . import privacy, roles, wording  # noqa: F401
