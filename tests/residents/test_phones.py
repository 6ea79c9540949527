import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partisipasi.residents import phones
from partisipasi.residents.models import PhoneTaken, Role, User
from tests import factories


@pytest.mark.parametrize(
    "written", ["0812 3456 7890", "+62 812-3456-7890", "62812 3456 7890", "(0812) 34567890", "81234567890"]
)
def test_a_number_is_kept_in_one_form_however_written(written):
    assert phones.normalise(written) == "+6281234567890"


@pytest.mark.parametrize(
    "written", ["kantor desa", "123", "0812", "+62", "0812345678901234567", "0812 3456 7890 ext. 5"]
)
def test_what_is_no_number_is_refused_with_an_example(written):
    with pytest.raises(ValidationError, match="contoh 0812 3456 7890"):
        phones.normalise(written)


def test_every_row_with_a_phone_normalises_it(village):
    person = factories.make_person()
    person.phone = "0812-3456-7890"

    person.full_clean()

    assert person.phone == "+6281234567890"


def test_a_confirmed_number_signs_in_for_one_account_alone(village):
    clerk = factories.make_official(Role.ADMIN)
    mother, son = factories.make_user(phone="081234567890"), factories.make_user(phone="081234567890")

    mother.confirm_phone(by=clerk)
    with pytest.raises(PhoneTaken):
        son.confirm_phone(by=clerk)

    son.refresh_from_db()
    assert son.phone == "+6281234567890"
    assert son.phone_confirmed_at is None
    assert User.objects.signing_in_with_phone("+6281234567890").get() == mother


def test_a_changed_number_signs_in_only_after_it_is_confirmed_again(village):
    clerk = factories.make_official(Role.ADMIN)
    user = factories.make_user(phone="081234567890")
    user.confirm_phone(by=clerk)

    user.change_phone("+6281298765432")

    assert not User.objects.signing_in_with_phone("+6281298765432").exists()
    assert not User.objects.signing_in_with_phone("+6281234567890").exists()


def test_only_a_clerk_confirms_a_number(village):
    user = factories.make_resident()
    user.change_phone("+6281234567890")

    with pytest.raises(PermissionDenied):
        user.confirm_phone(by=user)

    user.refresh_from_db()
    assert user.phone_confirmed_at is None
