from importlib import import_module

from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "partisipasi.village"
    label = "village"
    verbose_name = "Desa"

    def ready(self) -> None:
        import_module("partisipasi.village.due")
