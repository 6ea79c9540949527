import re

import pytest

from partisipasi import clock
from partisipasi.residents.models import Appointment, Person, Role
from partisipasi.village.models import Village
from tests import factories, hostile

PEOPLE = "/admin/residents/person/"
APPOINTMENTS = "/admin/residents/appointment/"
NIK = "3301015507900001"


@pytest.fixture
def admin(village, client):
    user = factories.make_official(Role.ADMIN, username="admin")
    client.force_login(user)
    return user


def save_person(client, person=None, **fields):
    answers = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0} | fields
    return client.post(f"{PEOPLE}{person.pk}/change/" if person else f"{PEOPLE}add/", answers)


def test_a_nik_is_taken_known_again_and_never_shown(admin, client):
    save_person(client, name="Sri", nik="3301 0155 0790 0001")

    person = Person.objects.get(name="Sri")
    assert person.nik_hmac
    for page in (f"{PEOPLE}{person.pk}/change/", f"{PEOPLE}{person.pk}/history/", PEOPLE):
        assert NIK not in client.get(page).text
        assert person.nik_hmac not in client.get(page).text
    assert client.get(PEOPLE, {"q": NIK}).context["cl"].result_list[0] == person


def test_a_nik_of_somebody_else_or_a_wrong_one_is_refused(admin, client):
    save_person(client, name="Sri", nik=NIK)

    for number, sentence in ((NIK, "atas nama orang lain"), ("123", "16 angka")):
        response = save_person(client, name="Tono", nik=number)
        assert sentence in response.text
    assert not Person.objects.filter(name="Tono").exists()


def test_a_minor_needs_a_guardian(admin, client):
    response = save_person(client, name="Bagas", age_group="<18")

    assert "Tulis nama wali" in response.text
    assert not Person.objects.filter(name="Bagas").exists()


def test_an_account_is_connected_by_its_typed_name(admin, client):
    user = factories.make_user("sri.wahyuni")
    person = factories.make_person(name="Sri")

    assert "Tidak ada akun" in save_person(client, person, name="Sri", account="siapa").text
    save_person(client, person, name="Sri", account="Sri.Wahyuni")
    person.refresh_from_db()
    assert person.user == user

    save_person(client, person, name="Sri", account="")
    person.refresh_from_db()
    assert person.user is None


def test_the_list_of_accounts_is_never_offered(admin, client):
    factories.make_user("akun-desa-lain")

    assert "akun-desa-lain" not in client.get(f"{PEOPLE}add/").text


def test_actions_verify_confirm_and_retire(admin, client):
    user = factories.make_resident(phone="081234567890")
    user.change_phone("+6281234567890")
    person = Person.objects.of(user)

    for action in ("verify", "confirm_phone", "retire"):
        client.post(PEOPLE, {"action": action, "_selected_action": [person.pk]})

    person.refresh_from_db()
    user.refresh_from_db()
    assert person.verified_at
    assert user.phone_confirmed_at
    assert person.retired_at


def test_an_action_that_cannot_be_done_says_for_whom_and_why(admin, client):
    person = factories.make_person(name="Tanpa Akun")

    page = client.post(PEOPLE, {"action": "confirm_phone", "_selected_action": [person.pk]}, follow=True).text

    assert "Tanpa Akun: Orang ini belum terhubung dengan akun." in page


def test_actions_stand_on_the_form_too(admin, client):
    person = factories.make_person()
    path = f"{PEOPLE}{person.pk}/change/"
    [field] = re.findall(r'<select name="([\w-]*action)"', client.get(path).text)

    client.post(path, {field: "verify", "_selected_action": [person.pk]})

    person.refresh_from_db()
    assert person.verified_at


def appoint(client, person, **fields):
    answers = {
        "person": person.pk,
        "role": Role.OPERATOR,
        "title": "Operator",
        "from_on": clock.today(),
    } | fields
    return client.post(f"{APPOINTMENTS}add/", answers)


def test_an_admin_appoints(admin, client):
    person = factories.make_person()

    assert appoint(client, person).status_code == 302

    made = Appointment.objects.get(person=person)
    assert made.appointed_by == admin


