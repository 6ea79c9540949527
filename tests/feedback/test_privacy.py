"""What is handed out of one's reports, and what erasure leaves."""

import pytest
from django.db import connection

from feedback.models import Report
from partisipasi.residents import privacy
from partisipasi.residents.models import Person
from tests.announcements.factories import make_upload
from tests.factories import make_person, make_resident

from .factories import make_petugas, make_report


@pytest.fixture
def resident(village):
    return make_resident("kartinah")


def told_of(report, resident_words):
    """Where these words still stand: tables by name."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{resident_words}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_one_gets_ones_own_reports_each_once(resident):
    person = Person.objects.of(resident)
    make_report(reporter=resident, title="Lewat akun")
    make_report(person=person, title="Lewat loket", channel="loket", typed_by=make_petugas())
    make_report(reporter=make_resident(), title="Milik orang lain")

    exported = privacy.export(person)["laporan"]

    assert sorted(row["judul"] for row in exported) == ["Lewat akun", "Lewat loket"]


def test_erasure_takes_what_was_written_and_leaves_that_it_was(resident):
    petugas, person = make_petugas(), Person.objects.of(resident)
    report = make_report(
        reporter=resident, title="Jalan Kartinah", body="Pagar Kartinah roboh.", photos=[make_upload()]
    )
    report.reply("Kata Kartinah belum.")
    report.answer("Bu Kartinah, sudah kami kerjakan.", by=petugas, for_everybody=False)
    report.release("Pagar roboh", "Pagar di tepi jalan roboh.", by=petugas)

    assert any("laporan" in sentence for sentence in privacy.kept_after_erasure(person))
    privacy.erase(person)

    report.refresh_from_db()
    assert (report.reporter, report.person, report.title) == (None, None, "(dihapus)")
    assert report.public_title == "Pagar roboh"
    assert report.answered_at
    assert not report.photos.exists()
    assert told_of(report, "Kartinah") == set()


def test_erasure_of_who_was_written_for_takes_name_and_words(village):
    person = make_person(name="Mbah Karto")
    report = make_report(person=person, body="Karto bercerita.", channel="rt", typed_by=make_petugas())

    privacy.erase(person)

    report.refresh_from_db()
    assert report.person is None
    assert "Karto" not in report.body


def test_what_others_reported_stays(resident):
    other = make_report(reporter=make_resident(), title="Milik orang lain")

    privacy.erase(Person.objects.of(resident))

    assert Report.objects.get(pk=other.pk).title == "Milik orang lain"
