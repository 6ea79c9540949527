"""What stands on the first page: what comes next, what is new, and where each door leads."""

from typing import Any

from django.http import HttpRequest

from announcements.models import Article
from attendance.models import Activity
from partisipasi import clock
from partisipasi.http import page_context

ARTICLES = 5
ACTIVITIES = 3

DOOR_SENTENCES = {
    "/informasi/": "Kabar, pengumuman, dan bahan belajar dari pemerintah desa.",
    "/kegiatan/": "Musyawarah, pelatihan, dan kerja bakti: kapan, di mana, dan siapa yang hadir.",
    "/forum/": "Tempat bertanya dan berembuk sebelum musyawarah.",
    "/aspirasi/": "Sampaikan usulan atau pengaduan, lalu pantau jawabannya.",
    "/transparansi/": "Anggaran, keputusan, dan dokumen yang boleh dibaca siapa saja.",
}


def first_page(request: HttpRequest) -> dict[str, Any]:
    """The context of the home page, the same for every visitor."""
    announced = Activity.objects.announced().select_related("kind", "region")
    return {
        "today": clock.today(),
        "upcoming": announced.filter(cancelled_at__isnull=True).upcoming()[:ACTIVITIES],
        "past": announced.filter(cancelled_at__isnull=True).past()[:ACTIVITIES],
        "articles": Article.objects.published().select_related("cover", "category").newest_first()[:ARTICLES],
        "doors": [
            (label, path, DOOR_SENTENCES[path]) for label, path, _ in page_context(request)["navigation"]
        ],
    }
