"""What stands on the first page: what comes next, what is new, and where each door leads."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from announcements.models import Article
from attendance.models import Activity, Attendance
from forums.models import Post
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.http import page_context
from partisipasi.village.words import figures

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
    """The context of the home page: the same for every visitor but for what waits for the one who signed in."""
    held = Activity.objects.announced().filter(cancelled_at__isnull=True).select_related("kind", "region")
    return {
        "today": clock.today(),
        "upcoming": held.upcoming()[:ACTIVITIES],
        "past": held.past().counted()[:ACTIVITIES],
        "year": year_in_numbers(),
        "for_you": for_you(request.user),
        "articles": Article.objects.published().select_related("cover", "category").newest_first()[:ARTICLES],
        "doors": [
            (label, path, DOOR_SENTENCES[path]) for label, path, _ in page_context(request)["navigation"]
        ],
    }


def year_in_numbers() -> dict[str, Any]:
    """How many attendances the closed lists of the last twelve months hold, and the sentence around that number."""
    closed = Attendance.objects.present().filter(
        session__activity__closed_at__isnull=False,
        session__starts_at__gte=clock.now() - timedelta(days=365),
    )
    numbers = closed.aggregate(attendances=Count("pk"), activities=Count("session__activity", distinct=True))
    sentence = f"kehadiran tercatat pada {figures(numbers['activities'])} kegiatan setahun terakhir."
    return numbers | {"sentence": sentence}


def for_you(user: Any) -> dict[str, Any]:
    """What waits for a signed-in visitor: an official's trays, and one's own held or hidden posts."""
    if not user.is_authenticated:
        return {}
    own = Post.objects.filter(author=user)
    return {
        "trays": waiting_for(user) if user.is_staff else [],
        "own_waiting": Post.objects.waiting().filter(author=user).count(),
        "own_hidden": own.filter(hidden_at__isnull=False, withdrawn_at__isnull=True).count(),
    }
