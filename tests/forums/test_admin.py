import pytest
from django.test import Client

from forums.models import Forum, Post, Topic
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_forum, make_post, make_topic, start_topic

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


# Forums and topics

FORUMS = "/admin/forums/forum/"


def forum_form(**fields):
    return {"name": "Karang Taruna", "slug": "karang-taruna", "description": "", "order": "4"} | fields


def test_an_operator_opens_a_forum_archives_it_and_opens_it_again(village, client):
    operator = signed_in(factories.make_official(Role.OPERATOR))

    operator.post(f"{FORUMS}add/", forum_form())
    forum = Forum.objects.get()
    assert client.get(forum.get_absolute_url()).status_code == 200

    operator.post(FORUMS, {"action": "archive_chosen", "_selected_action": [forum.pk]})
    assert Forum.objects.get().archived_at
    operator.post(FORUMS, {"action": "reopen_chosen", "_selected_action": [forum.pk]})
    assert not Forum.objects.get().archived_at


@pytest.mark.parametrize("bad", [{"slug": "moderasi"}, {"slug": "a b"}, {"name": ""}, {"slug": "sudah-ada"}])
def test_a_forum_with_an_address_that_cannot_be_is_refused(village, bad):
    make_forum(slug="sudah-ada")
    operator = signed_in(factories.make_official(Role.OPERATOR))

    assert operator.post(f"{FORUMS}add/", forum_form(**bad)).status_code == 200
    assert Forum.objects.count() == 1


def test_a_hamlet_head_sees_his_forum_its_topics_and_its_posts_alone(village):
    hamlet = factories.make_region()
    own, other = start_topic(make_forum(region=hamlet)), start_topic(make_forum())
    head = signed_in(factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    for model, mine, theirs in (
        ("forum", own.forum, other.forum),
        ("topic", own, other),
        ("post", own.posts.get(), other.posts.get()),
    ):
        found = head.get(f"/admin/forums/{model}/").context["cl"].queryset
        assert list(found) == [mine]
        assert head.get(f"/admin/forums/{model}/{theirs.pk}/change/").status_code in {302, 404}


def test_nobody_writes_anothers_topic_in_admin_and_each_row_leads_to_its_moderation(village):
    topic = start_topic()
    moderator = signed_in(factories.make_official(Role.MODERATOR))

    moderator.post(f"/admin/forums/topic/{topic.pk}/change/", {"title": "Diubah"})

    assert Topic.objects.get().title == topic.title
    assert f"/forum/topik/{topic.pk}/moderasi/" in moderator.get("/admin/forums/topic/").text
    reader = signed_in(factories.make_official(Role.SUPERVISOR))
    assert "moderasi/" not in reader.get("/admin/forums/topic/").text
