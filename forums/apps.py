from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Forum"

    def ready(self) -> None:
        from partisipasi import search
        from partisipasi.village.founding import at_founding

        from . import news, privacy, roles, wording  # noqa: F401
        from .models import Forum, Post, Topic

        news.register()
        at_founding(Forum.objects.seed)
        search.register(
            "topik",
            "Topik",
            lambda user: Topic.objects.listed().select_related("forum"),
            text=lambda topic: f"Forum {topic.forum}",
            on=lambda topic: topic.created_at,
        )
        search.register(
            "tanggapan",
            "Tanggapan",
            lambda user: Post.objects.readable().replies().select_related("topic"),
            title=lambda post: post.topic.title,
            text=lambda post: post.body,
            on=lambda post: post.posted_at,
        )
