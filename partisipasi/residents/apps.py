from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "partisipasi.residents"
    label = "residents"
    verbose_name = "Warga"
