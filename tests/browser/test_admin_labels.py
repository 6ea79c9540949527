"""Admin's forms say by ear what they show: choices with search, and fields in tables of rows."""

import pytest
from playwright.sync_api import expect

from partisipasi.residents.models import Person, Role
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


DRAWN_REGION = "#id_region + .select2 .select2-selection"


@pytest.fixture
def admin_page(page, village, sign_in):
    sign_in(page, factories.make_official(Role.ADMIN, username="admindesa"))
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_new_person_s_form_is_clean(admin_page, axe, scheme):
    admin_page.emulate_media(color_scheme=scheme)

    admin_page.goto("/admin/residents/person/add/")
    expect(admin_page.locator(DRAWN_REGION)).to_have_attribute("aria-label", "Wilayah")

    axe(admin_page)


def test_a_choice_with_search_has_the_name_of_its_label(admin_page):
    admin_page.goto("/admin/residents/person/add/")

    expect(admin_page.locator(DRAWN_REGION)).to_have_attribute("aria-label", "Wilayah")
    expect(admin_page.get_by_role("combobox", name="Wilayah")).to_be_visible()


def test_fields_in_rows_are_named_by_column_and_row(admin_page, axe):
    body = factories.make_body(name="PKK")
    person = factories.make_person(name="Siti Rohmah")
    person.memberships.create(body=body, position="Bendahara")

    admin_page.goto(f"/admin/residents/person/{person.pk}/change/")

    field = admin_page.locator("#id_memberships-0-position")
    expect(field).to_have_attribute("aria-label", "Kedudukan: Bendahara PKK")
    axe(admin_page)
    assert Person.objects.get(pk=person.pk).memberships.count() == 1
