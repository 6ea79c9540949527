from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "partisipasi.residents"
    label = "residents"
    verbose_name = "Warga"

    def ready(self) -> None:
        from partisipasi.village.founding import at_founding

        from . import due, holdings, roles, telling, wording  # noqa: F401
        from .models import Unsur

        at_founding(Unsur.seed)
