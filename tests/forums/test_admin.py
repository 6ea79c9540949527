import pytest
from django.test import Client

from forums.models import Post
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_post, make_topic

QUEUE = "/admin/forums/post/"


@pytest.fixture
def held(village):
    return make_topic().reply(author=factories.make_user(), body="<b>Tanggapan</b> pertama saya")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_queue_shows_what_waits_and_a_moderator_lets_it_through(held):
    client = signed_in(factories.make_official(Role.MODERATOR))

    page = client.get(QUEUE, {"keadaan": "menunggu"}).content.decode()
    assert "&lt;b&gt;Tanggapan&lt;/b&gt; pertama saya" in page

    client.post(QUEUE, {"action": "release", "_selected_action": [held.pk]})
    assert Post.objects.get().is_readable


def test_an_operator_reads_the_queue_but_lets_nothing_through(held):
    client = signed_in(factories.make_official(Role.OPERATOR))

    page = client.get(QUEUE)
    assert page.status_code == 200
    assert "moderasi/" not in page.text
    client.post(QUEUE, {"action": "release", "_selected_action": [held.pk]})

    assert Post.objects.get().is_waiting


@pytest.mark.parametrize("role", [None, Role.TREASURER])
def test_others_do_not_see_the_queue(held, role):
    user = factories.make_official(role) if role else factories.make_resident()

    assert signed_in(user).get(QUEUE).status_code in {302, 403}


def test_nobody_writes_another_s_words_in_admin(held):
    client = signed_in(factories.make_official(Role.MODERATOR))

    assert client.get(f"{QUEUE}add/").status_code == 403
    answer = client.post(f"{QUEUE}{held.pk}/change/", {"body": "Diubah"})
    assert answer.status_code in {302, 403}
    assert client.post(f"{QUEUE}{held.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Post.objects.get().body == "<b>Tanggapan</b> pertama saya"


def test_each_state_has_its_word(held):
    topic, moderator = held.topic, factories.make_official(Role.MODERATOR)
    shown, hidden = make_post(topic), make_post(topic)
    hidden.hide(by=moderator, reason="Iklan.")
    client = signed_in(moderator)

    for state, post in {"menunggu": held, "tayang": shown, "disembunyikan": hidden}.items():
        found = client.get(QUEUE, {"keadaan": state}).context["cl"].queryset
        assert list(found) == [post]
