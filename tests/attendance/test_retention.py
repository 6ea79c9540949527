"""What is kept of those who were present goes when its term is over: by itself, once, recorded without names."""

from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from attendance.bundle import Bundle
from attendance.due import forget_names, forget_particulars, tell_of_names_going
from attendance.learning import record_of
from attendance.models import (
    Activity,
    Attendance,
    Certificate,
    Evidence,
    Guest,
    Invitation,
    LateArrival,
    PaperKind,
    Refusal,
    Registration,
    RetentionHold,
    ScreenSignature,
    SignedScan,
)
from attendance.models.desk_queue import take_in
from attendance.models.tap import Tap
from attendance.public_roster import public_sheet_of
from attendance.roster import SheetOptions, sheet_of
from attendance.sheet import as_csv
from attendance.tally import Tally
from attendance.terms import months_after, months_before
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.files.due import clear_unused
from partisipasi.ledger.models import Entry, Seal
from partisipasi.ledger.verification import verify
from partisipasi.residents.models import Notice, Role
from tests import factories
from tests.announcements.factories import make_pdf, make_upload
from tests.attendance.factories import (
    make_activity,
    make_attendance,
    make_invitation,
    make_kind,
    make_signature,
    make_training,
)
from tests.threads import at_once

YEAR = timedelta(days=366)


@pytest.fixture
def kind(village):
    return make_kind(list_years=1, particulars_months=3, columns=["name", "phone", "address"])


@pytest.fixture
def held(kind, clerk):
    """An activity that is closed, with all that is known of people: lines, seats, registrations, a signature."""
    activity = make_activity(kind=kind, names_public=True)
    guest = {"phone": "+628119990001", "address": "Gang Kutilang 7", "sex": "P"}
    make_attendance(activity, by=clerk, name="Wagiyem", **guest)
    invitation = make_invitation(activity, by=clerk, whom=factories.make_person(name="Parjono"))
    activity.sessions.get().check_in(invitation=invitation, by=clerk)
    absent = make_invitation(activity, by=clerk, whom=factories.make_person(name="Tukiran"))
    Invitation.objects.filter(pk=absent.pk).update(stand_in="Sarinem", answer="diwakilkan")
    Registration.objects.create(activity=activity, name="Mulyani", how="akun", nonce=uuid4())
    make_signature(activity, by=clerk)
    activity.close(clerk)
    tap = Tap(uuid4(), clock.now(), clock.now())
    take_in(activity.sessions.get(), tap, nonce=uuid4(), by=clerk, who=Guest(name="Kasiyem", phone="+62811"))
    LateArrival.objects.get().decline("Datang sesudah musyawarah selesai", clerk)
    return Activity.objects.get(pk=activity.pk)


def later(activity, **ahead):
    return clock.at(activity.until_at + timedelta(**ahead))


def all_told(activity):
    """Let the officials be told, and move on to when the names may go."""
    with clock.at(activity.until_at + YEAR):
        tell_of_names_going()
    return clock.at(activity.until_at + YEAR + timedelta(days=31))


@pytest.mark.parametrize(
    ("day", "months", "over"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
    ],
)
def test_a_term_ends_on_the_day_that_is_shown(day, months, over):
    assert months_after(day, months) == over
    assert day <= months_before(over, months)
    assert day > months_before(over - timedelta(days=1), months)


def test_what_only_served_the_running_goes_first(held):
    over = held.particulars_go_on
    with clock.at(held.until_at + timedelta(days=(over - held.over_on).days - 2)):
        assert forget_particulars() == 0
    with later(held, days=93):
        assert forget_particulars() == 4
        assert forget_particulars() == 0

    line = Attendance.objects.get(name="Wagiyem")
    assert (line.phone, line.address) == ("", "Gang Kutilang 7")
    assert not Invitation.objects.exclude(stand_in="").exists()
    assert not Registration.objects.exclude(name="").exists()
    assert LateArrival.objects.get().name == "(dihapus)"
    assert Entry.objects.get(kind="list.particulars_forgotten").facts == {
        "kind": held.kind.code,
        "phones": 1,
        "registrations": 1,
        "stand_ins": 1,
        "declined": 1,
    }


