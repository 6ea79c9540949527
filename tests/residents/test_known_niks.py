import io
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partisipasi.db import current_village, village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents import nik, privacy
from partisipasi.residents.models import KnownNik, NikNotTaken, Person, Role, name_mark
from partisipasi.residents.naming import are_alike, plain_name
from tests import factories
from tests.residents import sheets
from tests.threads import at_once

NIK, OTHER = "3301015507900001", "3301011201850002"
PAGE, LIST = "/akun/verifikasi/", "/admin/residents/person/daftar-nik/"


def bring(*pairs, by=None):
    marks = {}
    for number, name in pairs or [(NIK, "Sri Wahyuni")]:
        mark = nik.fingerprint(number, current_village().pk)
        marks[mark] = name_mark(mark, name)
    return KnownNik.objects.replace(marks, by=by or factories.make_official(Role.SECRETARY))


verify = KnownNik.objects.verify


def test_who_knows_a_listed_nik_and_its_name_is_verified(village):
    bring()
    user = factories.make_user()

    person = verify(NIK, "sri wahyuni", by=user)

    assert person.user == user
    assert person.verified_at
    assert Person.objects.with_nik(NIK).get() == person
    assert Entry.objects.get(kind="person.verified").facts["how"] == "nik"


@pytest.mark.parametrize(
    ("number", "name"), [(OTHER, "Sri Wahyuni"), (NIK, "Tono Suharto"), (NIK, "Sri"), (OTHER, "Tono")]
)
def test_a_wrong_nik_or_name_is_refused_alike(village, number, name):
    bring()

    with pytest.raises(NikNotTaken):
        verify(number, name, by=factories.make_user())

    assert not Person.objects.verified().exists()


def test_a_nik_verifies_one_account(village):
    bring()
    verify(NIK, "Sri Wahyuni", by=factories.make_user())

    with pytest.raises(NikNotTaken):
        verify(NIK, "Sri Wahyuni", by=factories.make_user())
    bring()
    with pytest.raises(NikNotTaken):
        verify(NIK, "Sri Wahyuni", by=factories.make_user())


def test_the_row_of_the_address_book_with_this_nik_is_the_person(village):
    sri = factories.make_person(name="Hj. Sri Wahyuni, S.Pd.")
    sri.remember_nik(NIK)
    bring((NIK, "Sri Wahyuni Lestari"))

    assert verify(NIK, "Sri Wahyuny", by=factories.make_user()) == sri


def test_an_account_known_here_keeps_its_row(village):
    user = factories.make_resident(name="Sri Wahyuni")
    bring()

    assert verify(NIK, "Sri Wahyuni", by=user) == Person.objects.of(user)
    assert Person.objects.of(user).nik_hmac


def test_a_nik_is_not_another_persons(village):
    bring((NIK, "Sri Wahyuni"), (OTHER, "Tono"))
    taken = factories.make_person(name="Sri Wahyuni", user=factories.make_user())
    taken.remember_nik(NIK)

    with pytest.raises(NikNotTaken):
        verify(NIK, "Sri Wahyuni", by=factories.make_user())
    with pytest.raises(NikNotTaken):
        verify(OTHER, "Tono", by=factories.make_resident(name="Sri Wahyuni"))


def test_an_official_is_not_taken_over_by_a_nik(village):
    head = factories.make_person(name="Sri Wahyuni")
    head.remember_nik(NIK)
    head.appoint(role=Role.VILLAGE_HEAD, by=factories.make_official(Role.ADMIN))
    bring()

    with pytest.raises(NikNotTaken):
        verify(NIK, "Sri Wahyuni", by=factories.make_user())


def test_a_list_of_the_other_village_verifies_nobody_here(village, neighbour):
    with village_scope(neighbour):
        bring()

    with pytest.raises(NikNotTaken):
        verify(NIK, "Sri Wahyuni", by=factories.make_user())


def test_a_new_list_replaces_the_unused_and_the_same_again_changes_nothing(village):
    clerk = factories.make_official(Role.SECRETARY)
    assert bring(by=clerk) == 1
    assert bring(by=clerk) == 0
    assert bring((OTHER, "Tono"), by=clerk) == 2

    assert KnownNik.objects.count() == 1
    assert Entry.objects.filter(kind="niks.listed").count() == 2


def test_erasure_forgets_the_nik_on_the_list_too(village):
    bring()
    person = verify(NIK, "Sri Wahyuni", by=factories.make_user())

    privacy.erase(person)

    assert not KnownNik.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_accounts_with_one_nik_at_once_are_one(db):
    village = factories.make_village()
    with village_scope(village):
        bring()
        users = [factories.make_user(), factories.make_user()]

    outcomes = at_once(village, *(lambda user=user: verify(NIK, "Sri Wahyuni", by=user) for user in users))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NikNotTaken", "Person"]


def test_names_are_the_same_however_they_are_written():
    assert plain_name("H. Moh. Sa'id, S.Pd.") == "MOHSAID"
    assert plain_name("drs. h. Žofie  Łukasz") == "ZOFIEŁUKASZ"
    assert plain_name("H") == "H"
    assert are_alike("Sri Wahyuni", "SRI WAHJUNI")
    assert not are_alike("Sri Wahyuni", "Sri Rahayu")
    assert not are_alike("", "")
    assert plain_name("王小明") == "王小明"


