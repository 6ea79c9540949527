"""Who gets into admin, and on what its pages are built."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ImproperlyConfigured
from django.urls import NoReverseMatch, reverse

from partisipasi.admin import VillageAdminSite, VillageModelAdmin, waiting
from partisipasi.admin.reach import ReachMixin
from partisipasi.admin.waiting import _entries
from partisipasi.db import village_scope
from partisipasi.residents.models import Person, Role, User
from partisipasi.village.models import Region
from tests import factories

REGISTERED = sorted(admin.site._registry.values(), key=lambda each: each.opts.label)


def inlines():
    return [inline for each in REGISTERED for inline in each.inlines]


@pytest.mark.parametrize("each", REGISTERED, ids=lambda each: each.opts.label)
def test_every_admin_is_built_on_the_one_base(each):
    assert isinstance(each, VillageModelAdmin)
    for name in ("get_urls", "lookup_allowed", "response_action", "history_view", "choices_of"):
        overridden = getattr(type(each), name) is not getattr(VillageModelAdmin, name)
        assert not overridden or name == "get_urls", f"{name} guards the reach: extend it by another door"
    # A raw id names whatever row it is given; autocomplete names only rows within reach.
    assert not each.raw_id_fields
    for name in each.actions or ():
        action = getattr(type(each), name) if isinstance(name, str) else name
        assert getattr(action, "allowed_permissions", None), f"{name} does not say who may"


@pytest.mark.parametrize("inline", inlines(), ids=lambda inline: inline.__name__)
def test_every_inline_is_built_on_the_one_base(inline):
    assert issubclass(inline, ReachMixin)
    assert not inline.raw_id_fields


@pytest.mark.parametrize("each", [*REGISTERED, *inlines()], ids=str)
def test_the_way_from_a_row_to_its_place_leads_there(each):
    model = each.model
    for step in (each.region_lookup or "").split("__") if each.region_lookup else []:
        model = model._meta.get_field(step).related_model
    assert each.region_lookup is None or model is Region


def test_an_admin_not_built_on_it_is_refused():
    class Loose(admin.ModelAdmin):
        pass

    with pytest.raises(ImproperlyConfigured):
        VillageAdminSite().register(Region, Loose)


def test_lists_of_packages_that_span_villages_are_left_out():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert not labels & {"account", "mfa", "auth", "django_tasks_database", "sessions"}
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])


def test_strangers_are_sent_to_sign_in_and_come_back(village, client):
    response = client.get("/admin/residents/person/")

    assert response["Location"] == "/akun/masuk/?next=/admin/residents/person/"


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "/\\jahat.example"])
def test_the_way_in_leads_nowhere_else(village, client, target):
    assert client.get("/admin/login/", {"next": target})["Location"] == "/akun/masuk/?next=%2Fadmin%2F"


def test_admins_own_sign_in_takes_no_passwords(village, client):
    user = factories.make_official(Role.ADMIN)

    response = client.post("/admin/login/", {"username": user.username, "password": factories.PASSWORD})

    assert response["Location"].startswith("/akun/masuk/")
    assert "_auth_user_id" not in client.session


def test_residents_are_told_that_it_is_not_for_them(village, client):
    client.force_login(factories.make_resident())

    assert client.get("/admin/", follow=True).status_code == 403


def test_an_office_in_the_other_village_opens_nothing_here(village, neighbour, client):
    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.ADMIN))

    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/", HTTP_HOST="tetangga.testserver").status_code == 200


@pytest.fixture
def production(settings):
    settings.TRIAL = False


def test_in_production_officials_need_the_second_factor(village, client, production):
    official = factories.make_official(Role.ADMIN)
    client.force_login(official)

    sent = client.get("/admin/", follow=True)
    assert sent.redirect_chain[-1][0] == "/akun/2fa/"
    assert "Aktifkan verifikasi dua langkah dahulu" in sent.text

    Authenticator.objects.create(user=official, type=Authenticator.Type.TOTP, data={})
    assert client.get("/admin/").status_code == 200


def test_the_index_begins_with_what_waits(village, client):
    factories.make_resident()
    client.force_login(factories.make_official(Role.ADMIN))

    page = client.get("/admin/").text

    assert page.index("Pemilik akun menunggu verifikasi") < page.index("Yang dapat Anda kerjakan")
    tray = "/admin/residents/person/?status=menunggu"
    assert tray in page
    assert client.get(tray).context["cl"].result_count == 2


def test_empty_trays_and_others_trays_are_not_shown(village, client):
    waiting("Baki kosong", perm="residents.view_person")(lambda user: (0, "/"))
    waiting("Baki orang lain", perm="residents.no_such_right")(lambda user: (5, "/"))
    client.force_login(factories.make_official(Role.ADMIN))

    try:
        page = client.get("/admin/").text
    finally:
        del _entries[-2:]

    assert "Baki" not in page


def test_the_index_shows_each_role_its_own_and_no_empty_shells(village, client):
    client.force_login(factories.make_official(Role.MODERATOR))

    page = client.get("/admin/").text

    assert "Tanggapan" in page
    assert "Buku alamat" not in page
    assert "Pengaturan" not in page


def test_what_was_done_in_another_village_is_not_told_here(village, neighbour, client):
    official = factories.make_official(Role.ADMIN)
    with village_scope(neighbour):
        stranger = factories.make_person(name="Orang Desa Sebelah")
        LogEntry.objects.log_actions(official.pk, [stranger], CHANGE, single_object=True)
    client.force_login(official)

    assert "Orang Desa Sebelah" not in client.get("/admin/").text
    assert client.get(f"/admin/residents/person/{stranger.pk}/history/").status_code == 404


def test_signing_out_of_admin_signs_out(village, client):
    client.force_login(factories.make_official(Role.ADMIN))

    client.post("/admin/logout/")

    assert "_auth_user_id" not in client.session


def test_the_owner_of_the_installation_enters_without_an_office(village, client):
    client.force_login(User.objects.create_superuser("pemilik", factories.PASSWORD))

    page = client.get("/admin/").text

    assert "Pemilik instalasi" in page
    assert not Person.objects.exists()


def test_admin_pages_carry_a_nonce_and_forbid_everything_else(village, client):
    client.force_login(factories.make_official(Role.ADMIN))

    policy = client.get("/admin/residents/person/add/").headers["Content-Security-Policy"]

    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe" not in policy
