"""Who answers for what: what everybody reads of the village's officials and bodies, and what nobody does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents import offices
from partisipasi.residents.models import Appointment, Body, Membership, Person, Role
from tests import factories, hostile

TODAY = date(2026, 8, 3)
NOON = datetime(2026, 8, 3, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = timedelta(days=1)
LIST, BODIES, PRINT = "/perangkat/", "/perangkat/lembaga/", "/perangkat/cetak/"
MOST_STATEMENTS = 8


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOON):
        yield


@pytest.fixture
def admin(village):
    return factories.make_official(Role.ADMIN, username="admin")


def hold(role, name, **fields):
    """An office of somebody called so, held since 2020 unless told."""
    defaults = {"title": role.label, "from_on": date(2020, 1, 1)}
    person = factories.make_person(name=name, phone="081234567890", address="Gang Rahasia 7")
    return Appointment.objects.create(person=person, role=role, **defaults | fields)


def positions(text, *words):
    return [text.index(word) for word in words]


def test_everybody_reads_who_holds_which_office_since_when_and_by_what(village, client):
    hold(
        Role.VILLAGE_HEAD,
        "Sugeng Riyanto",
        title="Kepala Desa",
        until_on=date(2027, 12, 31),
        decree_number="SK/7/2020",
    )

    page = client.get(LIST).text

    assert "Sugeng Riyanto · 1 Januari 2020 sampai dengan 31 Desember 2027 · SK/7/2020" in page
    assert offices.sentence_of(Role.VILLAGE_HEAD) in page


def test_the_order_is_that_of_the_village_hall(village, client):
    hamlets = [factories.make_region(name=name) for name in ("Wetan", "Kidul")]
    hold(Role.OPERATOR, "Yang Kelima")
    hold(Role.HAMLET_HEAD, "Yang Keempat B", region=hamlets[0])
    hold(Role.HAMLET_HEAD, "Yang Keempat A", region=hamlets[1])
    hold(Role.BPD_CHAIR, "Yang Ketiga")
    hold(Role.PROJECT_TEAM, "Yang Kedua B", title="Kasi Kesejahteraan")
    hold(Role.SECRETARY, "Yang Kedua", title="Sekretaris Desa")
    hold(Role.VILLAGE_HEAD, "Yang Pertama")

    page = client.get(LIST).text

    found = positions(
        page,
        "Pemerintah Desa</h2>",
        "Yang Pertama",
        "Yang Kedua",
        "Yang Kedua B",
        "BPD</h2>",
        "Yang Ketiga",
        "Yang Keempat A",
        "Yang Keempat B",
        "Layanan dan portal</h2>",
        "Yang Kelima",
    )
    assert found == sorted(found)


def test_every_role_has_its_sentence_and_its_heading(village):
    hamlet = factories.make_region()
    for role in Role:
        hold(role, f"Pemegang {role}", region=hamlet if role == Role.HAMLET_HEAD else None)

    shown = [seat.held.role for _, seats in offices.seats_by_group() for seat in seats]

    assert sorted(shown) == sorted(Role.values)
    assert all(offices.sentence_of(role) for role in Role)


def test_no_private_number_or_address_is_shown(village, client):
    village.phone = "(0271) 555 010"
    village.save()
    held = hold(Role.VILLAGE_HEAD, "Sugeng Riyanto")

    for page in (LIST, f"{LIST}{held.pk}/", PRINT):
        text = client.get(page).text
        assert "Gang Rahasia" not in text
        assert "81234567890" not in text
    assert "(0271) 555 010" in client.get(LIST).text


def test_offices_are_found_by_what_they_are_called_and_by_who_holds_them_now(village, client):
    held = hold(Role.SECRETARY, "Sri Wahyuni", title="Sekretaris Desa")

    def found(words):
        return f'href="/perangkat/{held.pk}/"' in client.get("/cari/", {"q": words}).content.decode()

    assert found("carik")
    assert found("sri wahyuni")

    held.person.name = "Sri Lestari"
    held.person.save()

    assert found("lestari")
    assert not found("wahyuni")

    Appointment.objects.filter(pk=held.pk).update(revoked_at=clock.now())

    assert not found("sekretaris desa")


def test_who_was_revoked_moved_away_or_comes_later_is_not_listed(admin, client):
    revoked = hold(Role.PPID, "Nama Dicabut")
    revoked.revoke(reason="Sebab rahasia.", by=admin)
    hold(Role.OPERATOR, "Nama Pindah").person.retire(by=admin)
    later = hold(Role.MODERATOR, "Nama Nanti", from_on=TODAY + DAY)
    hold(Role.COMPLAINTS, "Nama Dulu", until_on=TODAY - DAY)

    for page in (LIST, PRINT):
        assert "Nama " not in client.get(page).text.replace("Nama</th>", "")
    assert client.get(f"{LIST}{later.pk}/").status_code == 404
    assert "rahasia" not in client.get(f"{LIST}{revoked.pk}/").text


def test_a_deputy_stands_beside_whom_he_stands_in_for(admin, client):
    held = hold(Role.SECRETARY, "Ratna Kusuma", title="Sekretaris Desa")
    made = held.deputise(factories.make_person(name="Sri Wahyuni"), TODAY, TODAY + 6 * DAY, by=admin)

    page = client.get(LIST).text
    assert "Digantikan oleh Sri Wahyuni sampai 9 Agustus 2026" in page
    assert page.count("Sekretaris Desa</a>") == 1
    assert client.get(f"{LIST}{made.pk}/")["Location"] == f"{LIST}{held.pk}/"
    assert "Plh. Sekretaris Desa" in client.get(f"{LIST}{held.pk}/").text
    assert "Plh. Sekretaris Desa" in client.get(PRINT).text
    with clock.at(NOON + 7 * DAY):
        assert "Sri Wahyuni" not in client.get(f"{LIST}?esok").text


def test_an_office_tells_who_held_it_over_time(admin, client):
    held = hold(Role.SECRETARY, "Ratna Kusuma", title="Sekretaris Desa", decree_number="SK/3/2020")
    hold(Role.SECRETARY, "Orang Lain", title="Staf Sekretariat")
    wrong = hold(Role.SECRETARY, "Salah Tulis", title="Sekretaris Desa", from_on=TODAY)
    wrong.revoke(reason="Salah orang.", by=admin)
    made = held.hand_over(factories.make_person(name="Sri Wahyuni"), on=TODAY, by=admin)

    for each in (held, made):
        page = client.get(f"{LIST}{each.pk}/").text
        found = positions(page, "Sri Wahyuni · sejak 3 Agustus 2026", "Ratna Kusuma", "2 Agustus 2026")
        assert found == sorted(found)
        assert "Orang Lain" not in page
        assert "Salah Tulis" not in page


def test_an_empty_office_says_so(admin, client):
    held = hold(Role.SECRETARY, "Ratna Kusuma", until_on=TODAY - DAY)

    assert "sedang kosong" in client.get(f"{LIST}{held.pk}/").text


def test_rooms_above_hang_what_is_being_done(village, client, monkeypatch):
    monkeypatch.setattr(offices, "_slots", {})
    held = hold(Role.COMPLAINTS, "Sri Wahyuni")

    @offices.hangs_on_office("Yang sedang dikerjakan")
    def reports(holders, user):
        found = [offices.Hanging("Lampu jalan mati", "/aspirasi/x/", "Tenggat besok")]
        return found if held.person in holders else []

    page = client.get(f"{LIST}{held.pk}/").text

    assert "Yang sedang dikerjakan" in page
    assert "Lampu jalan mati" in page


def test_another_villages_officials_are_not_here(village, neighbour, client):
    with village_scope(neighbour):
        there = hold(Role.VILLAGE_HEAD, "Kepala Tetangga")

    assert "Kepala Tetangga" not in client.get(LIST).text
    assert client.get(f"{LIST}{there.pk}/").status_code == 404


def test_a_new_village_reads_what_will_stand_here(village, client):
    assert "Belum ada penugasan" in client.get(LIST).text
    assert "Belum ada lembaga" in client.get(BODIES).text
    assert client.get(PRINT).status_code == 200


def test_bodies_show_who_leads_them_and_nobody_else(admin, client):
    body = factories.make_body(name="Karang Taruna Tunas", phone="081234567890")
    for name, position in (
        ("Nama Anggota", "Anggota"),
        ("Nama Bendahara", "bendahara"),
        ("Nama Ketua", "Ketua"),
        ("Nama Pindah", "Sekretaris"),
    ):
        Membership.objects.create(person=factories.make_person(name=name), body=body, position=position)
    Person.objects.get(name="Nama Pindah").retire(by=admin)
    factories.make_body(name="Dinas Luar", kind=Body.Kind.OUTSIDE)

    page = client.get(BODIES).text

    found = positions(page, "Karang Taruna Tunas", "Ketua: Nama Ketua", "bendahara: Nama Bendahara")
    assert found == sorted(found)
    for hidden in ("Nama Anggota", "Nama Pindah", "Dinas Luar", "81234567890"):
        assert hidden not in page


def test_the_pages_cost_no_more_with_more_rows(village, client, django_assert_max_num_queries):
    for number in range(3):
        held = hold(Role.SECRETARY, f"Pemegang {number}", title="Sekretaris", region=factories.make_region())
        body = factories.make_body()
        Membership.objects.create(person=held.person, body=body, position="Ketua")

    for page in (LIST, PRINT, BODIES, f"{LIST}{held.pk}/"):
        with django_assert_max_num_queries(MOST_STATEMENTS):
            client.get(page)


@pytest.mark.parametrize("text", hostile.MARKUP)
def test_hostile_titles_are_only_words(village, client, text):
    held = hold(Role.SECRETARY, text[:120], title=text[:80], decree_number=text[:80])
    body = factories.make_body(name=text[:120])
    Membership.objects.create(person=held.person, body=body, position=f"Ketua {text}"[:60])

    for page in (LIST, PRINT, BODIES, f"{LIST}{held.pk}/"):
        shown = client.get(page).text
        for live in ("<script>alert", "<img src=x", "<svg onload", "<b>tebal"):
            assert live not in shown


def test_every_page_leads_here(village, client):
    assert f'href="{LIST}"' in client.get("/").text
