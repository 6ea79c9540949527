"""Whoever reports anonymously leaves nothing behind that points at him: not in tables, files, mails or logs."""

import logging
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from feedback.models import Report
from partisipasi.db import every_village
from tests.factories import PASSWORD, make_resident
from tests.files.makers import photo_with_position

from .factories import make_category, make_petugas

ADDRESS, AGENT = "203.0.113.77", "PerambanBertanda/9.9"


def everything_in_tables() -> str:
    """Each row of each table, as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - a table's own name
            rows += [row[0] or "" for row in cursor.fetchall()]
    return "\n".join(rows)


def everything_in_files() -> bytes:
    return b"\n".join(path.read_bytes() for path in Path(settings.VAR).rglob("*") if path.is_file())


def sent(client, **fields):
    told = {
        "kind": "pengaduan",
        "category": make_category().pk,
        "title": "Pungutan liar di loket",
        "body": "Diminta uang tanpa kuitansi.",
        "disclosure": "anonim",
        "nonce": uuid.uuid4(),
        "photos": [SimpleUploadedFile("IMG_rumah_bertanda.jpg", photo_with_position())],
    }
    return client.post("/aspirasi/baru/", told | fields, headers={"user-agent": AGENT}, REMOTE_ADDR=ADDRESS)


@pytest.fixture(autouse=True)
def _officials_get_mail(village):
    make_petugas(username="petugas-yang-dikabari")


def test_an_anonymous_report_leaves_no_trace_of_its_sender(client, village, caplog):
    caplog.set_level(logging.INFO)
    with_account = make_resident("bertandaakun", address="Gang Bertanda 7")
    client.login(username="bertandaakun", password=PASSWORD)
    session = client.session.session_key
    before = everything_in_tables()

    assert sent(client).status_code == 200

    report = Report.objects.get()
    after = everything_in_tables()
    fresh = "\n".join(set(after.splitlines()) - set(before.splitlines()))
    assert report.body in fresh
    for mark in (ADDRESS, AGENT, "bertandaakun", session, "IMG_rumah_bertanda", "PhoneOfWarga"):
        assert mark not in fresh, mark
        assert mark.encode() not in everything_in_files()
        assert mark not in caplog.text
        assert mark not in "".join(f"{each.subject}{each.body}" for each in mail.outbox)
    # No key of any fresh row leads to the account or its person.
    for event in report.events.all():
        assert event.official_id is None
    assert (report.reporter_id, report.person_id, report.typed_by_id) == (None, None, None)
    assert with_account.pk


def test_an_anonymous_reporter_who_tracks_leaves_no_address_either(client, village):
    response = sent(client)

    client.post(
        "/aspirasi/lacak/",
        {"code": Report.objects.get().code, "pin": response.context["pin"]},
        headers={"user-agent": AGENT},
        REMOTE_ADDR=ADDRESS,
    )

    kept = everything_in_tables()
    assert ADDRESS not in kept
    assert AGENT not in kept


def test_the_pin_is_kept_nowhere(client, village):
    response = sent(client)

    with every_village():
        row = Report.objects.values().get()
    assert response.context["pin"] not in {str(value) for value in row.values()}
