"""A forgotten password: a code from an official who knows the person, and nobody gets further by it than he should."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents import due
from partisipasi.residents.models import (
    Notice,
    PasswordCode,
    PasswordCodeNotTaken,
    Person,
    Role,
    User,
    VerificationLetter,
)
from partisipasi.residents.models.password_code import ATTEMPTS, NotTheirsToGive
from tests import factories
from tests.threads import at_once

PAGE = "/akun/sandi/kode/"
NEW = "pintu-biru-tiga-anak"


@pytest.fixture
def hamlet(village):
    return factories.make_region()


@pytest.fixture
def kadus(hamlet):
    return factories.make_official(Role.HAMLET_HEAD, region=hamlet)


@pytest.fixture
def person(hamlet):
    """A resident of the hamlet who forgot his password."""
    return Person.objects.get(user=factories.make_resident("warga", region=hamlet))


def give(person, by):
    return PasswordCode.objects.give(person, by=by)


def answer(client, code, login="warga", password=NEW, again=None):
    fields = {"login": login, "code": code, "password1": password, "password2": again or password}
    return client.post(PAGE, fields)


def password_is(user, password):
    return User.objects.get(pk=user.pk).check_password(password)


def test_a_code_opens_once_and_is_kept_nowhere_in_clear(kadus, person, client):
    given = give(person, kadus)

    response = answer(client, given.written.lower())

    assert response["Location"] == "/akun/masuk/"
    assert password_is(person.user, NEW)
    assert given.code not in str(PasswordCode.objects.values_list("code_hash", flat=True))
    again = answer(client, given.written, password="pintu-hijau-empat-anak")
    assert again.status_code == 422
    assert password_is(person.user, NEW)


def test_the_record_says_who_for_whom_and_the_account_is_told(kadus, person, client):
    EmailAddress.objects.create(user=person.user, email="warga@contoh.example", verified=True, primary=True)

    given = give(person, kadus)
    answer(client, given.code)

    made, used = Entry.objects.filter(kind__startswith="password_code").order_by("number")
    assert (made.subject, made.facts) == (f"residents.person:{person.pk}", {"by": kadus.pk})
    assert (used.subject, used.facts) == (f"residents.person:{person.pk}", {"by": kadus.pk})
    assert given.code not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert Notice.objects.of(person.user).filter(kind="password-code").count() == 2
    assert "kode dari petugas desa" in mail.outbox[-1].body
    assert given.code not in mail.outbox[-1].body


def test_all_sessions_end_and_the_second_factor_remains(kadus, person, client):
    client.force_login(person.user)
    assert client.get("/akun/").status_code == 200
    Authenticator.objects.create(user=person.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    given = give(person, kadus)

    PasswordCode.objects.redeem("warga", given.code, NEW)

    assert client.get("/akun/")["Location"].startswith("/akun/masuk/")
    signed = client.post("/akun/masuk/", {"login": "warga", "password": NEW})
    assert signed["Location"].startswith("/akun/2fa/masuk/")


def test_a_code_ends_after_a_day(kadus, person):
    given = give(person, kadus)

    with clock.at(clock.now() + timedelta(hours=24, seconds=1)), pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)

    assert not password_is(person.user, NEW)


def test_a_new_code_ends_the_one_before(kadus, person):
    first, second = give(person, kadus), give(person, kadus)

    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", first.code, NEW)
    assert PasswordCode.objects.redeem("warga", second.code, NEW) == person.user


def test_attempts_are_counted_and_then_the_right_code_is_too_late(kadus, person):
    given = give(person, kadus)
    wrong = "22222222Z"

    for _ in range(ATTEMPTS):
        with pytest.raises(PasswordCodeNotTaken):
            PasswordCode.objects.redeem("warga", wrong, NEW)
    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)

    assert not password_is(person.user, NEW)


def test_unknown_names_and_wrong_codes_have_one_answer(kadus, person, client):
    give(person, kadus)
    factories.make_resident("tanpakode")

    answers = [
        answer(client, "22222222Z", login=login).text.replace(login, "X")
        for login in ("warga", "tanpakode", "siapa-saja")
    ]

    told = [text[text.index("<h1>") :].split("csrfmiddlewaretoken")[0] for text in answers]
    assert told[0] == told[1] == told[2]
    assert "tidak cocok" in answers[0]


def test_the_slow_part_is_the_same_for_everybody(kadus, person, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "partisipasi.residents.models.password_code.make_password",
        lambda password: hashed.append(password) or "!",
    )
    give(person, kadus)

    for login in ("warga", "siapa-saja", "0812 3456 7890"):
        with pytest.raises(PasswordCodeNotTaken):
            PasswordCode.objects.redeem(login, "22222222Z", NEW)

    assert len(hashed) == 3


def test_a_confirmed_phone_names_the_account_too(kadus, person):
    person.user.phone, person.user.phone_confirmed_at = "+6281234567890", clock.now()
    person.user.save()

    assert PasswordCode.objects.redeem("0812 3456 7890", give(person, kadus).code, NEW) == person.user


def test_a_code_of_another_account_or_village_opens_nothing(kadus, person, hamlet, neighbour):
    other = Person.objects.get(user=factories.make_resident("lain", region=hamlet))
    given = give(person, kadus)

    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("lain", given.code, NEW)
    with village_scope(neighbour), pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)

    assert not password_is(other.user, NEW)
    assert not password_is(person.user, NEW)


def test_poor_passwords_are_refused_and_spend_nothing(kadus, person, client):
    User.objects.filter(pk=person.user_id).update(username="wargasetia")
    given = give(person, kadus)

    for password, again, sentence in (
        ("1234567890123", None, "angka"),
        ("pendek", None, "10"),
        (NEW, "pintu-lain-sama-sekali", "tidak sama"),
        ("wargasetia1", None, "mirip"),
    ):
        response = answer(client, given.code, "wargasetia", password, again)
        assert response.status_code == 422
        assert sentence in response.text
    assert answer(client, given.code, "wargasetia").status_code == 302


def test_too_many_attempts_at_one_name_are_stopped(village, client):
    for _ in range(12):
        assert "tidak cocok" in answer(client, "22222222Z", login="siapa").text

    refused = answer(client, "22222222Z", login="Siapa")
    assert refused.status_code == 422
    assert "Terlalu banyak percobaan" in refused.text
    assert "tidak cocok" in answer(client, "22222222Z", login="lain").text


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_use_a_code_once(village):
    person = Person.objects.get(user=factories.make_resident("warga"))
    given = give(person, factories.make_official(Role.SECRETARY))

    outcomes = at_once(
        village,
        lambda: PasswordCode.objects.redeem("warga", given.code, NEW),
        lambda: PasswordCode.objects.redeem("warga", given.code, "pintu-hijau-empat-anak"),
    )

    assert sum(isinstance(outcome, User) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, PasswordCodeNotTaken) for outcome in outcomes) == 1
    assert Entry.objects.filter(kind="password_code.used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_the_same_moment_leave_one_open_code(village):
    person = Person.objects.get(user=factories.make_resident("warga"))
    clerks = [factories.make_official(Role.SECRETARY) for _ in range(2)]

    outcomes = at_once(village, *(lambda by=by: give(person, by) for by in clerks))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert PasswordCode.objects.open().count() == 1


# Who may give one, and for whom


def test_a_hamlet_head_gives_codes_in_his_hamlet_alone(kadus, person):
    elsewhere = Person.objects.get(user=factories.make_resident(region=factories.make_region()))
    nowhere = Person.objects.get(user=factories.make_resident())

    assert give(person, kadus).code
    for stranger in (elsewhere, nowhere):
        with pytest.raises(NotTheirsToGive):
            give(stranger, kadus)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HAMLET_HEAD}))
def test_admin_village_head_and_secretary_give_codes_and_nobody_else(person, role):
    official = factories.make_official(role)

    if role in {Role.ADMIN, Role.VILLAGE_HEAD, Role.SECRETARY}:
        assert give(person, official).code
    else:
        with pytest.raises(NotTheirsToGive):
            give(person, official)


def test_an_officials_account_is_opened_only_by_who_appoints(kadus, hamlet):
    secretary, head = factories.make_official(Role.SECRETARY), factories.make_official(Role.VILLAGE_HEAD)
    operator = Person.objects.get(user=factories.make_official(Role.OPERATOR))
    Person.objects.filter(pk=operator.pk).update(region=hamlet)
    operator.refresh_from_db()

    for official in (kadus, secretary):
        with pytest.raises(NotTheirsToGive, match="Admin Desa atau Kepala Desa"):
            give(operator, official)
    assert give(operator, head).code


def test_a_coming_office_and_a_deputys_count_too(kadus, person):
    admin = factories.make_official(Role.ADMIN)
    person.appoint(role=Role.MODERATOR, by=admin, from_on=clock.today() + timedelta(days=9))

    with pytest.raises(NotTheirsToGive):
        give(person, kadus)


def test_a_code_given_before_the_account_took_an_office_opens_nothing(kadus, person):
    given = give(person, kadus)
    person.appoint(role=Role.MODERATOR, by=factories.make_official(Role.ADMIN))

    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)


def test_a_code_of_who_left_his_office_opens_nothing(kadus, person):
    given = give(person, kadus)
    held = kadus.appointments()[0]
    held.revoke(reason="Selesai.", by=factories.make_official(Role.ADMIN))

    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)


def test_who_tied_an_account_to_a_person_opens_it_by_no_code_for_a_month(kadus, hamlet):
    """Else a Kepala Dusun takes over a guest: he ties the account to one of his people and gives himself a code."""
    guest, neighbour_of_his = factories.make_user("tamu"), factories.make_person(region=hamlet)
    neighbour_of_his.verify_in_person(guest, by=kadus)

    with pytest.raises(NotTheirsToGive, match="30 hari"):
        give(neighbour_of_his, kadus)
    assert "menghubungkan akun Anda" in str(Notice.objects.of(guest).values_list("text", flat=True))
    assert give(neighbour_of_his, factories.make_official(Role.SECRETARY)).code
    with clock.at(clock.now() + timedelta(days=31)):
        assert give(neighbour_of_his, kadus).code


def test_a_code_given_before_its_giver_tied_the_account_opens_nothing(kadus, person):
    given = give(person, kadus)
    person.connect(None, by=kadus)
    person.connect(User.objects.get(username="warga"), by=kadus)

    with pytest.raises(PasswordCodeNotTaken):
        PasswordCode.objects.redeem("warga", given.code, NEW)


def test_who_tied_his_account_himself_by_a_letter_gets_a_code_at_once(kadus, hamlet):
    letter = factories.make_letter(factories.make_person(region=hamlet))
    user = factories.make_user("baru")

    holder = VerificationLetter.objects.redeem(letter.code, by=user)

    assert give(holder, kadus).code
    assert not Notice.objects.of(user).filter(text__contains="menghubungkan").exists()


def test_the_owners_account_and_ones_own_get_no_code(village):
    admin = factories.make_official(Role.ADMIN)
    owner = User.objects.create_superuser("pemilik", factories.PASSWORD)

    for subject in (factories.make_person(user=owner), Person.objects.of(admin), factories.make_person()):
        with pytest.raises(ValidationError):
            give(subject, admin)
    assert not PasswordCode.objects.exists()


def test_an_account_that_works_in_another_village_is_not_opened_here(village, neighbour):
    with village_scope(neighbour):
        official = factories.make_official(Role.ADMIN)
    person = factories.make_person(user=official)

    with pytest.raises(ValidationError, match="desa lain"):
        give(person, factories.make_official(Role.ADMIN))


# In admin


def test_the_code_is_shown_once_on_a_slip(kadus, person, client):
    client.force_login(kadus)
    path = f"/admin/residents/person/{person.pk}/kode-sandi/"
    assert path in client.get(f"/admin/residents/person/{person.pk}/change/").text
    assert client.post(path, {}).status_code == 422
    assert not PasswordCode.objects.exists()

    slip = client.post(path, {"known": "on"})

    code = slip.context["given"].written
    assert code in slip.text
    assert "warga" in slip.text
    assert "no-store" in slip["Cache-Control"]
    assert code not in client.get(path).text
    assert code not in client.get(f"/admin/residents/person/{person.pk}/history/").text
    assert PasswordCode.objects.redeem("warga", code, NEW)


def test_admin_says_why_there_is_no_code(kadus, hamlet, client):
    client.force_login(kadus)
    official = Person.objects.get(user=factories.make_official(Role.OPERATOR))
    Person.objects.filter(pk=official.pk).update(region=hamlet)

    for subject, sentence in (
        (official, "Admin Desa atau Kepala Desa"),
        (factories.make_person(region=hamlet), "akun yang aktif"),
    ):
        path = f"/admin/residents/person/{subject.pk}/kode-sandi/"
        assert sentence in client.get(path).text
        assert client.post(path, {"known": "on"}).status_code == 422
    assert not PasswordCode.objects.exists()


def test_admin_says_who_gives_the_code_of_an_account_just_tied(kadus, hamlet, client):
    near = factories.make_person(region=hamlet)
    near.verify_in_person(factories.make_user("tamu"), by=kadus)
    client.force_login(kadus)
    path = f"/admin/residents/person/{near.pk}/kode-sandi/"

    assert "Mintalah petugas lain" in client.get(path).text
    assert client.post(path, {"known": "on"}).status_code == 422
    assert not PasswordCode.objects.exists()


def test_the_other_hamlet_is_not_there(kadus, client):
    elsewhere = Person.objects.get(user=factories.make_resident(region=factories.make_region()))
    client.force_login(kadus)

    assert (
        client.post(f"/admin/residents/person/{elsewhere.pk}/kode-sandi/", {"known": "on"}).status_code == 404
    )
    assert not PasswordCode.objects.exists()


def test_old_codes_are_forgotten(kadus, person):
    give(person, kadus)
    with clock.at(clock.now() + timedelta(days=30)):
        assert due.forget_codes() == 0
    with clock.at(clock.now() + timedelta(days=32)):
        assert due.forget_codes() == 1


def test_who_forgot_his_password_finds_the_way(village, client):
    assert PAGE in client.get("/akun/sandi/lupa/").text
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