def test_names_go_when_the_archive_period_is_over_and_the_numbers_stay(held):
    before = Tally.of_session(held.sessions.get())

    with all_told(held):
        assert forget_names() == 5
        assert forget_names() == 0

    held.refresh_from_db()
    lines = Attendance.objects.filter(session__activity=held)
    assert set(lines.values_list("name", "person", "address", "phone")) == {("", None, "", "")}
    assert not Invitation.objects.exclude(person=None).exists()
    assert not ScreenSignature.objects.exists()
    assert Tally.of_session(held.sessions.get()) == before
    assert Tally.count(held.sessions.get()) == before
    facts = Entry.objects.get(kind="list.forgotten").facts
    assert (facts["lines"], facts["invitations"], facts["signatures"]) == (3, 2, 1)
    told = Entry.objects.get(kind="list.forgotten")
    assert not any(name in str(told.facts) for name in ("Wagiyem", "Parjono", "Kutilang"))


def test_no_table_knows_a_name_any_more_but_the_address_book(held):
    with all_told(held):
        forget_names()

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("attendance_"):
                continue
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - our own table names
            text = " ".join(row[0] for row in cursor.fetchall())
            for name in ("Wagiyem", "Kutilang", "Parjono", "Sarinem", "Mulyani", "Kasiyem", "62811"):
                assert name not in text, (table, name)


def test_the_record_stays_whole_and_says_that_names_were_removed(held):
    assert Seal.objects.filter(name="list").exists()

    with all_told(held):
        forget_names()
        out = StringIO()
        call_command("verify_ledger", stdout=out)

    assert verify().is_whole
    assert not Seal.objects.filter(name="list").exists()
    assert Seal.objects.filter(name="reason").exists()
    assert "1 komitmen tidak dapat dicocokkan lagi" in out.getvalue()


def test_signed_scans_go_with_the_names_and_nobody_asks_for_them_again(held, clerk):
    public = held.add_evidence(
        make_pdf(text="daftar"),
        kind=PaperKind.ATTENDANCE,
        title="Daftar",
        by=clerk,
        is_public=True,
        is_redacted=True,
    )
    kept = held.add_evidence(make_pdf(text="notulen"), kind=PaperKind.MINUTES, title="Notulen", by=clerk)

    with all_told(held):
        forget_names()
        clear_unused()

    held.refresh_from_db()
    assert list(Evidence.objects.all()) == [kept]
    assert Entry.objects.get(kind="list.forgotten").facts["public_scans"] == [public.file.sha256]
    assert "daftar hadir" not in Bundle.of(held, [(kept.kind, False)]).missing_text


def test_no_scan_comes_after_the_names_are_gone(held, clerk, client):
    with all_told(held):
        forget_names()
        client.force_login(clerk)
        scan = {"files": make_upload(), "nonce": uuid4()}
        answer = client.post(f"/kegiatan/{held.pk}/daftar-hadir/pindaian/", scan)

    assert answer.status_code == 422
    assert "masa simpannya berakhir" in answer.text
    assert not SignedScan.objects.exists()


def test_officials_are_told_a_month_before_and_nothing_goes_sooner(held):
    secretary = factories.make_official(Role.SECRETARY)

    with later(held, days=300):
        assert tell_of_names_going() == 0
    with later(held, days=340):
        assert tell_of_names_going() == 1
        assert tell_of_names_going() == 0
        assert forget_names() == 0
    # What was told late goes late: the clock may have stood still, or the term was cut short.
    Activity.objects.update(names_told_at=held.until_at + timedelta(days=500))
    with later(held, days=520):
        assert forget_names() == 0
    with later(held, days=531):
        assert forget_names()

    notice = Notice.objects.get(recipient=secretary, kind="retention")
    assert notice.path == f"/kegiatan/{held.pk}/masa-simpan/"
    assert "Wagiyem" not in notice.text


def test_a_longer_term_takes_the_telling_back(held, kind):
    with later(held, days=340):
        tell_of_names_going()
        kind.list_years = 5
        kind.save()
        tell_of_names_going()

        held.refresh_from_db()
        assert held.names_told_at is None


def test_a_permanent_archive_keeps_its_names(held, kind):
    kind.list_years = None
    kind.save()

    with later(held, days=366 * 60):
        assert tell_of_names_going() == forget_names() == 0

    assert Attendance.objects.filter(name="Wagiyem").exists()


def test_nothing_goes_while_it_is_held_and_the_terms_run_again_after(held, clerk):
    with later(held, days=340):
        tell_of_names_going()
        hold = RetentionHold.objects.hold(held, "Pemeriksaan Inspektorat", clerk)
        assert RetentionHold.objects.hold(held, "Lagi", clerk) == hold
    with later(held, days=800):
        assert forget_particulars() == tell_of_names_going() == forget_names() == 0
        hold.release("Pemeriksaan selesai", clerk)
        hold.release("Dua kali", clerk)
        assert forget_particulars() == 4
        assert forget_names() == 0
        assert tell_of_names_going() == 1
    with later(held, days=831):
        assert forget_names()

    kinds = Entry.objects.filter(kind__startswith="retention.").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == ["retention.held", "retention.released"]
    assert "Inspektorat" not in str([entry.facts for entry in kinds])


