from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Aspirasi"

    def ready(self) -> None:
        from partisipasi import search
        from partisipasi.village.founding import at_founding

        from . import due, privacy, roles  # noqa: F401
        from .models import Category, Report

        at_founding(Category.objects.seed)
        search.register(
            "laporan",
            "Laporan warga",
            lambda user: Report.objects.released(),
            title=lambda report: report.public_title,
            text=lambda report: report.public_text,
            on=lambda report: report.received_at,
        )
