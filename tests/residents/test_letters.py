import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents import codes, privacy
from partisipasi.residents.models import (
    VALID_FOR,
    AlreadySomebodyElse,
    CodeNotTaken,
    Person,
    Role,
    VerificationLetter,
)
from partisipasi.village.models import Village
from tests import factories
from tests.threads import at_once

redeem = VerificationLetter.objects.redeem


def test_who_has_the_letter_is_verified_and_connected(village):
    sri, user = factories.make_person(name="Sri"), factories.make_user()
    code = factories.make_letter(sri).code

    redeem(codes.written(code).lower(), by=user)

    sri.refresh_from_db()
    assert sri.user == user
    assert sri.verified_at
    assert Entry.objects.get(kind="person.verified").facts == {"by": user.pk, "how": "letter"}


def test_no_code_is_kept_in_clear(village):
    issued = factories.make_letter()

    kept = VerificationLetter.objects.values().get()

    assert issued.code not in str(kept)
    assert codes.written(issued.code) not in str(kept)


def test_codes_hold_no_signs_that_look_alike_and_are_hard_to_guess():
    assert not set("0O1IL") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) ** codes.LENGTH > 2**40
    assert len({codes.new() for _ in range(100)}) == 100


@pytest.mark.parametrize("text", ["", "abc", "K7M-2QX-9R0", "K7M2QX9RDD", "ＫＫＫ", "\u0661" * 9])
def test_what_can_be_no_code_is_none(text):
    assert codes.typed(text) == ""


def test_a_code_is_read_however_it_is_typed():
    assert codes.typed(" k7m 2qx–9rd. ") == "K7M2QX9RD"


def test_a_letter_opens_once(village):
    code = factories.make_letter().code
    redeem(code, by=factories.make_user())

    with pytest.raises(CodeNotTaken):
        redeem(code, by=factories.make_user())


def test_an_old_letter_opens_nothing(village):
    code = factories.make_letter().code

    with clock.at(clock.now() + VALID_FOR + timedelta(minutes=1)), pytest.raises(CodeNotTaken):
        redeem(code, by=factories.make_user())


def test_a_new_letter_ends_the_earlier_one(village):
    sri = factories.make_person()
    first, second = factories.make_letter(sri), factories.make_letter(sri)

    with pytest.raises(CodeNotTaken):
        redeem(first.code, by=factories.make_user())
    redeem(second.code, by=factories.make_user())

    assert VerificationLetter.objects.unused().count() == 0


def test_there_is_one_open_letter_of_a_person(village):
    letter = factories.make_letter().letter
    letter.pk, letter.code_hash = None, "x"

    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save(force_insert=True)


def test_a_revoked_letter_opens_nothing(village):
    issued = factories.make_letter()

    assert issued.letter.revoke(by=factories.make_official(Role.ADMIN))
    assert not issued.letter.revoke(by=factories.make_official(Role.ADMIN))

    with pytest.raises(CodeNotTaken):
        redeem(issued.code, by=factories.make_user())
    assert Entry.objects.filter(kind="letter.revoked").count() == 1


def test_a_letter_of_the_other_village_opens_nothing_here(village, neighbour):
    with village_scope(neighbour):
        code = factories.make_letter().code

    with pytest.raises(CodeNotTaken):
        redeem(code, by=factories.make_user())


def test_who_moved_away_or_took_an_office_meanwhile_is_not_taken_over(village):
    admin = factories.make_official(Role.ADMIN)
    gone, official = factories.make_letter(), factories.make_letter()
    gone.person.retire(by=admin)
    official.person.appoint(role=Role.OPERATOR, by=admin)

    for issued in (gone, official):
        with pytest.raises(CodeNotTaken):
            redeem(issued.code, by=factories.make_user())
        issued.person.refresh_from_db()
        assert issued.person.user is None


def test_officials_and_the_verified_get_no_letters(village):
    clerk = factories.make_official(Role.SECRETARY)
    factories.make_person(verified_at=clock.now())
    factories.make_person(retired_at=clock.now())

    assert VerificationLetter.objects.issue(Person.objects.all(), by=clerk) == []
    assert not Entry.objects.filter(kind="letters.issued").exists()


def test_an_account_that_is_somebody_else_here_keeps_to_that(village):
    issued, user = factories.make_letter(), factories.make_resident()

    with pytest.raises(AlreadySomebodyElse):
        redeem(issued.code, by=user)

    issued.letter.refresh_from_db()
    assert issued.letter.state == "berlaku"


def test_a_person_with_an_account_is_verified_by_that_account_alone(village):
    holder = factories.make_resident()
    issued = factories.make_letter(Person.objects.of(holder))

    with pytest.raises(AlreadySomebodyElse):
        redeem(issued.code, by=factories.make_user())
    redeem(issued.code, by=holder)

    assert Person.objects.of(holder).verified_at


@pytest.mark.parametrize(
    ("in_address_book", "signs_in"), [("+6281234567890", True), ("+6281234567891", False), ("", False)]
)
def test_a_number_that_the_address_book_names_too_is_confirmed(village, in_address_book, signs_in):
    user = factories.make_user()
    user.change_phone("+6281234567890")

    redeem(factories.make_letter(factories.make_person(phone=in_address_book)).code, by=user)

    user.refresh_from_db()
    assert bool(user.phone_confirmed_at) is signs_in


