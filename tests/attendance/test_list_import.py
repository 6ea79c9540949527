"""Attendance lists as villages keep them in spreadsheets, taken in all or not at all."""

from datetime import timedelta

import pytest
from django.urls import reverse

from attendance.models import Attendance, Guest, ListImport
from partisipasi import clock
from partisipasi.clock import due_jobs
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from tests import factories, hostile
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind
from tests.residents.sheets import csv, ods, xlsx

# As on the desks of villages: letterhead above, two lines of headings, numbered empty lines, totals, who signs.
KEPT = [
    ("PEMERINTAH DESA KARANGSARI",),
    ("DAFTAR HADIR MUSYAWARAH DESA",),
    (),
    ("NO", "NAMA PESERTA", "Jns Kelamin", "", "JABATAN/UNSUR", "Alamat Lengkap", "NIK", "TTD", ""),
    ("", "", "L", "P", "", "", "", "", ""),
    ("1", "2", "3", "4", "5", "6", "7", "8", "9"),
    (1, "H. Slamet Riyadi, S.Pd.", "v", "", "Tokoh Tani", "RT 01", "3303011212800001", "1.", ""),
    (2, "Aminah", "", "v", "Ketua RT 02", "RT 02", "", "", "2."),
    (),
    (3, "Wagiman mewakili Sukarno", 1, "", "", "", "", "3.", ""),
    (4, "", "", "", "", "", "", "4.", ""),
    ("", "Jumlah", 2, 1, "", "", "", "", ""),
    ("", "", "", "", "", "Karangsari, 12 Mei 2026", "", "", ""),
    ("", "", "", "", "", "Kepala Desa", "", "", ""),
    ("", "Hartono", "", "", "", "", "", "", ""),
]


@pytest.fixture
def activity(village):
    return make_activity(kind=make_kind(columns=["number", "name", "sex", "role", "institution", "address"]))


def to(activity):
    return reverse("attendance:list_import", args=[activity.pk])


def send(client, activity, file, **told):
    return client.post(to(activity), {"sheet": file, **told}, follow=True)


def simple_list(*rows):
    return xlsx(("No", "Nama", "L/P"), *[(place, *row) for place, row in enumerate(rows, start=1)])


def confirm(client, page, **told):
    """Send the preview as a browser does, with these answers."""
    form = page.context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    return client.post(page.request["PATH_INFO"], {**sent, **told, "simpan": "1"}, follow=True)


def on_list(activity):
    rows = Attendance.objects.present().filter(session__activity=activity).in_order()
    return [(row.name, row.method) for row in rows]


def test_a_list_as_villages_keep_it_is_understood_and_recorded_as_paper(client, clerk, activity):
    tani = factories.make_unsur(name="Tokoh Tani")
    seat = make_invitation(activity, whom=factories.make_person(name="Slamet Riyadi", sex="L"))
    absent = make_invitation(activity, whom=factories.make_person(name="Sukarno"))
    known = factories.make_person(name="Aminah", sex="P")

    page = send(client, activity, xlsx(*KEPT))

    reading = page.context["reading"]
    assert [match.meant.partition(":")[0] for match in reading.new][:2] == ["Diundang", "Buku alamat"]
    assert reading.new[2].meant == "Mewakili Sukarno"
    assert [(number, why) for number, _, why in reading.skipped] == [
        (number, "kaki lembar") for number in (12, 13, 14, 15)
    ]
    assert not Attendance.objects.exists()

    answer = confirm(client, page)

    assert "3 orang tercatat hadir dari berkas." in answer.content.decode()
    slamet, aminah, wagiman = Attendance.objects.present().in_order()
    assert (slamet.name, slamet.invitation, slamet.sex, slamet.unsur) == ("Slamet Riyadi", seat, "L", tani)
    told = (aminah.person, aminah.sex, aminah.institution, aminah.address, aminah.method)
    assert told == (known, "P", "Ketua RT 02", "RT 02", "kertas")
    assert (wagiman.name, wagiman.invitation, wagiman.is_stand_in, wagiman.sex) == (
        "Wagiman",
        absent,
        True,
        "L",
    )
    entry = Entry.objects.get(kind="attendance.imported")
    assert entry.facts == {"activity": activity.pk, "count": 3}
    assert not ListImport.objects.exists()


