from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "partisipasi.files"
    label = "files"
    verbose_name = "Berkas"

    def ready(self) -> None:
        import_module("partisipasi.files.due")