def test_a_number_with_which_another_signs_in_stays_his(village):
    first, second = factories.make_user(), factories.make_user()
    for user in (first, second):
        user.change_phone("+6281234567890")
    first.confirm_phone(by=factories.make_official(Role.ADMIN))

    redeem(factories.make_letter(factories.make_person(phone="+6281234567890")).code, by=second)

    second.refresh_from_db()
    assert second.phone_confirmed_at is None
    assert Person.objects.of(second).verified_at


@pytest.mark.django_db(transaction=True)
def test_two_accounts_with_one_letter_at_once_are_one(db):
    village = factories.make_village()
    with village_scope(village):
        code = factories.make_letter().code
        users = [factories.make_user(), factories.make_user()]

    outcomes = at_once(village, *(lambda user=user: redeem(code, by=user) for user in users))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CodeNotTaken", "Person"]
    with village_scope(village):
        assert Entry.objects.filter(kind="person.verified").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_printing_at_once_leave_one_letter(db):
    village = factories.make_village()
    with village_scope(village):
        person, clerk = factories.make_person(), factories.make_official(Role.SECRETARY)
        people = Person.objects.filter(pk=person.pk)

    outcomes = at_once(village, *[lambda: VerificationLetter.objects.issue(people.all(), by=clerk)] * 2)

    assert [len(outcome) for outcome in outcomes] == [1, 1]
    with village_scope(village):
        assert VerificationLetter.objects.open().count() == 1


PAGE = "/akun/verifikasi/"


def send(client, code):
    return client.post(f"{PAGE}kode/", {"code": code})


@pytest.fixture
def guest(village, client):
    user = factories.make_user("sri.wahyuni")
    client.force_login(user)
    return user


def test_the_page_tells_the_ways_and_fills_in_the_code_of_the_qr(guest, client):
    page = client.get(f"{PAGE}?kode=K7M-2QX-9RD").text

    assert 'value="K7M-2QX-9RD"' in page
    assert "sri.wahyuni" in page
    assert PAGE in client.get("/akun/").text


def test_a_resident_types_the_code(guest, client):
    issued = factories.make_letter(factories.make_person(name="Sri Wahyuni"))

    response = client.post(f"{PAGE}kode/", {"code": codes.written(issued.code)}, follow=True)

    assert "Terima kasih, Sri Wahyuni" in response.text
    assert "Warga terverifikasi" in response.text
    assert send(client, issued.code).status_code == 302
    assert "sudah terverifikasi" in client.get(PAGE).text


def test_wrong_old_and_used_codes_get_the_same_answer(guest, client):
    used, revoked, old = (factories.make_letter() for _ in range(3))
    redeem(used.code, by=factories.make_user())
    revoked.letter.revoke(by=factories.make_official(Role.ADMIN))
    VerificationLetter.objects.filter(pk=old.letter.pk).update(expires_at=clock.now())

    pages = []
    for code in (used.code, revoked.code, old.code, codes.new()):
        response = send(client, code)
        assert response.status_code == 422
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
        pages.append(page.replace(code, "KODE"))

    assert len(set(pages)) == 1
    assert "Kode ini tidak dapat dipakai" in pages[0]


def test_a_slip_of_the_pen_is_told_and_is_no_attempt(guest, client):
    for _ in range(12):
        assert "sembilan huruf dan angka" in send(client, "K7M").text

    assert send(client, factories.make_letter().code).status_code == 302


def test_after_some_attempts_even_the_right_code_waits(guest, client):
    for _ in range(8):
        send(client, codes.new())

    response = send(client, factories.make_letter().code)

    assert response.status_code == 422
    assert "Terlalu banyak percobaan" in response.text
    assert Person.objects.of(guest) is None


def test_many_accounts_behind_one_address_do_not_guess_much_more(village, client):
    for _ in range(8):
        client.force_login(factories.make_user())
        for _ in range(8):
            response = send(client, codes.new())

    assert "Terlalu banyak percobaan" in response.text


def test_a_code_is_not_asked_of_strangers(village, client):
    code = factories.make_letter().code

    assert send(client, code).status_code == 302
    assert client.get(PAGE)["Location"].startswith("/akun/masuk/")
    assert VerificationLetter.objects.open().count() == 1


def test_erasure_forgets_the_letters(village):
    issued = factories.make_letter()
    privacy.erase(issued.person)

    assert not VerificationLetter.objects.exists()


def test_villages_have_letters_of_their_own(village, neighbour):
    factories.make_letter()

    with village_scope(neighbour):
        assert not VerificationLetter.objects.exists()
    assert Village.objects.count() == 2


def test_who_scans_the_letter_before_having_an_account_signs_up_and_finds_the_code_filled_in(village, client):
    code = codes.written(factories.make_letter().code)

    sign_in = client.get(f"{PAGE}?kode={code}", follow=True)
    [sign_up] = re.findall(r'href="(/akun/daftar/[^"]*)"', sign_in.text)[:1]
    answers = {"username": "sri.wahyuni", "agrees_to_account": "on"}
    answers |= {"password1": factories.PASSWORD, "password2": factories.PASSWORD}
    page = client.get(html.unescape(sign_up))
    answers |= dict(re.findall(r'<input type="hidden" name="(next)" value="([^"]*)"', page.text))
    page = client.post("/akun/daftar/", answers, follow=True)

    assert page.request["PATH_INFO"] == PAGE
    assert f'value="{code}"' in page.text
