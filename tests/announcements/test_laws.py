"""*Produk hukum*: their titles, their states by date, and what they do to each other."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from announcements.models import LawChange, PublicDocument
from partisipasi import clock
from partisipasi.ledger.models import Entry

from .factories import make_law

LAWS = "/dokumen/produk-hukum/"


def state_of(law: PublicDocument, on: date) -> str:
    return PublicDocument.objects.with_law_state(on).get(pk=law.pk).law_state


def change(law: PublicDocument, act: str, target: PublicDocument | None, **fields) -> LawChange:
    return LawChange.objects.create(law=law, act=act, target=target, **fields)


def test_its_title_says_what_it_is(village):
    law = make_law("6", about="Anggaran Desa", year=2021)
    village.head_word = "Perbekel"

    assert law.title == "Peraturan Desa Nomor 6 Tahun 2020 tentang Anggaran Desa"
    assert make_law("2", law_kind="perkades").title.startswith("Peraturan Perbekel Nomor 2")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"about": ""}, "about"),
        ({"law_number": ""}, "law_number"),
        ({"enacted_on": None}, "enacted_on"),
        ({"promulgated_on": date(2020, 1, 1)}, "promulgated_on"),
    ],
)
def test_a_law_lacks_nothing_that_makes_it_one(village, fields, named):
    law = make_law(published=False)
    for name, value in fields.items():
        setattr(law, name, value)

    with pytest.raises(ValidationError) as refusal:
        law.clean()

    assert named in refusal.value.message_dict


def test_it_is_amended_and_revoked_from_the_day_that_the_other_says(village):
    old, amending = make_law("1"), make_law("2")
    revoking = make_law("3", law_from_on=date(2020, 6, 1))
    change(amending, "mengubah", old, from_on=date(2020, 3, 1))
    change(revoking, "mencabut", old)

    days = (date(2020, 2, 28), date(2020, 3, 1), date(2020, 5, 31), date(2020, 6, 1))

    assert [state_of(old, day) for day in days] == ["berlaku", "diubah", "diubah", "dicabut"]
    assert state_of(revoking, date(2020, 5, 31)) == "belum-berlaku"
    assert state_of(revoking, date(2020, 6, 1)) == "berlaku"


def test_what_it_changes_is_part_of_what_the_record_keeps(village):
    old, new = make_law("1"), make_law("2")
    change(new, "mencabut", old)

    new.revise(by=new.written_by)

    assert Entry.objects.order_by("number").last().kind == "document.revised"


def test_a_draft_or_an_archived_law_changes_nothing(village):
    old, draft, gone = make_law("1"), make_law("2", published=False), make_law("3")
    change(draft, "mencabut", old)
    change(gone, "mencabut", old)
    gone.archive("Salah unggah.", by=gone.written_by)

    assert state_of(old, date(2020, 12, 1)) == "berlaku"


def test_both_pages_lead_to_each_other(client, village):
    old, new = make_law("1"), make_law("2")
    change(new, "mencabut", old, note="Pasal 5")
    change(new, "mencabut", None, target_name="Peraturan Desa Nomor 9 Tahun 2003 tentang Iuran")

    before, after = client.get(old.get_absolute_url()).text, client.get(new.get_absolute_url()).text

    assert "Dicabut oleh" in before
    assert new.get_absolute_url() in before
    assert "Mencabut" in after
    assert old.get_absolute_url() in after
    assert "Pasal 5 · sejak 3 Januari 2020" in after
    assert "Nomor 9 Tahun 2003" in after


def test_a_page_does_not_lead_to_a_draft(client, village):
    old, draft = make_law("1", published=False), make_law("2")
    change(draft, "mencabut", old)

    assert old.get_absolute_url() not in client.get(draft.get_absolute_url()).text


def test_the_list_is_narrowed_by_kind_year_and_state(client, village):
    old, new = make_law("1", enacted_on=date(2019, 5, 5), about="Iuran"), make_law("2", about="Pasar")
    make_law("7", law_kind="sk", about="Tim Penyusun", promulgated_on=None)
    change(new, "mencabut", old)

    def shown(**asked) -> list[bool]:
        text = client.get(LAWS, asked).text
        return [words in text for words in ("tentang Iuran", "tentang Pasar", "tentang Tim Penyusun")]

    assert shown() == [True, True, True]
    assert shown(keadaan="dicabut") == [True, False, False]
    assert shown(jenis="sk") == [False, False, True]
    assert shown(tahun="2019") == [True, False, False]
    assert shown(kata="pasar", keadaan="berlaku") == [False, True, False]


def test_they_are_open_data(client, village):
    make_law("6", gazette_number="Nomor 6 Tahun 2026", law_from_on=clock.today() + timedelta(days=9))

    text = client.get("/dokumen/produk-hukum/produk-hukum.csv").content.decode("utf-8-sig")

    [row] = csv.DictReader(io.StringIO(text))
    assert (row["nomor"], row["lembaran"]) == ("6", "Lembaran Desa Nomor 6 Tahun 2026")
    assert row["keadaan"] == "Belum berlaku"


@pytest.mark.parametrize("fields", [{}, {"target_name": "Yang lain"}])
def test_a_changed_law_is_chosen_or_named_and_not_both(village, fields):
    law = make_law("1")
    target = make_law("2") if fields else None

    with pytest.raises(ValidationError):
        LawChange(law=law, act="mengubah", target=target, **fields).full_clean()