def test_the_same_file_twice_changes_nothing(client, clerk, activity):
    make_invitation(activity, whom=factories.make_person(name="Aminah", sex="P"))
    rows = [("Aminah", "P"), ("Tamu Satu", "L"), ("Tamu Dua", "P")]
    confirm(client, send(client, activity, simple_list(*rows)))

    page = send(client, activity, simple_list(*rows))

    assert (len(page.context["reading"].new), len(page.context["reading"].same)) == (0, 3)
    answer = confirm(client, page)
    assert "Tidak ada yang baru dalam berkas ini." in answer.content.decode()
    assert sorted(name for name, _ in on_list(activity)) == ["Aminah", "Tamu Dua", "Tamu Satu"]
    assert Entry.objects.filter(kind="attendance.imported").count() == 1


def test_a_confirmation_sent_twice_is_one(client, clerk, activity):
    page = send(client, activity, simple_list(("Tamu", "L")))
    confirm(client, page)

    answer = confirm(client, page)

    assert answer.status_code == 200
    assert on_list(activity) == [("Tamu", "kertas")]


def test_equal_names_are_asked_about_and_nothing_is_recorded_until_they_are_answered(client, clerk, activity):
    one, other = (factories.make_person(name="Slamet", sex="L", address=f"RT {n}") for n in (1, 2))
    make_attendance(activity, name="Sutini")
    page = send(
        client, activity, simple_list(("Slamet", "L"), ("Sutini", "P"), ("Darmi", "P"), ("Darmi", "P"))
    )

    asked = page.context["reading"].asked
    assert [(match.row.number, match.why) for match in asked] == [
        (2, "Beberapa orang bernama sama"),
        (3, "Orang bernama sama sudah tercatat hadir"),
        (5, "Nama ini juga ada pada baris 4"),
    ]
    refused = confirm(client, page)
    assert refused.status_code == 422
    assert on_list(activity) == [("Sutini", "meja")]

    there = Attendance.objects.get()
    answers = {"baris-2": f"orang-{other.pk}", "baris-3": f"sudah-{there.pk}", "baris-5": "tamu"}
    confirm(client, page, **answers)

    assert sorted(name for name, _ in on_list(activity)) == ["Darmi", "Darmi", "Slamet", "Sutini"]
    assert Attendance.objects.get(name="Slamet").person == other
    assert not one.attendances.exists()


def test_what_speaks_against_a_namesake_is_not_taken_for_him(client, clerk, activity):
    factories.make_person(name="Endang", sex="L")

    page = send(client, activity, simple_list(("Endang", "P")))

    assert [match.why for match in page.context["reading"].asked] == [
        "Nama ini dikenal, tetapi keterangannya berbeda"
    ]


def test_one_wrong_line_stops_all_and_says_its_number(client, clerk, activity):
    page = send(client, activity, simple_list(("Budi", "L"), ("Sari", "wanita?!"), ("Yanti", "X")))

    assert page.context["reading"].errors == [(4, "Tulis L atau P untuk jenis kelamin.")]
    assert "Baris 4: Tulis L atau P untuk jenis kelamin." in page.content.decode()
    assert confirm(client, page).status_code == 422
    assert on_list(activity) == []


def test_what_a_column_means_can_be_changed(client, clerk, activity):
    page = send(client, activity, csv("Yang datang;Rumah;L/P\nBudi;RT 01;L\n", name="daftar.csv"))
    assert not page.context["reading"].has_names

    seen = confirm(client, page, **{"kolom-0": "nama", "kolom-1": "alamat"})

    assert on_list(activity) == []
    assert [match.row.name for match in seen.context["reading"].new] == ["Budi"]
    confirm(client, seen)
    assert [(row.name, row.address, row.sex) for row in Attendance.objects.all()] == [("Budi", "RT 01", "L")]


def test_two_columns_cannot_mean_the_same(client, clerk, activity):
    page = send(client, activity, csv("Nama;Rumah\nBudi;RT 01\n", name="daftar.csv"))

    answer = confirm(client, page, **{"kolom-1": "nama"})

    assert answer.status_code == 422
    assert "Sudah dipilih untuk kolom “Nama”." in answer.content.decode()
    assert on_list(activity) == []


def test_who_did_not_come_is_left_out(client, clerk, activity):
    file = ods(("Nama", "Kehadiran"), ("Budi", "Hadir"), ("Sari", "Izin"), ("Yanti", ""), ("Joko", "√"))

    page = send(client, activity, file)

    assert [match.row.name for match in page.context["reading"].new] == ["Budi", "Joko"]
    assert [why for *_, why in page.context["reading"].skipped] == ["tidak hadir", "tidak hadir"]


