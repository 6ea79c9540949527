"""Whatever is typed is data: on pages, in the feed and in admin."""

import uuid

import pytest
from django.urls import reverse

from feedback.models import Report
from tests.factories import make_resident
from tests.hostile import HOSTILE

from .factories import make_category, make_petugas

MARKS = ("<script>alert", "<img src=x", "<b>tebal</b>", "<svg onload", "14 {% debug")


def is_harmless(response):
    page = response.content.decode()
    return not any(mark in page for mark in MARKS)


@pytest.mark.parametrize("field", ["title", "body"])
def test_hostile_words_are_words_everywhere(client, village, field):
    resident, petugas, category = make_resident(), make_petugas(), make_category()
    pages = []
    for number, hostile in enumerate(HOSTILE):
        client.force_login(resident)
        told = {
            "kind": "pengaduan",
            "category": category.pk,
            "title": "Judul",
            "body": "Isi",
            "disclosure": "anonim",
            "nonce": uuid.uuid4(),
        } | {field: hostile}
        pages.append(client.post("/aspirasi/baru/", told, REMOTE_ADDR=f"192.0.2.{number}"))
    client.force_login(petugas)
    for report in Report.objects.all():
        report.answer(report.body, by=petugas)
        report.release(report.title, report.body, by=petugas)
        pages.append(client.get(report.get_absolute_url()))
        pages.append(client.get(reverse("admin:feedback_report_change", args=[report.pk])))
    pages += [
        client.get("/aspirasi/"),
        client.get("/aspirasi/umpan.atom"),
        client.get("/admin/feedback/report/"),
    ]

    assert Report.objects.count() > len(HOSTILE) / 2
    assert {response.status_code for response in pages} <= {200, 422}
    assert all(is_harmless(response) for response in pages)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_codes_pins_and_filters_find_nothing(client, village, hostile):
    tracked = client.post("/aspirasi/lacak/", {"code": hostile, "pin": hostile})
    listed = client.get(
        "/aspirasi/", {"jenis": hostile, "keadaan": hostile, "dusun": hostile, "halaman": hostile}
    )

    assert tracked.status_code in {422, 429}
    assert listed.status_code in {200, 422}
    assert is_harmless(tracked)
    assert is_harmless(listed)
