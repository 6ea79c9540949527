"""Spreadsheets of people and bodies: what is understood, and what it changes."""

from datetime import timedelta

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.files.recognition import Refused
from partisipasi.ledger.models import Entry
from partisipasi.residents.due import forget_sheets
from partisipasi.residents.models import Body, Membership, Person, Role, SheetImport, SheetRefused
from partisipasi.residents.sheets import export
from partisipasi.village.models import Region
from tests import factories, hostile
from tests.residents import sheets
from tests.threads import at_once

NIK = "3301015507900001"
PEOPLE, BODIES = SheetImport.Kind.PEOPLE, SheetImport.Kind.BODIES


@pytest.fixture
def clerk(village):
    return factories.make_official(Role.SECRETARY)


@pytest.fixture
def krajan(village):
    """Dusun Krajan with RW 002 and RT 001 in it, and the same numbers in Dusun Wetan."""
    found = {}
    for name in ("Krajan", "Wetan"):
        dusun = Region.objects.create(level_word="Dusun", name=name)
        ward = Region.objects.create(level_word="RW", name="002", parent=dusun)
        found[name] = Region.objects.create(level_word="RT", name="001", parent=ward)
    return found["Krajan"]


def read(upload, by, kind=PEOPLE):
    return SheetImport.objects.read(upload, kind, by=by)


def take(upload, by, kind=PEOPLE):
    return read(upload, by, kind).confirm(by=by)


def errors_of(upload, by, kind=PEOPLE):
    return read(upload, by, kind).plan().errors


def test_a_list_as_villages_keep_it_is_understood(clerk, krajan):
    pkk = factories.make_body(name="PKK")
    wanita = factories.make_unsur(name="Perwakilan kelompok perempuan")
    upload = sheets.xlsx(
        ("DAFTAR WARGA DESA SUKARAMAH",),
        (),
        (
            "NO.",
            "NAMA LENGKAP",
            "L / P",
            "Dusun",
            "R.W.",
            "RT",
            "No. HP",
            "Unsur",
            "Lembaga",
            "Usia",
            "Catatan",
        ),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"),
        (1, "Sri  Wahyuni", "P", "KRAJAN", "02", 1, 81234567890, wanita.name.upper(), "PKK: Ketua", 42, "x"),
        (),
        (2, "Tono", "Laki-laki", "Dusun Krajan", "2", "001", "", "", "", "", ""),
    )

    plan = take(upload, clerk)

    sri, tono = Person.objects.filter(region=krajan).order_by("name")
    assert (len(plan.new), plan.same) == (2, 0)
    assert (sri.name, sri.sex, sri.age_group, sri.phone) == ("Sri Wahyuni", "P", "25-44", "+6281234567890")
    assert sri.unsur == wanita
    assert Membership.objects.get(person=sri, body=pkk).position == "Ketua"
    assert (tono.name, tono.sex) == ("Tono", "L")
    assert Entry.objects.get(kind="sheet.imported").facts == {
        "by": clerk.pk,
        "of": "orang",
        "new": 2,
        "changed": 0,
    }