def test_refusals_stand_beside_the_field(admin, client):
    own = Person.objects.of(admin)

    assert "bagi dirinya sendiri" in appoint(client, own, role=Role.VILLAGE_HEAD).text
    assert "wilayah tugas" in appoint(client, factories.make_person(), role=Role.HAMLET_HEAD).text
    assert Appointment.objects.count() == 1


def test_an_appointment_is_ended_with_a_reason_and_never_rewritten(admin, client):
    person = factories.make_person(name="Tono")
    made = person.appoint(role=Role.OPERATOR, by=admin)
    path = f"{APPOINTMENTS}{made.pk}/"

    assert 'name="title"' not in client.get(f"{path}change/").text
    assert client.post(f"{path}change/", {"title": "Kepala Desa"}).status_code == 403
    assert client.post(f"{path}cabut/", {"reason": ""}).status_code == 422
    made.refresh_from_db()
    assert made.is_current

    client.post(f"{path}cabut/", {"reason": "Pindah tugas."})
    made.refresh_from_db()
    assert made.revoked_reason == "Pindah tugas."


def test_the_last_admin_reads_why_he_stays(admin, client):
    own = Appointment.objects.get(person__user=admin)

    response = client.post(f"{APPOINTMENTS}{own.pk}/cabut/", {"reason": "Berhenti."})

    assert "satu-satunya Admin Desa" in response.text
    own.refresh_from_db()
    assert own.is_current


def test_nobody_ends_appointments_who_may_not(admin, client):
    made = factories.make_person().appoint(role=Role.OPERATOR, by=admin)
    client.force_login(factories.make_official(Role.SUPERVISOR))

    assert client.get(APPOINTMENTS).status_code == 200
    assert client.post(f"{APPOINTMENTS}{made.pk}/cabut/", {"reason": "Sebab."}).status_code == 403


def test_an_admin_changes_the_settings_of_his_village_alone(admin, client, village, neighbour):
    own = client.get("/admin/village/village/")["Location"]
    assert own == f"/admin/village/village/{village.pk}/change/"
    assert client.get(f"/admin/village/village/{neighbour.pk}/change/").status_code == 404
    assert client.get("/admin/village/village/add/").status_code == 403
    form = client.get(own).context["adminform"].form
    answers = {name: form[name].value() or "" for name in form.fields if name != "logo"}

    client.post(own, answers | {"office_hours": "Senin–Jumat", "accent": "#0d5c4d"})

    village.refresh_from_db()
    assert village.office_hours == "Senin–Jumat"
    assert Village.objects.get(pk=neighbour.pk).office_hours == ""


@pytest.mark.parametrize("text", [*hostile.MARKUP, *hostile.SCRIPTS])
def test_hostile_names_are_only_words(admin, client, text):
    person = factories.make_person(name=text[:120], address=text[:200])
    person.appoint(role=Role.OPERATOR, by=admin)
    body = factories.make_body(name=text[:120])
    save_person(
        client,
        person,
        name=text[:120],
        **{"memberships-TOTAL_FORMS": 1, "memberships-0-body": body.pk, "memberships-0-position": text[:60]},
    )

    pages = [
        PEOPLE,
        f"{PEOPLE}{person.pk}/change/",
        f"{PEOPLE}{person.pk}/history/",
        APPOINTMENTS,
        f"{APPOINTMENTS}{Appointment.objects.get(person=person).pk}/cabut/",
        f"/admin/residents/body/{body.pk}/change/",
        f"/admin/residents/body/{body.pk}/delete/",
    ]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        for live in ("<script>alert", "<img src=x", "<svg onload", "<b>tebal", "{{ 7"):
            assert live not in response.text or (live == "{{ 7" and live in text), page


def test_filters_count_their_rows(client, village):
    hamlet = factories.make_region()
    factories.make_person(region=hamlet)
    client.force_login(factories.make_official(Role.ADMIN))

    page = client.get("/admin/residents/person/?_facets=True")

    assert page.status_code == 200
    assert f"{hamlet} (1)" in page.text
