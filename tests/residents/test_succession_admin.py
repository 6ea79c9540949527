"""How those who appoint name deputies and hand offices over."""

from datetime import timedelta

import pytest

from partisipasi import clock
from partisipasi.residents import handover
from partisipasi.residents.models import Appointment, Person, Role
from tests import factories, hostile

APPOINTMENTS = "/admin/residents/appointment/"
PEOPLE = "/admin/residents/person/"


@pytest.fixture
def admin(village, client):
    user = factories.make_official(Role.ADMIN, username="admin")
    client.force_login(user)
    return user


@pytest.fixture
def office(admin):
    return Appointment.objects.get(
        person__user=factories.make_official(Role.SECRETARY, title="Sekretaris Desa")
    )


def deputise(client, office, person, **fields):
    answers = {
        "person": person.pk,
        "title": "Plt. Sekretaris Desa",
        "from_on": clock.today(),
        "until_on": clock.today() + timedelta(days=5),
        "decree_number": "SPT/1/2026",
    }
    return client.post(f"{APPOINTMENTS}{office.pk}/pengganti/", answers | fields)


def hand_over(client, office, person, **fields):
    answers = {"person": person.pk, "on": clock.today(), "decree_number": "SK/2/2026"}
    return client.post(f"{APPOINTMENTS}{office.pk}/serah-terima/", answers | fields)


def test_an_admin_names_a_deputy(admin, client, office):
    page = client.get(f"{APPOINTMENTS}{office.pk}/pengganti/")
    assert 'value="Plh. Sekretaris Desa"' in page.text

    response = deputise(client, office, factories.make_person(name="Sri"))

    assert response.status_code == 302
    made = Appointment.objects.get(deputy_for=office)
    assert (made.title, made.decree_number, made.appointed_by) == (
        "Plt. Sekretaris Desa",
        "SPT/1/2026",
        admin,
    )
    assert "Sekretaris Desa" in client.get(f"{APPOINTMENTS}{made.pk}/change/").text


def test_refusals_stand_beside_their_fields(admin, client, office):
    for person, fields, sentence in (
        (office.person, {}, "menggantikan dirinya sendiri"),
        (Person.objects.of(admin), {}, "bukan untuk diri sendiri"),
        (factories.make_person(), {"until_on": ""}, "tidak boleh kosong"),
        (factories.make_person(), {"until_on": clock.today() - timedelta(days=2)}, "mendahului"),
        (factories.make_person(), {"from_on": "kapan-kapan"}, "tanggal"),
    ):
        response = deputise(client, office, person, **fields)
        assert response.status_code == 422
        assert sentence in response.text
    assert not Appointment.objects.filter(deputy_for=office).exists()


def test_an_office_is_handed_over_after_its_work_is_shown(admin, client, office, monkeypatch):
    monkeypatch.setattr(handover, "_works", {})
    handover.register("laporan terbuka", lambda former, to: 12, count=lambda person: 12)
    assert "12 laporan terbuka" in client.get(f"{APPOINTMENTS}{office.pk}/serah-terima/").text

    response = hand_over(client, office, factories.make_person(name="Sri"))

    assert response.status_code == 302
    assert Appointment.objects.get(takes_over_from=office).person.name == "Sri"
    assert hand_over(client, office, factories.make_person()).status_code == 422


def test_a_refused_handover_says_why(admin, client, office):
    for person, fields, sentence in (
        (office.person, {}, "sudah dipegangnya"),
        (factories.make_person(), {"on": clock.today() - timedelta(days=1)}, "paling awal hari ini"),
    ):
        response = hand_over(client, office, person, **fields)
        assert response.status_code == 422
        assert sentence in response.text
    office.refresh_from_db()
    assert office.until_on is None


def test_who_may_not_appoint_passes_no_office_on(admin, client, office):
    client.force_login(factories.make_official(Role.SUPERVISOR))

    assert client.get(f"{APPOINTMENTS}{office.pk}/change/").status_code == 200
    assert "/serah-terima/" not in client.get(f"{APPOINTMENTS}{office.pk}/change/").text
    assert deputise(client, office, factories.make_person()).status_code == 403
    assert hand_over(client, office, factories.make_person()).status_code == 403


def test_a_person_who_lives_here_no_more_is_offered_nowhere(admin, client, office):
    here, gone = factories.make_person(name="Sri Ada"), factories.make_person(name="Sri Pindah")
    gone.retire(by=admin)

    offered = client.get(
        "/admin/autocomplete/",
        {"app_label": "residents", "model_name": "appointment", "field_name": "person", "term": "Sri"},
    ).json()

    assert [each["id"] for each in offered["results"]] == [str(here.pk)]
    assert "Sri Pindah" in client.get(PEOPLE, {"q": "Sri"}).text
    assert deputise(client, office, gone).status_code == 422
    answers = {"person": gone.pk, "role": Role.OPERATOR, "title": "Operator", "from_on": clock.today()}
    assert "tidak aktif" in client.post(f"{APPOINTMENTS}add/", answers).text


@pytest.mark.parametrize("text", hostile.MARKUP)
def test_hostile_titles_and_names_are_only_words(admin, client, office, text):
    made = deputise(client, office, factories.make_person(name=text[:120]), title=text[:80])
    assert made.status_code == 302

    for page in (f"{APPOINTMENTS}{office.pk}/serah-terima/", APPOINTMENTS):
        response = client.get(page)
        assert response.status_code == 200
        for live in ("<script>alert", "<img src=x", "<svg onload", "<b>tebal"):
            assert live not in response.text


def test_an_office_that_ends_soon_waits_for_who_appoints_until_it_is_handed_over(admin, client, office):
    office.until_on = clock.today() + timedelta(days=20)
    office.save()
    tray = "/admin/residents/appointment/?keadaan=segera"
    assert tray in client.get("/admin/").text.replace("&amp;", "&")
    assert "Sekretaris Desa" in client.get(tray).text

    office.hand_over(factories.make_person(), on=clock.today() + timedelta(days=21), by=admin)

    assert tray not in client.get("/admin/").text
    assert not client.get(tray).context["cl"].result_list
