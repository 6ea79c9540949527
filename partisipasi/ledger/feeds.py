"""The Atom feed of daily heads: whoever follows it holds the fingerprints that the village cannot take back."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from partisipasi.village.words import figures, full_date

from .models import DailyHead

LENGTH = 60


@login_not_required
@require_safe
def head_feed(request: HttpRequest) -> HttpResponse:
    """The heads of the last days; every address in it is the village's own, whatever host asked."""
    village = request.village
    origin = village.url("/").rstrip("/")
    page = origin + reverse("ledger_heads")
    feed = Atom1Feed(
        title=f"Catatan publik {village.full_name}",
        subtitle="Sidik jari catatan desa pada akhir setiap hari",
        link=page,
        feed_url=origin + reverse("ledger_feed"),
        description="",
        language="id",
        author_name=f"Pemerintah {village.full_name}",
    )
    for head in DailyHead.objects.order_by("-on")[:LENGTH]:
        ended = head.ended_at
        feed.add_item(
            title=f"{full_date(head.on)}: catatan nomor {figures(head.number)}",
            link=origin + reverse("ledger_entry", args=[head.number]),
            unique_id=f"{page}#{head.on.isoformat()}",
            description=head.hash,
            pubdate=ended,
            updateddate=ended,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
