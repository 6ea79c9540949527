from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = "Kegiatan"

    def ready(self) -> None:
        from django.db.models import Value
        from django.db.models.functions import Coalesce, NullIf
        from django.urls import reverse

        from attendance import due, notices, privacy, roles, wording  # noqa: F401
        from attendance.models import Activity, ActivityKind, Evidence
        from partisipasi import search
        from partisipasi.files.http import shown_through
        from partisipasi.village.founding import at_founding

        at_founding(ActivityKind.objects.seed)
        shown_through(Evidence, "file", Evidence.objects.open_to)
        search.register(
            "kegiatan",
            "Kegiatan",
            Activity.objects.visible_to,
            text=Coalesce(NullIf("description", Value("")), "agenda"),
            on="starts_at",
            url=lambda pk: reverse("attendance:activity_detail", args=[pk]),
        )
