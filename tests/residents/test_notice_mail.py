"""Notices by mail: as each has chosen, once, to confirmed addresses, and ended with one tap."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents import due, notice_mail, notices
from partisipasi.residents.models import Notice, NoticePreference
from partisipasi.residents.tasks import mail_notices
from tests import factories
from tests.hostile import HOSTILE
from tests.threads import at_once

# Saturday, 10.00 in WIB.
SATURDAY = datetime(2026, 8, 15, 3, tzinfo=UTC)
PAGE = "/kegiatan/7/"


@pytest.fixture(autouse=True)
def _kind():
    notices.register_kind("uji", "Uji coba")


@pytest.fixture
def reader(village):
    return make_reader()


def make_reader(address="warga@contoh.example", **preference):
    user = factories.make_resident()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    if preference:
        NoticePreference.choose(user, **preference)
    return user


@pytest.fixture
def work_off(monkeypatch):
    """A test's worker runs in the test's own transaction, so its connection is not opened anew."""
    monkeypatch.setattr(connection, "close", lambda: None)
    yield lambda: call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    connection.settings_dict["OPTIONS"].pop("application_name", None)


def tell(*users, text="Rapat besok.", path="/informasi/", **more):
    return notices.tell(users, "uji", text, path=path, **more)


def pass_until(moment, work_off):
    """It becomes `moment`: what is due is done, twice over, and the worker works."""
    with clock.at(moment):
        due.mail()
        due.mail()
        work_off()


def test_who_wants_it_at_once_gets_one_mail_for_each(reader, work_off, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(reader, text="Laporan Anda dijawab.", path="/kegiatan/")
        tell(reader, text="Rapat besok.")

    work_off()
    due.mail()
    work_off()

    assert sorted(letter.subject for letter in mail.outbox) == [
        "[Desa Sukaramah] Laporan Anda dijawab.",
        "[Desa Sukaramah] Rapat besok.",
    ]
    assert mail.outbox[0].to == ["warga@contoh.example"]
    assert "http://testserver:8000/kegiatan/" in mail.outbox[0].body
    assert all(notice.mailed_at for notice in Notice.objects.all())


def test_what_was_lost_between_telling_and_the_worker_goes_out_with_the_next_round(reader, work_off):
    tell(reader)

    pass_until(clock.now() + timedelta(minutes=1), work_off)

    assert len(mail.outbox) == 1


def test_a_task_names_nobody(reader):
    tell(reader, text="Siti menanggapi topik Anda.")

    due.mail()

    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [Notice.objects.get().village_id, [Notice.objects.get().pk]]


def test_a_digest_comes_once_at_six_in_the_villages_own_morning(village, work_off):
    user = make_reader(mail="harian")
    with clock.at(SATURDAY):
        tell(user, text="Yang pertama.", path="/informasi/")
    with clock.at(SATURDAY + timedelta(hours=5)):
        tell(user, text="Yang kedua.", path="/kegiatan/")

    pass_until(datetime(2026, 8, 15, 22, 59, tzinfo=UTC), work_off)
    assert mail.outbox == []
    pass_until(datetime(2026, 8, 15, 23, 0, tzinfo=UTC), work_off)
    pass_until(datetime(2026, 8, 15, 23, 1, tzinfo=UTC), work_off)

    (letter,) = mail.outbox
    assert letter.subject == "[Desa Sukaramah] 2 pemberitahuan untuk Anda"
    assert letter.body.index("1. Yang pertama.") < letter.body.index("2. Yang kedua.")


def test_the_weekly_digest_comes_on_monday(village, work_off):
    user = make_reader(mail="mingguan")
    with clock.at(SATURDAY):
        tell(user)

    pass_until(datetime(2026, 8, 15, 23, 0, tzinfo=UTC), work_off)
    assert mail.outbox == []
    pass_until(datetime(2026, 8, 16, 23, 0, tzinfo=UTC), work_off)

    assert len(mail.outbox) == 1


def test_what_was_read_in_the_portal_is_not_mailed(village, work_off, client):
    user = make_reader(mail="harian")
    client.force_login(user)
    with clock.at(SATURDAY):
        tell(user)
        client.get(Notice.objects.get().get_absolute_url())

    pass_until(SATURDAY + timedelta(days=2), work_off)

    assert mail.outbox == []


@pytest.mark.parametrize("preference", [{"mail": "tidak"}, {"mail": "segera", "off": ["uji"]}])
def test_who_stops_it_before_it_goes_out_gets_no_mail(reader, work_off, preference):
    tell(reader)
    due.mail()
    NoticePreference.choose(reader, **preference)

    work_off()

    assert mail.outbox == []


def test_a_page_that_was_closed_meanwhile_is_not_mailed(reader, work_off):
    open_pages = {PAGE}
    notices.leads_to("attendance:activity_detail", lambda user, pk: PAGE if PAGE in open_pages else None)
    try:
        tell(reader, path=PAGE)
        due.mail()
        open_pages.clear()
        work_off()
    finally:
        from attendance.notices import _visible

        notices.leads_to("attendance:activity_detail", _visible)

    assert mail.outbox == []


def test_a_refused_mail_is_tried_again_and_the_others_go_out(village, work_off, monkeypatch):
    first, second = make_reader("satu@contoh.example"), make_reader("dua@contoh.example")
    tell(first, second)
    real, refused = EmailMessage.send, []

    def send(letter, *args, **kwargs):
        if letter.to == ["satu@contoh.example"] and not refused:
            refused.append(letter)
            raise OSError("mail server away")
        return real(letter, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    due.mail()
    work_off()
    assert [letter.to for letter in mail.outbox] == [["dua@contoh.example"]]

    from partisipasi.village import task_care

    task_care.care()
    DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
    work_off()

    assert [letter.to for letter in mail.outbox] == [["dua@contoh.example"], ["satu@contoh.example"]]


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_the_same_moment_hand_each_letter_over_once(village):
    for number in range(4):
        tell(make_reader(f"warga{number}@contoh.example"))

    at_once(village, due.mail, due.mail)

    handed = [
        pk
        for task in DBTaskResult.objects.filter(task_path=mail_notices.module_path)
        for pk in task.args_kwargs["args"][1]
    ]
    assert sorted(handed) == sorted(Notice.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("text", [*HOSTILE, "Rapat\r\nBcc: orang@jahat.example"])
def test_nothing_that_people_write_becomes_a_head_line_of_a_mail(reader, work_off, text):
    tell(reader, text=f"Topik “{text}” ditanggapi.")

    due.mail()
    work_off()

    (letter,) = mail.outbox
    sent = letter.message()
    assert sent["Subject"]
    assert sent["Bcc"] is None
    assert letter.recipients() == ["warga@contoh.example"]


def stop_path(letter):
    return urlsplit(re.search(r"<(.+)>", letter.extra_headers["List-Unsubscribe"])[1]).path


def test_one_tap_in_the_mail_ends_following_that_page(reader, work_off, client):
    notices.follow(reader, PAGE, "Musyawarah Dusun Krajan")
    notices.follow(reader, "/informasi/", "Informasi desa")
    notices.tell_followers(PAGE, "uji", "Waktunya berubah.", path="/informasi/")
    due.mail()
    work_off()
    (letter,) = mail.outbox
    path = stop_path(letter)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in letter.body

    page = client.get(path)
    assert "Musyawarah Dusun Krajan" in page.text
    assert notices.is_following(reader, PAGE)

    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert not notices.is_following(reader, PAGE)
    assert notices.is_following(reader, "/informasi/")


def test_one_tap_ends_mail_where_nothing_was_followed_and_keeps_other_choices(village, work_off, client):
    user = make_reader(mail="segera", off=["article"])
    tell(user)
    due.mail()
    work_off()

    client.post(stop_path(mail.outbox[0]))

    chosen = NoticePreference.objects.get()
    assert (chosen.mail, chosen.off) == ("tidak", ["article"])


def test_the_page_with_the_button_is_kept_nowhere(reader, client):
    token = notice_mail.token_for(reader, PAGE)

    assert "no-store" in client.get(f"/akun/pemberitahuan/berhenti/{token}/")["Cache-Control"]


def test_a_forged_old_or_foreign_token_ends_nothing(reader, neighbour, client):
    notices.follow(reader, PAGE, "Musyawarah")
    with village_scope(neighbour):
        foreign = notice_mail.token_for(reader, PAGE)
    forged = signing.dumps([neighbour.pk, reader.pk, PAGE], salt="lain")
    good = notice_mail.token_for(reader, PAGE)

    for token in (foreign, forged, good[:-2], "salah"):
        answer = client.post(f"/akun/pemberitahuan/berhenti/{token}/")
        assert answer.status_code == 410
        assert "tidak berlaku" in answer.text

    assert notices.is_following(reader, PAGE)


def test_a_token_lasts_a_year(reader, monkeypatch):
    monkeypatch.setattr(notice_mail, "TOKEN_LASTS", -1)

    assert notice_mail.stop_by(notice_mail.token_for(reader, PAGE)) is None


def test_old_notices_are_forgotten(reader):
    now = clock.now()
    kept = [
        factories.make_notice(reader, at=now - timedelta(days=200)),
        factories.make_notice(reader, at=now - timedelta(days=200), read_at=now - timedelta(days=170)),
    ]
    factories.make_notice(reader, at=now - timedelta(days=200), read_at=now - timedelta(days=181))
    factories.make_notice(reader, at=now - timedelta(days=366))

    assert due.forget() == 2
    assert due.forget() == 0
    assert set(Notice.objects.all()) == set(kept)
