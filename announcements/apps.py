from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "announcements"
    verbose_name = "Informasi"

    def ready(self) -> None:
        from partisipasi.files.http import shown_through

        from . import due, roles  # noqa: F401
        from .models import Article, Attachment, Picture

        shown_through(Article, "cover", Article.objects.visible_to)
        shown_through(Picture, "file", Picture.objects.visible_to)
        shown_through(Attachment, "file", Attachment.objects.visible_to)
