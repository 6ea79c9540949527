from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Aspirasi"

    def ready(self) -> None:
        from django.urls import reverse

        from partisipasi import search
        from partisipasi.residents import handover, notices
        from partisipasi.village.founding import at_founding

        from . import bpd_book, due, offices, privacy, roles, slots, wording  # noqa: F401
        from .models import Category, Report

        notices.followable(
            "feedback:report_detail",
            lambda user, code: Report.objects.released().filter(code=code).first(),
        )
        notices.leads_to(
            "feedback:report_detail",
            lambda user, code: Report.objects.visible_to(user).filter(code=code).first(),
        )
        handover.register(
            "laporan terbuka",
            Report.objects.pass_on,
            count=lambda person: Report.objects.open_with(person).count(),
        )
        at_founding(Category.objects.seed)
        search.register(
            "laporan",
            "Laporan warga",
            lambda user: Report.objects.released(),
            title="public_title",
            text="public_text",
            on="received_at",
            address="code",
            url=lambda code: reverse("feedback:report_detail", args=[code]),
        )
