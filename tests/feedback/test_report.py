"""What becomes of a report: received, verified, assigned, answered, closed, or otherwise."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from feedback.models import (
    NotAnswered,
    NotForThePublic,
    NotSettled,
    Report,
    ReportSettled,
    TooLateToReopen,
    TooManyMessages,
    TooManyReports,
)
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents import notices
from partisipasi.residents.models import Notice, Person, Role
from tests.factories import make_official, make_person, make_region, make_resident

from .factories import make_category, make_petugas, make_receipt, make_released, make_report

FRIDAY = datetime(2026, 9, 4, 8, tzinfo=UTC)


def acts(report):
    return list(report.events.values_list("act", flat=True))


def recorded(report):
    return list(
        Entry.objects.filter(subject=f"feedback.report:{report.pk}")
        .order_by("number")
        .values_list("kind", flat=True)
    )


@pytest.fixture
def petugas(village):
    return make_petugas()


# Receiving


def test_a_report_gets_a_code_a_pin_and_three_promises(village):
    with clock.at(FRIDAY):
        receipt = make_receipt()

    report = receipt.report
    assert report.code.startswith("SUK-")
    assert len(receipt.pin) == 6
    assert receipt.pin.isdigit()
    assert receipt.pin not in report.pin_hash
    assert [f"{stage.due_on}" for stage in report.stages] == ["2026-09-09", "2026-09-11", "2026-09-24"]
    assert report.state == ("neutral", "Menunggu verifikasi")
    assert acts(report) == ["received"]
    assert recorded(report) == ["report.received"]


def test_the_same_form_sent_twice_is_one_report_with_the_same_pin(village):
    nonce = uuid.uuid4()

    first, again = make_receipt(nonce=nonce), make_receipt(nonce=nonce)

    assert first == again
    assert Report.objects.count() == 1


def test_an_anonymous_report_keeps_nobody_whatever_is_passed(village):
    resident = make_resident()

    report = make_report(
        disclosure="anonim", reporter=resident, told_name="Marno", told_phone="+6281234567890"
    )

    assert (report.reporter, report.person, report.told_name, report.told_phone) == (None, None, "", "")
    assert not report.is_own_of(resident)


def test_the_database_refuses_an_anonymous_report_with_a_name(village):
    report = make_report()

    with pytest.raises(IntegrityError, match="an_anonymous_report_names_nobody"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(told_name="Marno")


def test_what_is_told_at_the_counter_belongs_to_the_person_and_her_account(village, petugas):
    resident = make_resident()
    person = Person.objects.of(resident)

    report = make_report(person=person, channel="loket", typed_by=petugas)

    assert report.is_own_of(resident)
    assert report.typed_by_office == "Petugas Pengaduan"
    assert list(Report.objects.sent_by(resident)) == [report]


def test_nobody_sends_more_than_ten_reports_a_day(village):
    resident = make_resident()
    with clock.at(FRIDAY):
        for _ in range(10):
            make_report(reporter=resident)
        with pytest.raises(TooManyReports):
            make_report(reporter=resident)
    with clock.at(FRIDAY + timedelta(days=1, minutes=1)):
        make_report(reporter=resident)

    assert Report.objects.count() == 11


def test_officials_learn_of_a_new_report_and_of_a_held_one_nobody(village, petugas):
    make_report(held=True)
    assert not Notice.objects.exists()

    make_report()
    assert Notice.objects.get().recipient == petugas


def test_of_what_is_told_in_confidence_only_those_hear_who_may_read_it(village, petugas):
    hamlet = make_region()
    kadus = make_official(Role.HAMLET_HEAD, region=hamlet)

    make_report(reporter=make_resident(), disclosure="rahasia", region=hamlet, title="Nama yang dirahasiakan")

    told = Notice.objects.get()
    assert told.recipient == petugas
    assert "dirahasiakan" not in told.text
    assert kadus.is_staff


# Handling


def test_a_report_goes_from_verification_to_its_end(village, petugas):
    resident, kaur = make_resident(), make_official(Role.TREASURER, title="Kaur Keuangan")
    report = make_report(reporter=resident)

    report.verify(by=petugas)
    assert report.state[1] == "Terverifikasi"
    report.assign(to=Person.objects.of(kaur), by=petugas, note="Cek ke lapangan dahulu.")
    assert report.state[1] == "Didisposisikan"
    report.note_progress("Bahan sudah dipesan.", by=kaur)
    assert report.state[1] == "Sedang diproses"
    report.answer("Lampu sudah diganti.", by=kaur)
    assert report.state[1] == "Menunggu tanggapan pelapor"
    report.accept()
    assert report.state == ("done", "Selesai")

    assert acts(report) == [
        "received", "verified", "assigned", "noted", "progress", "answered", "accepted",
    ]  # fmt: skip
    assert recorded(report) == [
        "report.received", "report.verified", "report.assigned", "report.answered", "report.closed",
    ]  # fmt: skip
    assert report.assigned_office == "Kaur Keuangan"
    assert [str(notice.text) for notice in Notice.objects.filter(recipient=resident).order_by("pk")] == [
        f"Laporan {report.code} sudah diverifikasi.",
        f"Laporan {report.code} mengalami perkembangan.",
        f"Laporan {report.code} sudah dijawab.",
        f"Laporan {report.code} sudah selesai.",
    ]


def test_a_disposition_is_read_by_officials_alone(village, petugas):
    report = make_report()
    report.assign(to=make_person(), by=petugas, note="Pelapor keluarga Pak RT.")

    assert "keluarga" not in "".join(event.text for event in report.events.for_reporter())


def test_each_verb_twice_is_the_same_as_once(village, petugas):
    person, nonce = make_person(), uuid.uuid4()
    report = make_report()
    for _ in range(2):
        report.verify(by=petugas)
        report.assign(to=person, by=petugas)
        report.answer("Sudah diperbaiki.", by=petugas, nonce=nonce)
    for _ in range(2):
        report.close(by=petugas)

    assert acts(report) == ["received", "verified", "assigned", "answered", "closed"]


def test_answering_verifies_what_nobody_had_verified(village, petugas):
    report = make_report()

    report.answer("Sudah diperbaiki kemarin.", by=petugas)

    assert report.verified_at
    assert report.taken_up_at


def test_what_was_never_answered_is_not_closed(village, petugas):
    report = make_report()

    with pytest.raises(NotAnswered):
        report.close(by=petugas)
    with pytest.raises(NotAnswered):
        report.accept()
    assert issubclass(NotAnswered, PermissionDenied)


@pytest.mark.parametrize("settle", ["reject", "forward", "close"])
def test_a_settled_report_takes_nothing_more(village, petugas, settle):
    report = make_report()
    report.answer("Jawaban.", by=petugas)
    if settle == "reject":
        report.reject("Bukan wewenang desa.", by=petugas)
    elif settle == "forward":
        report.forward("Camat", "Jalan itu milik kabupaten.", by=petugas)
    else:
        report.close(by=petugas)
    before = acts(report)

    for verb in (
        lambda: report.answer("Lagi.", by=petugas),
        lambda: report.note_progress("Lagi.", by=petugas),
        lambda: report.assign(to=make_person(), by=petugas),
        lambda: report.write_to_reporter("Lagi.", by=petugas),
        lambda: report.reply("Lagi."),
        report.accept if settle != "close" else lambda: report.reply("Lagi."),
    ):
        with pytest.raises(ReportSettled):
            verb()
    assert acts(report) == before


def test_a_wrong_category_is_put_right_and_its_deadline_with_it(village, petugas):
    with clock.at(FRIDAY):
        report = make_report()
        oversight = make_category(deadline=60)
        report.verify(by=petugas, category=oversight)

    assert report.category == oversight
    assert f"{report.done_due_on}" == "2026-11-27"


def test_a_reply_keeps_the_report_open_until_an_official_spoke_again(village, petugas):
    with clock.at(FRIDAY):
        report = make_report(reporter=make_resident())
        report.answer("Sudah.", by=petugas)
        report.reply("Belum, Pak.")

    assert report.state[1] == "Dibalas pelapor"
    later = FRIDAY.date() + timedelta(days=60)
    assert report not in Report.objects.silent(later)
    assert report in Report.objects.unanswered()

    with clock.at(FRIDAY + timedelta(days=3)):
        report.write_to_reporter("Besok kami cek lagi.", by=petugas)
    assert report in Report.objects.silent(later)


def test_a_reporter_writes_no_more_than_anybody_reads(village):
    report = make_report()
    for number in range(20):
        report.reply(f"Pesan {number}")

    with pytest.raises(TooManyMessages):
        report.reply("Satu lagi")


def test_a_reopened_report_is_promised_anew(village, petugas):
    with clock.at(FRIDAY):
        report = make_report()
        report.answer("Sudah.", by=petugas)
        report.close(by=petugas)
    with clock.at(FRIDAY + timedelta(days=10)):
        report.reopen("Lampunya padam lagi.")

    assert report.state == ("warning", "Dibuka kembali")
    assert f"{report.done_due_on}" == "2026-10-02"
    assert report.first_answered_at
    assert "padam" not in "".join(event.text for event in report.events.for_everybody())


def test_reopening_has_an_end(village, petugas):
    with clock.at(FRIDAY):
        report = make_report()
        with pytest.raises(NotSettled):
            report.reopen("Ayo.")
        for _ in range(3):
            report.reject("Tidak jelas tempatnya.", by=petugas)
            report.reopen("Di depan balai.")
        report.reject("Sudah dijelaskan.", by=petugas)
        with pytest.raises(TooLateToReopen):
            report.reopen("Lagi.")
    other = make_report()
    with clock.at(FRIDAY):
        other.reject("Ganda.", by=petugas)
    with clock.at(FRIDAY + timedelta(days=31)), pytest.raises(TooLateToReopen):
        other.reopen("Terlambat.")


# For everybody


def test_nothing_is_public_before_an_official_lets_it_be(village, petugas):
    report = make_report(reporter=make_resident())
    assert not Report.objects.released()

    report.release("Lampu jalan padam", "Lampu di gang padam.", by=petugas)
    assert Report.objects.released().get().public_title == "Lampu jalan padam"

    report.unrelease("Memuat nama orang.", by=petugas)
    assert not Report.objects.released()
    assert report.search is None


def test_what_was_told_in_confidence_is_never_released(village, petugas):
    report = make_report(reporter=make_resident(), disclosure="rahasia")

    with pytest.raises(NotForThePublic):
        report.release("Judul", "Isi", by=petugas)
    with pytest.raises(IntegrityError, match="in_confidence"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(released_at=clock.now(), public_title="x", public_text="y")


def test_answers_to_the_reporter_alone_and_in_confidence_are_not_for_everybody(village, petugas):
    private = make_report(reporter=make_resident())
    private.answer("Nama bendahara ada pada kami.", by=petugas, for_everybody=False)
    secret = make_report(reporter=make_resident(), disclosure="rahasia")
    secret.answer("Sudah diperiksa.", by=petugas)
    secret.reject("Tidak terbukti.", by=petugas)

    told = [event.text for report in (private, secret) for event in report.events.for_everybody()]
    assert "".join(told) == ""


def test_followers_hear_the_public_title_and_nothing_else(village, petugas):
    follower = make_resident()
    report = make_released(by=petugas, title="Pak Marno membuang sampah")
    notices.follow(follower, report.get_absolute_url(), str(report))

    report.answer("Bak sampah ditambah.", by=petugas)

    told = Notice.objects.get(recipient=follower)
    assert report.public_title in told.text
    assert "Bak" not in told.text
