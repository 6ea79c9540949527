"""Pages that stand still, and the menu that the village arranges."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from announcements.due import publish_scheduled_pages
from announcements.models import MenuItem, Page, Picture
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories

from .factories import make_page, make_picture

ADMIN = "/admin/announcements/page/"


@pytest.fixture
def operator(village):
    return factories.make_official(Role.OPERATOR, username="operator")


def test_a_page_is_drafted_published_changed_archived_and_recorded(operator, client):
    page = make_page(by=operator, published=False, body="<p>Empat dusun.<script>x()</script></p>")
    address = page.get_absolute_url()
    assert address == "/halaman/profil-desa/"
    assert client.get(address).status_code == 404

    page.publish(by=operator)
    assert "<p>Empat dusun.</p>" in client.get(address).text
    page.title, page.body = "Profil", "<p>Lima dusun.</p>"
    page.revise(by=operator)
    again = client.get(address, {"lagi": 1}).text
    assert "Lima dusun." in again
    assert "Diperbarui" in again
    page.archive("Diganti.", by=operator)
    assert client.get(address, {"lagi": 2}).status_code == 404

    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds[-3:] == ["page.published", "page.revised", "page.archived"]


def test_who_works_on_pages_sees_the_draft_as_it_will_be(operator, client):
    page = make_page(by=operator, published=False)
    client.force_login(operator)

    answer = client.get(page.get_absolute_url())

    assert "Hanya petugas desa yang dapat membuka pratinjau ini." in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.text


def test_a_scheduled_page_publishes_itself(operator):
    page = make_page(by=operator, published=False)
    page.schedule(clock.now() + timedelta(hours=1), by=operator)
    assert publish_scheduled_pages() == 0

    with clock.at(clock.now() + timedelta(hours=2)):
        assert [publish_scheduled_pages() for _ in range(2)] == [1, 0]
    page.refresh_from_db()
    assert page.is_published


def test_pictures_of_a_published_page_are_for_everybody(operator, client):
    picture = make_picture()
    page = make_page(
        by=operator, published=False, body=f'<p>Peta</p><img src="{picture.get_absolute_url()}" alt="Peta">'
    )
    nobody = client.get("/").wsgi_request.user

    assert not Picture.objects.visible_to(nobody).exists()
    page.publish(by=operator)
    assert Picture.objects.visible_to(nobody).get() == picture


def test_the_menu_stands_on_every_page_without_what_nobody_may_read(
    operator, client, django_assert_num_queries
):
    page, draft = make_page(by=operator), make_page(by=operator, title="Sejarah", published=False)
    group = MenuItem.objects.create(label="Mengenal desa", order=1)
    MenuItem.objects.create(label="Profil kami", parent=group, page=page)
    MenuItem.objects.create(label="Cerita lama", parent=group, page=draft)
    MenuItem.objects.create(label="Kabupaten", address="https://kabupaten.example/", order=2)
    MenuItem.objects.create(label="Judul kosong", order=3)
    with django_assert_num_queries(2) as counted:
        said = client.get("/tentang/").text

    assert len(counted) == 2
    assert f'<a href="{page.get_absolute_url()}">Profil kami</a>' in said
    assert '<a href="https://kabupaten.example/">Kabupaten</a>' in said
    for absent in ("Cerita lama", "Judul kosong"):
        assert absent not in said
    draft.publish(by=operator)
    page.archive("Diganti.", by=operator)
    after = client.get("/tentang/", {"lagi": 1}).text
    assert "Cerita lama" in after
    assert "Profil kami" not in after


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//jahat.example/",
        "http://x.example",
        "/a b",
        '/"onclick',
        "halaman",
        "/\\\\jahat",
    ],
)
def test_a_menu_leads_to_no_strange_address(village, address):
    with pytest.raises(ValidationError):
        MenuItem(label="X", address=address).full_clean()


def test_a_menu_has_two_levels(village):
    top = MenuItem.objects.create(label="Atas")
    middle = MenuItem.objects.create(label="Tengah", parent=top, address="/informasi/")

    with pytest.raises(ValidationError, match="dua tingkat"):
        MenuItem(label="Bawah", parent=middle, address="/forum/").full_clean()
    top.parent = MenuItem.objects.create(label="Lain")
    with pytest.raises(ValidationError, match="tetap baris utama"):
        top.full_clean()


def test_another_village_has_its_own_pages_and_menu(operator, client, neighbour):
    with village_scope(neighbour):
        page = make_page(by=factories.make_official(Role.OPERATOR), title="Milik Tetangga")
        MenuItem.objects.create(label="Menu tetangga", page=page)

    assert client.get("/halaman/milik-tetangga/").status_code == 404
    said = client.get("/halaman/").text
    assert "Belum ada halaman" in said
    assert "Menu tetangga" not in said


def test_an_operator_writes_and_publishes_a_page_in_admin(operator, client):
    client.force_login(operator)
    told = {"title": "Visi", "part": Page.Part.VISION, "order": 0, "body": "<p>Air terjaga.</p>"}

    client.post(f"{ADMIN}add/", told | {"_publish": "1"})
    page = Page.objects.get()
    assert page.is_published
    client.post(f"{ADMIN}{page.pk}/change/", told | {"body": ""})
    page.refresh_from_db()
    assert page.body == "<p>Air terjaga.</p>"
    client.post(f"{ADMIN}{page.pk}/arsipkan/", {"reason": "Diganti."})
    page.refresh_from_db()
    assert page.archived_reason == "Diganti."
    assert "Visi" in client.get(f"{ADMIN}?q=terjaga").text


def test_a_page_is_found_by_search(operator, client):
    make_page(by=operator, body="<p>Mata air Sendang mengairi sawah.</p>")

    assert "/halaman/profil-desa/" in client.get("/cari/", {"q": "pengairan sawah"}).text
