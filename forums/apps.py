from django.apps import AppConfig
from django.urls import reverse


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Forum"

    def ready(self) -> None:
        from partisipasi import search
        from partisipasi.village.founding import at_founding

        from . import notices, privacy, roles, wording  # noqa: F401
        from .models import Forum, Post, Topic

        notices.register()
        at_founding(Forum.objects.seed)
        search.register(
            "topik",
            "Topik forum",
            lambda user: Topic.objects.listed().with_opening_text(),
            text="opening_text",
            on="opened_at",
            url=lambda pk: reverse("forums:topic_detail", args=[pk]),
        )
        search.register(
            "tanggapan",
            "Tanggapan",
            lambda user: Post.objects.readable().replies(),
            title="topic__title",
            text="body",
            on="posted_at",
            url=lambda pk: reverse("forums:post_detail", args=[pk]),
        )