def test_the_same_list_again_changes_nothing(clerk, krajan):
    factories.make_body(name="PKK")
    rows = (
        ("Nama", "RT/RW", "Dusun", "NIK", "Lembaga", "Jabatan"),
        ("Sri", "001/002", "Krajan", NIK, "PKK", "Bendahara"),
        ("Tono", "001/002", "Krajan", "", "", ""),
    )
    take(sheets.xlsx(*rows), clerk)
    before = list(Person.objects.order_by("pk").values()), Entry.objects.count()

    plan = take(sheets.xlsx(*rows), clerk)

    assert plan.changes_nothing
    assert plan.same == 2
    assert (list(Person.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_three_kinds_of_file_say_the_same(clerk, krajan):
    rows = ("Nama", "L/P"), ("Sri", "P")
    take(sheets.xlsx(*rows), clerk)

    for upload in (sheets.ods(*rows), sheets.csv("Nama;L/P\nSri;P\n"), sheets.csv("\ufeffNama,L/P\nSri,P\n")):
        assert take(upload, clerk).changes_nothing


def test_empty_cells_change_nothing_and_full_ones_do(clerk, krajan):
    sri = factories.make_person(name="Sri", region=krajan, phone="+6281234567890", address="Jalan A")
    rows = ("Nama", "Dusun", "RW", "RT", "HP", "Alamat"), ("SRI", "Krajan", "2", "1", "", "Jalan B")

    plan = take(sheets.xlsx(*rows), clerk)

    sri.refresh_from_db()
    assert (sri.name, sri.phone, sri.address) == ("SRI", "+6281234567890", "Jalan B")
    assert plan.changed[0].what == ["nama", "alamat"]


def test_a_nik_tells_who_it_is_though_she_moved_and_is_never_kept(clerk, krajan):
    sri = factories.make_person(name="Sri Wahyuni")
    sri.remember_nik(NIK)
    rows = ("NIK", "Nama", "Dusun", "RW", "RT"), (NIK, "Sri Wahyuni", "Krajan", "2", "1")

    waiting = read(sheets.xlsx(*rows), clerk)

    assert NIK not in str(SheetImport.objects.values().get())
    waiting.confirm(by=clerk)
    sri.refresh_from_db()
    assert sri.region == krajan
    assert not SheetImport.objects.exists()


def test_a_birthday_becomes_an_age_group_and_is_not_kept(clerk):
    rows = ("Nama", "Tanggal lahir"), ("Sri", "31/12/1980"), ("Tono", "2001-01-02")

    waiting = read(sheets.xlsx(*rows), clerk)

    assert "1980" not in str(SheetImport.objects.values("rows", "errors").get())
    waiting.confirm(by=clerk)
    assert Person.objects.get(name="Sri").age_group in {"25-44", "45-59"}


def test_two_of_one_name_need_a_nik(clerk, krajan):
    for _ in range(2):
        factories.make_person(name="Slamet", region=krajan)
    rows = ("Nama", "Dusun", "RW", "RT"), ("Slamet", "Krajan", "2", "1")

    assert errors_of(sheets.xlsx(*rows), clerk) == [
        "Baris 2: Ada 2 orang bernama Slamet di wilayah ini. Lengkapi dengan NIK."
    ]


def test_one_name_in_two_places_is_two_people(clerk, krajan):
    rows = (
        ("Nama", "Dusun", "RW", "RT"),
        ("Slamet", "Krajan", "2", "1"),
        ("Slamet", "Wetan", "2", "1"),
    )

    assert len(take(sheets.xlsx(*rows), clerk).new) == 2


@pytest.mark.parametrize(
    ("headings", "cells", "sentence"),
    [
        (("Nama", "L/P"), ("", "P"), "Nama belum diisi"),
        (("Nama", "L/P"), ("Sri", "X"), "Tulis L atau P"),
        (("Nama", "Dusun"), ("Sri", "Kulon"), "dusun Kulon tidak ada dalam daftar wilayah desa"),
        (("Nama", "RT"), ("Sri", "1"), "Ada lebih dari satu RT 1"),
        (("Nama", "HP"), ("Sri", "abc"), "Tulis nomor HP dengan angka"),
        (("Nama", "Unsur"), ("Sri", "Bangsawan"), "Unsur “Bangsawan” tidak ada"),
        (("Nama", "Lembaga"), ("Sri", "PKK: Ketua"), "Lembaga “PKK” belum ada"),
        (("Nama", "NIK"), ("Sri", "12"), "NIK terdiri atas 16 angka"),
        (("Nama", "NIK"), ("Sri", int(NIK)), "tersimpan sebagai angka"),
        (("Nama", "Umur"), ("Sri", "tua"), "Tulis umur dengan angka"),
        (("Nama", "Umur"), ("Bagas", 9), "Isi nama wali"),
        (("Nama", "Tanggal lahir"), ("Sri", "kemarin"), "Tulis tanggal lahir seperti"),
        (("Nama", "Tanggal lahir"), ("Sri", "01-01-1800"), "tidak mungkin benar"),
        (("Nama", "Kelompok umur"), ("Sri", "muda"), "Kelompok umur yang dikenal"),
        (("Nama", "Alamat"), ("Sri", "i" * 300), "terlalu panjang"),
    ],
)
def test_each_error_is_a_sentence_with_its_row_and_then_nothing_is_taken(
    clerk, krajan, headings, cells, sentence
):
    upload = sheets.xlsx(headings, ("Orang Benar",), cells)
    before = Person.objects.count()

    waiting = read(upload, clerk)
    [error] = waiting.plan().errors
    with pytest.raises(SheetRefused):
        waiting.confirm(by=clerk)

    assert error.startswith("Baris 3: ")
    assert sentence in error
    assert NIK not in error
    assert Person.objects.count() == before


def test_twice_in_one_sheet_is_an_error(clerk):
    factories.make_person(name="Sri")

    for name in ("Sri", "Baru"):
        assert errors_of(sheets.xlsx(("Nama",), (name,), (name,)), clerk) == [
            "Baris 3: Orang ini sudah ada pada baris 2."
        ]


def test_a_nik_of_another_name_or_of_somebody_gone_is_an_error(clerk):
    sri = factories.make_person(name="Sri Wahyuni")
    sri.remember_nik(NIK)

    assert "atas nama lain" in errors_of(sheets.xlsx(("Nama", "NIK"), ("Tono", NIK)), clerk)[0]
    sri.retire(by=clerk)
    assert "tidak aktif" in errors_of(sheets.xlsx(("Nama", "NIK"), ("Sri Wahyuni", NIK)), clerk)[0]


@pytest.mark.parametrize(
    "upload",
    [
        lambda: sheets.csv("Judul\nLain\n"),
        lambda: sheets.csv("\n", "kosong.csv"),
        lambda: sheets.csv("Nama\n", "surat.txt"),
        lambda: sheets.csv("<html>", "x.csv"),
        lambda: sheets.csv("Nama\n" * 7000),
        lambda: sheets.csv("x" * (3 * 1024**2 + 1)),
    ],
)
def test_what_is_no_list_of_people_is_refused(clerk, upload):
    with pytest.raises(Refused):
        read(upload(), clerk)

    assert not SheetImport.objects.exists()


def test_titles_and_formulas_are_tolerated(clerk):
    upload = sheets.xlsx(("Daftar",), ("=1+1",), ("Nama", "Alamat"), ("Sri", '=CONCATENATE("a","b")'))

    assert len(take(upload, clerk).new) == 1


def test_whatever_people_type_is_data(clerk):
    # Each begins with another letter, since some of them are the same name once they are plain.
    names = [f"A{chr(97 + place % 26)}{place} {text}"[:120] for place, text in enumerate(hostile.HOSTILE)]
    names = [name for name in names if len(name) < 100]
    upload = sheets.csv("Nama\tAlamat\n" + "\n".join(f'"{_quoted(name)}"\tx' for name in names))

    plan = read(upload, clerk).plan()

    assert len(plan.new) + len(plan.errors) == len(names)
    assert len(plan.new) > 20


def _quoted(text):
    return (
        text.replace("\x00", "")
        .replace("\x07", "")
        .replace("\x0b", "")
        .replace("\x0c", "")
        .replace('"', '""')
    )


def test_bodies_come_from_a_sheet_too(clerk, krajan):
    rows = (
        ("Nama lembaga", "Jenis", "Dusun", "RW", "RT"),
        ("PKK", "LKD", "", "", ""),
        ("RT 001 Krajan", "RT/RW", "Krajan", "2", "1"),
    )
    plan = take(sheets.xlsx(*rows), clerk, BODIES)

    assert len(plan.new) == 2
    assert Body.objects.get(name="RT 001 Krajan").region == krajan
    assert take(sheets.xlsx(*rows), clerk, BODIES).changes_nothing
    changed = take(sheets.xlsx(("Nama", "HP"), ("pkk", "081234567890")), clerk, BODIES)
    assert changed.changed[0].what == ["nomor HP"]
    assert Body.objects.get(name="PKK").phone == "+6281234567890"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("", "LKD"), "Nama lembaga belum diisi"),
        (("PKK", ""), "Isi jenisnya"),
        (("PKK", "Partai"), "Jenis yang dikenal"),
    ],
)
def test_wrong_bodies_are_told(clerk, cells, sentence):
    [error] = errors_of(sheets.xlsx(("Nama", "Jenis"), cells), clerk, BODIES)

    assert sentence in error