def test_a_kind_takes_no_more_than_its_paper_asks_and_no_nik_is_kept(client, clerk):
    activity = make_activity(kind=make_kind(columns=["name", "signature"]))
    file = csv(
        "Nama,No. HP,Alamat,NIK,Nomor lain\nBudi,081234567890,RT 01,3303011212800001,3303011212800002\n"
    )

    page = send(client, activity, file)

    kept = str(ListImport.objects.values("headings", "cells").get())
    assert "330301121280" not in kept
    confirm(client, page)
    row = Attendance.objects.get()
    assert (row.name, row.phone, row.address) == ("Budi", "", "")


def test_our_own_list_comes_back_as_the_same_people(client, clerk, activity):
    seat = make_invitation(activity, whom=factories.make_person(name="Sukarno"))
    make_invitation(activity, whom=factories.make_person(name="Aminah"))
    session = activity.sessions.get()
    session.check_in(Guest("Ratmi"), stands_for=seat, by=clerk)
    session.check_in(activity.invitations.exclude(pk=seat.pk).get().person, by=clerk)
    before = on_list(activity)
    for name in ("sheet_xlsx", "sheet_csv"):
        content = client.get(reverse(f"attendance:{name}", args=[activity.pk])).content
        file = xlsx(name=f"daftar.{name[-4:].strip('_')}")
        file.seek(0)
        file.truncate()
        file.write(content)
        file.seek(0)

        page = send(client, activity, file)

        assert [match.why for match in page.context["reading"].matches] == ["Sudah tercatat"] * 2
    assert on_list(activity) == before


def test_a_closed_list_and_one_of_another_day_take_nothing(client, clerk, activity):
    page = send(client, activity, simple_list(("Budi", "L")))
    activity.close(clerk)

    answer = confirm(client, page)

    assert answer.status_code == 422
    assert "sudah ditutup" in answer.content.decode()
    assert on_list(activity) == []
    assert ListImport.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (None, "Pilih berkas daftar hadir."),
        (xlsx(("Nama",)), "tidak ada satu baris pun"),
        (csv("Nama\n" + "Budi\n" * 2001), "lebih dari 2.000 baris"),
        (csv("<html>", name="daftar.html"), "berkas"),
    ],
)
def test_a_file_that_is_no_list_is_told_so(client, clerk, activity, file, told):
    if file:
        file.seek(0)

    answer = client.post(to(activity), {"sheet": file} if file else {})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not ListImport.objects.exists()


def test_two_thousand_lines_cost_few_statements(client, clerk, activity, django_assert_max_num_queries):
    names = [f"Peserta {chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}" for n in range(2000)]
    page = send(
        client, activity, csv("No,Nama,L/P\n" + "".join(f"{n},{name},L\n" for n, name in enumerate(names, 1)))
    )
    waiting = ListImport.objects.get()

    with django_assert_max_num_queries(32):
        assert waiting.confirm(by=clerk) == 2000

    assert page.status_code == 200
    assert Attendance.objects.present().count() == 2000


def test_hostile_cells_are_only_texts(client, clerk, activity):
    rows = [(text.replace("\x00", "")[:100] or "Budi", "L") for text in hostile.HOSTILE]

    page = send(client, activity, simple_list(*rows))

    text = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert(1)</script>" not in text
    assert "<img src=x" not in text


def test_another_villages_file_and_activity_do_not_exist(client, clerk, activity, neighbour):
    with village_scope(neighbour):
        theirs = make_activity()
        waiting = ListImport.objects.create(
            session=theirs.sessions.get(), headings=[], meant=[], cells=[], made_by=factories.make_user()
        )

    assert client.get(to(theirs)).status_code == 404
    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert (
        client.get(reverse("attendance:list_import_detail", args=[activity.pk, waiting.pk])).status_code
        == 404
    )


def test_who_gives_the_file_up_leaves_nothing_and_a_day_later_it_is_forgotten(client, clerk, activity):
    page = send(client, activity, simple_list(("Budi", "L")))
    client.post(page.request["PATH_INFO"], {"buang": "1"})
    assert not ListImport.objects.exists()

    send(client, activity, simple_list(("Budi", "L")))
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        (job,) = [job for job in due_jobs() if job.name == "attendance.forget_lists"]
        assert job.run() == 1
    assert on_list(activity) == []
    assert not ListImport.objects.exists()
