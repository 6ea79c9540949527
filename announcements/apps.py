from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "announcements"
    verbose_name = "Informasi"

    def ready(self) -> None:
        from django.urls import reverse

        from partisipasi import search
        from partisipasi.files.http import shown_through
        from partisipasi.residents import handover
        from partisipasi.village.founding import at_founding
        from partisipasi.village.surroundings import comes_with_village

        from . import banners, due, menu, notices, privacy, rich_text, roles, slots, wording  # noqa: F401
        from .models import (
            Article,
            Attachment,
            Category,
            DocumentVersion,
            GalleryPicture,
            Page,
            Picture,
            Project,
            ProjectPhoto,
            PublicDocument,
            Revision,
            RevisionFile,
        )

        shown_through(Article, "cover", Article.objects.visible_to)
        shown_through(Picture, "file", Picture.objects.visible_to)
        shown_through(Attachment, "file", Attachment.objects.visible_to)
        shown_through(DocumentVersion, "file", DocumentVersion.objects.visible_to)
        shown_through(Project, "handover_document", Project.objects.visible_to)
        shown_through(ProjectPhoto, "file", ProjectPhoto.objects.visible_to)
        shown_through(GalleryPicture, "file", GalleryPicture.objects.visible_to)
        shown_through(Revision, "cover", Revision.objects.visible_to)
        shown_through(RevisionFile, "file", RevisionFile.objects.visible_to)
        comes_with_village("urgent_rows", banners.of_village)
        comes_with_village("menu_rows", menu.of_village)
        at_founding(Category.objects.seed)
        search.register(
            "artikel",
            "Artikel",
            lambda user: Article.objects.published(),
            text="body",
            plain=rich_text.plain,
            on="published_at",
            address="slug",
            url=lambda slug: reverse("announcements:article_detail", args=[slug]),
        )
        search.register(
            "halaman-desa",
            "Halaman",
            lambda user: Page.objects.published(),
            text="body",
            plain=rich_text.plain,
            on="published_at",
            address="slug",
            url=lambda slug: reverse("announcements:page_detail", args=[slug]),
        )
        search.register(
            "dokumen",
            "Dokumen publik",
            lambda user: PublicDocument.objects.published().with_opening(),
            text="opening",
            on="published_at",
            address="slug",
            url=lambda slug: reverse("announcements:document_detail", args=[slug]),
        )
        handover.register(
            "pembangunan yang belum selesai",
            Project.objects.pass_on,
            count=lambda person: Project.objects.open_with(person).count(),
        )
        search.register(
            "pembangunan",
            "Pembangunan",
            lambda user: Project.objects.published(),
            title="name",
            text="description",
            on="published_at",
            address="slug",
            url=lambda slug: reverse("announcements:project_detail", args=[slug]),
        )