@pytest.fixture
def guest(village, client):
    user = factories.make_user()
    client.force_login(user)
    return user


def give(client, number=NIK, name="Sri Wahyuni"):
    return client.post(f"{PAGE}nik/", {"nik": number, "name": name})


def test_without_a_list_this_way_is_not_offered(guest, client):
    assert "Cocokkan NIK" not in client.get(PAGE).text
    bring()
    assert "Cocokkan NIK" in client.get(PAGE).text


def test_a_resident_gives_nik_and_name(guest, client):
    bring()

    assert give(client).status_code == 302

    assert Person.objects.of(guest).verified_at
    assert give(client).status_code == 302


def test_refusals_are_alike_and_limited(guest, client):
    bring()
    taken = factories.make_person(user=factories.make_user(), name="Tono")
    taken.remember_nik(OTHER)

    assert "16 angka" in give(client, "123").text
    for number, name in ((OTHER, "Tono"), (NIK, "Tono"), ("3301011201850003", "X"), (NIK, "Y"), (NIK, "Z")):
        response = give(client, number, name)
        assert response.status_code == 422
        assert "tidak dapat dipastikan di sini" in response.text
    response = give(client)

    assert "Terlalu banyak percobaan" in response.text
    assert Person.objects.of(guest) is None


def test_one_nik_is_not_tried_out_by_many_accounts(village, client):
    bring()
    for _ in range(3):
        client.force_login(factories.make_user())
        for _ in range(4):
            response = give(client, name="Bukan")

    assert "Terlalu banyak percobaan" in response.text


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return user


def upload(client, sheet):
    return client.post(LIST, {"sheet": sheet})


def test_a_clerk_brings_a_list_and_takes_it_away(clerk, client):
    response = client.post(LIST, {"sheet": sheets.xlsx(("NIK", "Nama"), (NIK, "Sri Wahyuni"))}, follow=True)

    assert "1 NIK sekarang terdaftar" in response.text
    assert verify(NIK, "Sri Wahyuni", by=factories.make_user()).verified_at
    client.post(LIST, {"hapus": "1"})
    assert KnownNik.objects.count() == 1  # the used one


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (lambda: sheets.xlsx(("Nama",), ("Sri",)), "Judul kolom tidak ditemukan"),
        (lambda: sheets.xlsx(("NIK", "Nama"), (3301015507900001, "Sri")), "tersimpan sebagai angka"),
        (lambda: sheets.xlsx(("NIK", "Nama"), ("12", "Sri")), "Baris 2: NIK terdiri atas 16 angka"),
        (lambda: sheets.xlsx(("NIK", "Nama"), (NIK, "")), "Baris 2: Nama belum diisi"),
        (lambda: sheets.xlsx(("NIK", "Nama"), (NIK, "A"), (NIK, "B")), "Baris 3: NIK ini sudah ada"),
        (lambda: sheets.xlsx(("NIK", "Nama")), "Daftar ini kosong"),
        (lambda: sheets.csv("tanda nik;tanda nama\nabc;def\n"), "tidak utuh"),
        (lambda: sheets.csv("bukan tabel", "surat.txt"), "tidak diterima"),
    ],
)
def test_a_list_that_does_not_do_is_told_why(clerk, client, sheet, sentence):
    response = upload(client, sheet())

    assert response.status_code == 422
    assert sentence in response.text
    assert NIK not in response.text
    assert not KnownNik.objects.exists()


def test_a_list_made_on_the_office_computer_is_taken(clerk, client, tmp_path):
    file = tmp_path / "warga.csv"
    file.write_text(f"NIK;Nama\n{NIK};Sri Wahyuni\n")
    printed = io.StringIO()

    call_command("hash_niks", str(file), village="testserver", stdout=printed)

    assert NIK not in printed.getvalue()
    assert "Sri" not in printed.getvalue()
    assert upload(client, sheets.csv(printed.getvalue())).status_code == 302
    assert verify(NIK, "Sri Wahyuni", by=factories.make_user())
    file.write_text("NIK;Nama\n1;Sri\n")
    with pytest.raises(CommandError, match="Baris 2"):
        call_command("hash_niks", str(file), village="testserver")


def test_only_who_imports_brings_a_list(village, client):
    for role, status in ((Role.HAMLET_HEAD, 403), (Role.OPERATOR, 403), (Role.ADMIN, 200)):
        region = factories.make_region() if role == Role.HAMLET_HEAD else None
        client.force_login(factories.make_official(role, region=region))
        assert client.get(LIST).status_code == status


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows.extend(cursor.fetchall())
    return str(rows)


def test_no_nik_is_left_anywhere(clerk, client, caplog):
    with caplog.at_level(logging.DEBUG):
        upload(client, sheets.xlsx(("NIK", "Nama"), (NIK, "Sri Wahyuni"), ("12", "Salah")))
        upload(client, sheets.xlsx(("NIK", "Nama"), (NIK, "Sri Wahyuni")))
        client.force_login(factories.make_user())
        give(client, OTHER, "Siapa")
        give(client)

    for number in (NIK, OTHER):
        assert number not in everything_in_the_database()
        assert number not in caplog.text