def test_confirming_twice_is_once(clerk):
    waiting = read(sheets.xlsx(("Nama",), ("Sri",)), clerk)
    again = SheetImport.objects.get()

    waiting.confirm(by=clerk)

    assert again.confirm(by=clerk) is None
    assert Person.objects.filter(name="Sri").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sheets_confirmed_at_once_add_nobody_twice(db):
    village = factories.make_village()
    with village_scope(village):
        clerk = factories.make_official(Role.SECRETARY)
        waiting = [read(sheets.xlsx(("Nama",), ("Sri",)), clerk) for _ in range(2)]

    at_once(village, *(lambda sheet=sheet: sheet.confirm(by=clerk) for sheet in waiting))

    with village_scope(village):
        assert Person.objects.filter(name="Sri").count() == 1


def test_what_nobody_confirms_is_forgotten_after_a_day(clerk):
    read(sheets.xlsx(("Nama",), ("Sri",)), clerk)

    assert forget_sheets() == 0
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert forget_sheets() == 1
        assert forget_sheets() == 0


def test_people_of_the_other_village_are_nobody_here(clerk, neighbour):
    with village_scope(neighbour):
        factories.make_person(name="Sri")

    assert len(take(sheets.xlsx(("Nama",), ("Sri",)), clerk).new) == 1


