from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Aspirasi"

    def ready(self) -> None:
        from partisipasi import search
        from partisipasi.residents import notices
        from partisipasi.village.founding import at_founding

        from . import due, privacy, roles  # noqa: F401
        from .models import Category, Report

        notices.followable(
            "feedback:report_detail",
            lambda user, code: Report.objects.released().filter(code=code).first(),
        )
        notices.leads_to(
            "feedback:report_detail",
            lambda user, code: Report.objects.visible_to(user).filter(code=code).first(),
        )
        at_founding(Category.objects.seed)
        search.register(
            "laporan",
            "Laporan warga",
            lambda user: Report.objects.released(),
            title=lambda report: report.public_title,
            text=lambda report: report.public_text,
            on=lambda report: report.received_at,
        )
