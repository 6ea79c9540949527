from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "partisipasi.residents"
    label = "residents"
    verbose_name = "Warga"

    def ready(self) -> None:
        from django.db.models import Value
        from django.db.models.functions import Concat
        from django.urls import reverse

        from partisipasi import clock, search
        from partisipasi.village.founding import at_founding

        from . import due, holdings, roles, telling, wording  # noqa: F401
        from .models import Appointment, Unsur

        at_founding(Unsur.seed)
        search.register(
            "perangkat",
            "Perangkat desa",
            lambda user: Appointment.objects.public().current(clock.today()).filter(deputy_for__isnull=True),
            title=Concat("title", Value(": "), "person__name"),
            on="from_on",
            url=lambda pk: reverse("office_detail", args=[pk]),
        )
