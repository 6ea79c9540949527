from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "partisipasi.village"
    label = "village"
    verbose_name = "Desa"
