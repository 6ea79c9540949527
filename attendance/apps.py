from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = "Kegiatan"

    def ready(self) -> None:
        from attendance import notices, privacy, roles, wording  # noqa: F401
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
            text=lambda activity: activity.description or activity.agenda,
            on=lambda activity: activity.starts_at,
        )
