"""The Atom feed of released reports."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from feedback.models import Report

LENGTH = 20


@login_not_required
@require_safe
def report_feed(request: HttpRequest) -> HttpResponse:
    """The newest released reports, as everybody reads them; every address in it is the village's own."""
    village = request.village
    origin = village.url("/").rstrip("/")
    feed = Atom1Feed(
        title=f"Aspirasi dan pengaduan warga {village.full_name}",
        subtitle=f"{village.district_word} {village.district}, {village.regency_word} {village.regency}",
        link=origin + reverse("feedback:report_list"),
        feed_url=origin + reverse("feedback:report_feed"),
        description="",
        language="id",
        author_name=f"Warga {village.full_name}",
    )
    for report in Report.objects.released().select_related("category").newest_first()[:LENGTH]:
        address = origin + report.get_absolute_url()
        feed.add_item(
            title=report.public_title,
            link=address,
            unique_id=address,
            description=escape(report.public_text),
            pubdate=report.received_at,
            updateddate=max(report.received_at, report.released_at),
            categories=[report.category.name, report.state[1]],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
