"""What stands on the first page: what comes next, what is new, and where each door leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from announcements.models import Article
from attendance.models import Activity, Attendance, Invitation
from feedback.models import Report
from forums.models import Post, Topic
from partisipasi import clock
from partisipasi.admin.waiting import waiting_for
from partisipasi.http import page_context
from partisipasi.residents.models import Notice
from partisipasi.village.words import figures

ARTICLES = 5
ACTIVITIES = DECISIONS = TOPICS = 3

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
        "decided": held.past().with_decisions().counted()[:DECISIONS],
        "topics": open_topics(),
        "promises": promises(),
        "year": year_in_numbers(),
        "for_you": for_you(request.user),
        "articles": Article.objects.published().select_related("cover", "category").newest_first()[:ARTICLES],
        "doors": [
            (label, path, DOOR_SENTENCES[path]) for label, path, _ in page_context(request)["navigation"]
        ],
    }


def open_topics() -> Any:
    """What is being talked about in the forums, where everybody may still say something."""
    talked = Topic.objects.listed().filter(closed_at__isnull=True, forum__archived_at__isnull=True)
    return talked.select_related("forum", "author", "person").newest_activity()[:TOPICS]


def promises() -> dict[str, Any]:
    """How reports of the last twelve months fare, as a number in its sentence; empty where there were none."""
    since = clock.now() - timedelta(days=365)
    numbers = Report.objects.received_since(since).figures(clock.today())
    told = {
        "late_sentence": f"{figures(numbers['late'])} laporan sedang melewati tenggat."
        if numbers["late"]
        else "Tidak ada laporan yang melewati tenggat."
    }
    if numbers["answered"]:
        told |= {
            "share": f"{numbers['on_time'] * 100 // numbers['answered']}%",
            "sentence": f"dari {figures(numbers['answered'])} jawaban atas laporan warga diberikan tepat waktu.",
        }
    return numbers | told


def year_in_numbers() -> dict[str, Any]:
    """How many attendances the closed lists of the last twelve months hold, and the sentence around that number."""
    closed = Attendance.objects.present().filter(
        session__activity__closed_at__isnull=False,
        session__starts_at__gte=clock.now() - timedelta(days=365),
    )
    numbers = closed.aggregate(attendances=Count("pk"), activities=Count("session__activity", distinct=True))
    sentence = f"kehadiran tercatat pada {figures(numbers['activities'])} kegiatan setahun terakhir."
    return numbers | {"sentence": sentence}


@dataclass(frozen=True)
class Line:
    """One thing that waits for a visitor, and the page on which to deal with it."""

    text: str
    url: str


def for_you(user: Any) -> list[Line]:
    """What waits for a signed-in visitor: first an official's work, then what concerns oneself."""
    if not user.is_authenticated:
        return []
    work = [*_desks(user), *_trays(user)] if user.is_staff else []
    return [*work, *_of_ones_own(user)]


def _desks(user: Any) -> Iterator[Line]:
    """Today's gatherings at whose door this official may mark who is there."""
    now = clock.now()
    mine = Activity.objects.announced().within_reach(user, "attendance.run_desk")
    today = mine.filter(cancelled_at__isnull=True, closed_at__isnull=True, starts_at__date=clock.today())
    for activity in today.filter(until_at__gt=now).order_by("starts_at", "pk"):
        yield Line(f"Hari ini: meja presensi {activity}", reverse("attendance:desk", args=[activity.pk]))


def _trays(user: Any) -> Iterator[Line]:
    for tray in waiting_for(user):
        yield Line(f"{tray.label}: {figures(tray.count)}", tray.url)


def _of_ones_own(user: Any) -> Iterator[Line]:
    """Unread notices, seats at what is still to come, reports that were answered, words that wait or were hidden."""
    if unread := Notice.objects.of(user).unread().count():
        yield Line(f"Pemberitahuan yang belum dibaca: {figures(unread)}", reverse("notice_list"))
    for invitation in _seats(user):
        yield Line(f"Anda diundang: {invitation.activity}", invitation.activity.get_absolute_url())
    if answered := Report.objects.sent_by(user).in_state("dijawab", clock.today()).count():
        yield Line(f"Laporan Anda sudah dijawab: {figures(answered)}", reverse("feedback:my_reports"))
    own = Post.objects.filter(author=user)
    if waiting := Post.objects.waiting().filter(author=user).count():
        yield Line(f"Tanggapan Anda masih dibaca moderator: {figures(waiting)}", reverse("forums:my_posts"))
    if hidden := own.filter(hidden_at__isnull=False, withdrawn_at__isnull=True).count():
        told = f"Tanggapan Anda disembunyikan moderator: {figures(hidden)}. Baca alasannya"
        yield Line(told, reverse("forums:my_posts"))


def _seats(user: Any) -> Any:
    """The seats that this account's person holds at gatherings still to come."""
    coming = Activity.objects.announced().filter(cancelled_at__isnull=True, until_at__gt=clock.now())
    seats = Invitation.objects.standing().filter(person__user=user, activity__in=coming)
    return seats.select_related("activity").order_by("activity__starts_at", "pk")[:ACTIVITIES]