def test_a_list_that_nobody_closed_is_closed_before_its_names_go(kind, clerk):
    activity = make_activity(kind=kind)
    make_attendance(activity, by=clerk, sex="L")

    with all_told(activity):
        assert forget_names() == 1

    activity.refresh_from_db()
    assert activity.closed_at
    assert activity.sessions.get().counts["men"] == 1


def test_a_certificate_outlasts_the_names_on_the_list(kind, clerk):
    person = factories.make_person(name="Bu Darmi")
    training = make_training(make_activity(kind=kind))
    training.activity.sessions.get().check_in(person, by=clerk)
    training.activity.close(clerk)
    Certificate.objects.issue(training, clerk)
    assert record_of(person).hours == 4

    with all_told(training.activity):
        forget_names()

        assert [each.training for each in record_of(person).learnt] == [training]
        assert record_of(person).hours == 4
        assert Certificate.objects.due(training) == []


def test_a_list_without_names_is_not_opened_again(held, clerk):
    with all_told(held):
        forget_names()

        with pytest.raises(Refusal, match="masa simpannya berakhir"):
            held.reopen("Salah satu nama", clerk)
        with pytest.raises(Refusal):
            RetentionHold.objects.hold(held, "Sengketa", clerk)


def test_papers_of_a_list_without_names_say_so(held):
    with all_told(held):
        forget_names()
    session = Activity.objects.get(pk=held.pk).sessions.get()

    internal, public = sheet_of(session, SheetOptions(blank_rows=9)), public_sheet_of(session)

    assert internal.rows == ()
    assert internal.nobody.startswith("Nama pada daftar ini dihapus pada")
    assert "Nama pada daftar ini dihapus" in as_csv(internal).decode()
    assert "Nama pada daftar ini dihapus" in public.recap.remark
    assert public.recap.present == 3
    assert "Wagiyem" not in str(public.rows)


def test_pages_of_a_list_without_names_say_so(held, clerk, client):
    with all_told(held):
        forget_names()
        pages = [
            client.get(f"/kegiatan/{held.pk}/{page}", follow=True).text
            for page in ("", "daftar-hadir/", "meja/", "undangan/", "masa-simpan/", "daftar-hadir/cetak/")
        ]

    assert all("masa simpannya berakhir" in text for text in pages)
    assert not any("Parjono" in text for text in pages[1:3])


def test_the_sheet_tells_for_how_long(held):
    notice = sheet_of(held.sessions.get(), SheetOptions()).footer.privacy_notice

    assert "disimpan 1 tahun; nomor HP 3 bulan" in notice


def test_an_official_reads_when_it_goes_holds_it_and_lets_go(held, clerk, client):
    address = f"/kegiatan/{held.pk}/masa-simpan/"

    page = client.get(address)
    assert "3 bulan" in page.text
    assert f"{held.names_go_on:%Y}" in page.text
    assert "bukti-internal.zip" in page.text

    wrong = client.post(f"{address}tangguhkan/", {"reason": " "})
    assert wrong.status_code == 422
    assert not RetentionHold.objects.exists()
    client.post(f"{address}tangguhkan/", {"reason": "Sengketa batas dusun"})
    assert "Sengketa batas dusun" in client.get(address).text
    assert client.post(f"{address}lepas/", {"reason": ""}).status_code == 422
    client.post(f"{address}lepas/", {"reason": "Sudah damai"})
    client.post(f"{address}lepas/", {"reason": "Sudah damai"})

    assert not RetentionHold.objects.standing().exists()
    assert "Pernah ditangguhkan" in client.get(address).text


def test_an_admin_sets_the_terms_of_a_kind(clerk, client, kind):
    page = client.get(f"/admin/attendance/activitykind/{kind.pk}/change/")

    assert "nama pada daftar hadir disimpan (tahun)" in page.text.lower()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_forget_once():
    ours = factories.make_village(host="testserver")
    with village_scope(ours):
        activity = make_activity(kind=make_kind(list_years=1))
        make_attendance(activity)
        activity.close(factories.make_user())
        Activity.objects.update(names_told_at=clock.now() + timedelta(days=340))
    moment = activity.until_at + timedelta(days=400)

    def run():
        with clock.at(moment):
            return forget_names()

    assert sorted(at_once(ours, run, run)) == [0, 1]
    with village_scope(ours):
        assert Entry.objects.filter(kind="list.forgotten").count() == 1