def test_the_exported_book_comes_back_and_changes_nothing(clerk, krajan):
    pkk = factories.make_body(name="PKK")
    sri = factories.make_person(
        name="=HYPERLINK('x')",
        sex="P",
        age_group="<18",
        guardian="Ibu",
        region=krajan,
        address="@Jalan",
        phone="+6281234567890",
        unsur=factories.make_unsur(),
    )
    Membership.objects.create(person=sri, body=pkk, position="Ketua")
    factories.make_person(name="Tanpa Wilayah")
    factories.make_person(name="Wetan", region=Region.objects.get(name="Wetan"))

    content = export.as_xlsx(Person.objects.all())

    plan = take(sheets.SimpleUploadedFile("buku.xlsx", content), clerk)
    assert plan.changes_nothing
    assert plan.same == Person.objects.count()


def test_the_template_is_understood(clerk):
    for kind in SheetImport.Kind.values:
        waiting = read(sheets.SimpleUploadedFile("templat.xlsx", export.template(kind)), clerk, kind)
        assert all(meaning for _, meaning in waiting.columns)
        assert waiting.plan().changes_nothing


def test_many_rows_take_few_statements(clerk, krajan, django_assert_max_num_queries):
    names = [f"Warga {one}{other}" for one in "abcd" for other in "abcdefghij"]
    rows = [(name, "Krajan", 2, 1) for name in names]
    waiting = read(sheets.xlsx(("Nama", "Dusun", "RW", "RT"), *rows), clerk)

    with django_assert_max_num_queries(20):
        assert len(waiting.confirm(by=clerk).new) == 40
