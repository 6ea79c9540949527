from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from attendance.models import ActivityKind, Guest, KindSignatory, SheetColumn
from attendance.roster import Filling, SheetOptions, sheet_of
from attendance.sheet import Field, Paper
from attendance.sheet.columns import OF_MONEY
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Appointment, Membership, Role
from tests import factories
from tests.attendance.factories import make_activity, make_attendance, make_invitation, make_kind

MORNING = datetime(2023, 12, 22, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
PRESENT = SheetOptions()


@pytest.fixture
def clerk(village):
    return factories.make_user()


@pytest.fixture
def musdes(village):
    """A Musdes of 22 December 2023 in the morning, with the officials of that day."""
    ActivityKind.objects.seed()
    with clock.at(MORNING + timedelta(minutes=20)):
        yield make_activity(
            kind=ActivityKind.objects.get(code="musdes"),
            title="Musyawarah Desa Pembahasan RKP Desa Tahun 2024",
            agenda="Pembahasan RKP Desa",
            starts_at=MORNING,
        )


def sheet(activity, options=PRESENT):
    return sheet_of(activity.sessions.first(), options)


def texts(row):
    return {cell.field: cell.text for cell in row.cells}


def test_the_columns_of_a_kind_are_those_of_the_sheet():
    assert [column.value for column in SheetColumn] == [
        field.value for field in Field if field not in OF_MONEY
    ]


def test_frame_letterhead_title_and_facts(musdes, village):
    village.code = "99.01.02.2001"
    village.save()

    printed = sheet(musdes)

    assert printed.letterhead.lines[-1] == village.full_name
    assert printed.title_line == "DAFTAR HADIR"
    assert printed.subtitle_line == "MUSYAWARAH DESA PEMBAHASAN RKP DESA TAHUN 2024"
    assert [(fact.label, fact.value) for fact in printed.facts] == [
        ("Hari/Tanggal", "Jumat, 22 Desember 2023"),
        ("Waktu", "09.00 WIB s.d. selesai"),
        ("Tempat", "Balai Desa"),
        ("Acara", "Pembahasan RKP Desa"),
    ]
    assert printed.place_and_date == f"{village.name}, 22 Desember 2023"
    assert "meminta salinan, perbaikan, atau penghapusan" in printed.footer.privacy_notice


def test_rows_are_those_present_in_the_order_of_arrival(musdes, clerk):
    session = musdes.sessions.get()
    seat = make_invitation(musdes, whom=factories.make_person(name="Ketua RT 03"))
    make_attendance(
        musdes, name="Darmini", sex="P", address="Jalan Melati 1", unsur=factories.make_unsur(name="PKK")
    )
    with clock.at(clock.now() + timedelta(minutes=5)):
        session.check_in(Guest("Bu Ratna"), stands_for=seat, by=clerk)
        make_attendance(musdes, name="Keliru").undo("salah", clerk)

    first, second = sheet(musdes, replace(PRESENT, blank_rows=0)).rows

    assert texts(first)[Field.NAME] == "Darmini"
    assert texts(first)[Field.ROLE] == "PKK"
    assert texts(first)[Field.ADDRESS] == "Jalan Melati 1"
    assert [cell.note for cell in second.cells if cell.field is Field.NAME] == ["mewakili Ketua RT 03"]


def test_an_empty_sheet_has_rows_and_a_recap_for_the_pen(musdes):
    make_invitation(musdes)
    make_attendance(musdes, name="Sudah Hadir")

    printed = sheet(musdes, SheetOptions(filling=Filling.EMPTY, blank_rows=20))

    assert len(list(printed.rows)) == 20
    assert "Sudah Hadir" not in str([texts(row) for row in printed.rows])
    assert "............ orang" in printed.recap.line
    assert "dari 1 undangan" in printed.recap.line


def test_a_sheet_of_the_invited_has_their_names_by_the_alphabet(musdes):
    make_invitation(musdes, whom=factories.make_person(name="Warsito", sex="L"))
    make_invitation(musdes, whom=factories.make_body(name="LPMD"), representative="Agus")

    rows = list(sheet(musdes, SheetOptions(filling=Filling.INVITED)).rows)

    assert [(texts(row)[Field.NAME], texts(row)[Field.ROLE]) for row in rows] == [
        ("Agus", "LPMD"),
        ("Warsito", ""),
    ]


def test_the_recap_counts_seats_filled_and_never_walk_ins_among_them(musdes, clerk):
    session = musdes.sessions.get()
    session.check_in(invitation=make_invitation(musdes), by=clerk)
    session.check_in(Guest("Wakil"), stands_for=make_invitation(musdes), by=clerk)
    make_invitation(musdes)
    make_attendance(musdes, sex="L")
    musdes.close(clerk)

    recap = sheet(musdes).recap

    assert recap.line == "Jumlah hadir: 3 orang (L: 1, P: 0, tidak dicatat: 2) dari 3 undangan"
    assert recap.remark == (
        "Kursi undangan terisi: 2 dari 3, 1 di antaranya diwakili. Hadir tanpa undangan: 1 orang. "
        "Kuorum: 2 kursi, dua pertiga dari 3 undangan; tercapai."
    )


def test_a_list_that_is_open_says_that_numbers_may_change(musdes):
    assert "belum ditutup" in sheet(musdes).recap.remark


def test_a_kind_without_invitations_does_not_speak_of_them(village, clerk):
    activity = make_activity(kind=make_kind(by_invitation=False))
    make_attendance(activity)
    activity.close(clerk)

    recap = sheet(activity).recap

    assert "undangan" not in recap.line + recap.remark


def test_who_signs_is_who_held_the_office_on_that_day(musdes, village):
    factories.make_official(
        Role.VILLAGE_HEAD, from_on=date(2018, 1, 1), until_on=date(2023, 12, 31), username="lama"
    )
    factories.make_official(Role.VILLAGE_HEAD, from_on=date(2024, 1, 1), username="baru")
    factories.make_official(Role.BPD_CHAIR, username="ketua")
    bpd = factories.make_body(name="BPD", kind="bpd")
    secretary = factories.make_person(name="Hj. Aminah", nipd="3303 22")
    Membership.objects.create(person=secretary, body=bpd, position="sekretaris")

    groups = [
        (group.heading, [(one.role, one.name, one.number_line) for one in group.signatories])
        for group in sheet(musdes).signatures
    ]

    assert groups == [
        ("", [("Pimpinan Musyawarah", "Ketua", ""), ("Notulis", "Hj. Aminah", "NIPD 3303 22")]),
        ("Mengetahui,", [(f"Kepala Desa {village.name}", "Lama", ""), ("Ketua BPD", "Ketua", "")]),
        ("", [("Wakil Masyarakat", "", "")]),
    ]


def test_while_the_holder_is_away_who_stands_in_for_him_signs(musdes, village):
    held = Appointment.objects.get(
        person__user=factories.make_official(Role.VILLAGE_HEAD, from_on=date(2018, 1, 1), username="kades")
    )
    deputy = factories.make_person(name="Sri Wahyuni")
    days = {"from_on": date(2023, 12, 20), "until_on": date(2023, 12, 29)}
    Appointment.objects.create(
        person=deputy, role=held.role, title="Plh. Kepala Desa", deputy_for=held, **days
    )

    signing = [(one.role, one.name) for group in sheet(musdes).signatures for one in group.signatories]

    assert (f"Plh. Kepala Desa {village.name}", "Sri Wahyuni") in signing
    assert "Kades" not in [name for _, name in signing]


def test_the_hamlet_head_of_the_activitys_own_hamlet_signs(village):
    ActivityKind.objects.seed()
    own, other = factories.make_region(name="Krajan"), factories.make_region(name="Kulon")
    factories.make_official(Role.HAMLET_HEAD, region=other, username="bukan")
    factories.make_official(Role.HAMLET_HEAD, region=own, username="kadus")
    activity = make_activity(kind=ActivityKind.objects.get(code="musdus"), region=own)

    signing = [one for group in sheet(activity).signatures for one in group.signatories]

    assert ("Kepala Dusun Krajan", "Kadus") in [(one.role, one.name) for one in signing]


def test_a_closed_sheet_carries_its_place_in_the_record(musdes, clerk):
    assert sheet(musdes).footer.ledger_head == ""

    musdes.close(clerk)

    entry = Entry.objects.get(kind="activity.closed")
    assert sheet(musdes).footer.ledger_head == f"nomor {entry.number}, {entry.hash}"
    assert sheet(musdes, SheetOptions(filling=Filling.EMPTY)).footer.ledger_head == ""


def test_hamlet_and_neighbourhood_come_from_the_region(village):
    hamlet = factories.make_region(name="Krajan")
    rt = factories.make_region(level_word="RT", name="001", parent=hamlet)
    activity = make_activity(kind=make_kind(columns=["name", "neighbourhood", "hamlet", "time"]))
    make_attendance(activity, region=rt)

    (row,) = sheet(activity).rows

    assert texts(row)[Field.HAMLET] == "Krajan"
    assert texts(row)[Field.NEIGHBOURHOOD] == "RT 001"
    assert texts(row)[Field.TIME]


def test_a_line_says_how_it_came_about_where_the_desk_did_not_write_it(village, clerk):
    activity = make_activity(kind=make_kind(columns=[SheetColumn.NAME, SheetColumn.REMARK]))
    for method in ("meja", "hp", "titip", "kertas"):
        activity.sessions.get().check_in(Guest(name=f"Lewat {method}"), by=clerk, method=method)

    remarks = [row.values[Field.REMARK] for row in sheet(activity).attendees]
    assert remarks == ["", "HP sendiri", "HP orang serumah", "dari kertas"]


def test_without_a_street_the_part_of_the_village_is_the_address(village):
    activity = make_activity(kind=make_kind(columns=["name", "address"]))
    make_attendance(activity, region=factories.make_region(name="Krajan"))

    (row,) = sheet(activity).rows

    assert texts(row)[Field.ADDRESS] == "Dusun Krajan"


def test_the_paper_and_the_columns_are_chosen_for_this_print(musdes):
    printed = sheet(musdes, SheetOptions(paper=Paper.F4_LANDSCAPE, columns=(Field.NUMBER, Field.NAME)))

    assert printed.paper is Paper.F4_LANDSCAPE
    assert [column.field for column in printed.columns] == [Field.NUMBER, Field.NAME]


def test_a_signatory_comes_from_one_source_alone(village):
    kind = make_kind()
    with pytest.raises(ValidationError, match="jangan keduanya"):
        KindSignatory(
            kind=kind, text="Notulis", role=Role.SECRETARY, body_kind="bpd", position="Ketua"
        ).full_clean()
    with pytest.raises(ValidationError, match="Isi lembaga"):
        KindSignatory(kind=kind, text="Notulis", position="Ketua").full_clean()
