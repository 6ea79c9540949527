from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = "Kegiatan"

    def ready(self) -> None:
        from attendance import privacy, roles  # noqa: F401
