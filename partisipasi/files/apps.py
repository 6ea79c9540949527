from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "partisipasi.files"
    label = "files"
    verbose_name = "Berkas"
