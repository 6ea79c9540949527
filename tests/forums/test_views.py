import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.comments import comments_context
from forums.models import Post, Topic
from forums.models.post_queries import PAGE_SIZE, POSTS_A_MINUTE
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories
from tests.forums.factories import make_post, make_topic


@pytest.fixture
def topic(village):
    return make_topic()


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(client, topic, body="Kapan mulai?", **extra):
    return client.post(topic.reply_url(), {"body": body, "nonce": str(uuid.uuid4())} | extra)


def test_a_resident_replies_and_lands_at_the_reply(topic):
    client = as_(factories.make_resident(verified_at=clock.now()))

    answer = write(client, topic)

    post = Post.objects.get()
    assert answer.url == reverse("forums:post_detail", args=[post.pk])
    assert client.get(answer.url).url == f"{topic.page_path}#tanggapan-{post.pk}"


def test_an_anonymous_visitor_is_asked_to_sign_in_and_comes_back(topic, client):
    answer = client.get(topic.reply_url())

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={topic.reply_url()}")
    assert write(client, topic).status_code == 302
    assert not Post.objects.exists()


def test_a_bad_reply_keeps_what_was_typed_and_says_why(topic):
    client = as_(factories.make_resident())

    empty = write(client, topic, body="  \n ")
    long = write(client, topic, body="a" * 4001)

    assert empty.status_code == long.status_code == 422
    assert "Tuliskan tanggapan Anda dahulu." in empty.content.decode()
    assert "a" * 4001 in long.content.decode()
    assert not Post.objects.exists()


def test_too_fast_keeps_what_was_typed(topic):
    client = as_(factories.make_resident(verified_at=clock.now()))
    for number in range(POSTS_A_MINUTE):
        write(client, topic, body=f"Nomor {number}")

    answer = write(client, topic, body="Yang ini terlalu cepat")

    assert answer.status_code == 429
    assert "Yang ini terlalu cepat" in answer.content.decode()
    assert Post.objects.count() == POSTS_A_MINUTE


def test_what_was_typed_survives_the_closing_of_the_topic(topic):
    client = as_(factories.make_resident(verified_at=clock.now()))
    topic.close()

    answer = write(client, topic, body="Saya mengetik lama sekali")

    assert answer.status_code == 403
    assert "Saya mengetik lama sekali" in answer.content.decode()
    assert not Post.objects.exists()


def test_a_reply_to_a_post_of_another_topic_is_refused(topic):
    stray = make_post(make_topic(page_path="/lain/"))
    client = as_(factories.make_resident(verified_at=clock.now()))

    answer = write(client, topic, reply_to=stray.pk)

    assert answer.status_code == 422
    assert Post.objects.count() == 1


def test_markup_in_a_post_is_text(topic, rf, village):
    post = make_post(topic, body='<script>alert(1)</script> <img src=x onerror="a()">')
    client = as_(post.author)

    for address in (reverse("forums:my_posts"), reverse("forums:post_withdraw", args=[post.pk])):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_moderator_hides_and_restores_with_a_reason(topic):
    post = make_post(topic)
    moderator = as_(factories.make_official(Role.MODERATOR))
    address = reverse("forums:post_moderate", args=[post.pk])

    assert moderator.post(address, {"reason": "Tanpa tindakan."}).status_code == 422
    assert moderator.post(address, {"tindakan": "sembunyikan", "reason": ""}).status_code == 422
    assert Post.objects.get().is_readable
    moderator.post(address, {"tindakan": "sembunyikan", "reason": "Menyebut nomor HP orang lain."})
    assert not Post.objects.get().is_readable

    mine = as_(post.author).get(reverse("forums:my_posts")).content.decode()
    assert "Menyebut nomor HP orang lain." in mine
    moderator.post(address, {"tindakan": "pulihkan", "reason": "Nomornya sudah disamarkan."})
    assert Post.objects.get().is_readable


def test_a_moderator_lets_a_held_post_through(topic):
    post = topic.reply(author=factories.make_user(), body="Baru mendaftar")
    moderator = as_(factories.make_official(Role.MODERATOR))

    moderator.post(reverse("forums:post_moderate", args=[post.pk]), {"tindakan": "loloskan"})

    assert Post.objects.get().is_readable


@pytest.mark.parametrize("role", [None, Role.OPERATOR, Role.TREASURER])
def test_nobody_else_moderates(topic, role):
    post = make_post(topic)
    person = factories.make_official(role) if role else factories.make_resident()

    answer = as_(person).post(
        reverse("forums:post_moderate", args=[post.pk]),
        {"tindakan": "sembunyikan", "reason": "Saya tidak suka."},
    )

    assert answer.status_code == 403
    assert Post.objects.get().is_readable


def test_a_moderator_of_the_other_village_finds_nothing(topic, neighbour):
    post = make_post(topic)
    with village_scope(neighbour):
        stranger = factories.make_official(Role.MODERATOR)
    client = as_(stranger)
    host = {"headers": {"host": "tetangga.testserver"}}

    assert client.get(reverse("forums:post_moderate", args=[post.pk]), **host).status_code == 404
    assert client.get(reverse("forums:post_detail", args=[post.pk]), **host).status_code == 404
    assert client.get(topic.reply_url(), **host).status_code == 404
    assert client.post(reverse("forums:post_moderate", args=[post.pk]), {"reason": "x"}).status_code == 403


def test_only_its_author_withdraws_a_post(topic):
    post = make_post(topic)
    address = reverse("forums:post_withdraw", args=[post.pk])

    assert as_(factories.make_resident()).post(address).status_code == 404
    assert as_(post.author).post(address).status_code == 302
    assert as_(post.author).post(address).status_code == 302
    assert not topic.posts.published().exists()
    assert as_(factories.make_resident()).get(post.get_absolute_url()).status_code == 404

    as_(post.author).post(reverse("forums:post_resubmit", args=[post.pk]))
    assert topic.posts.published().exists()


def test_a_permalink_leads_to_the_right_page(topic, client):
    posts = [make_post(topic, body=f"Tanggapan {n}") for n in range(PAGE_SIZE + 1)]

    assert client.get(posts[0].get_absolute_url()).url == f"{topic.page_path}#tanggapan-{posts[0].pk}"
    last = posts[-1]
    assert client.get(last.get_absolute_url()).url == f"{topic.page_path}?halaman=2#tanggapan-{last.pk}"


def request_of(rf, user, **query):
    request = rf.get("/", query)
    request.user = user
    return request


def test_a_thread_shows_hidden_posts_as_gone_and_their_author_the_reason(topic, rf, village):
    from django.template.loader import render_to_string

    post, moderator = make_post(topic, body="Kata kasar"), factories.make_official(Role.MODERATOR)
    post.hide(by=moderator, reason="Terlalu kasar.")

    def thread(user):
        request = request_of(rf, user)
        return render_to_string(
            "forums/_comments.html", comments_context(request, topic) | {"user": user}, request=request
        )

    from django.contrib.auth.models import AnonymousUser

    public, own = thread(AnonymousUser()), thread(post.author)
    assert "disembunyikan moderator" in public
    assert "Kata kasar" not in public
    assert "Terlalu kasar." not in public
    assert "Terlalu kasar." in own
    assert re.search(r"Kata kasar", thread(moderator))


def test_a_thread_asks_the_same_number_of_questions_for_1_and_for_20_posts(topic, rf):
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string

    def statements():
        request = request_of(rf, AnonymousUser())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            context = comments_context(request, Topic.objects.get()) | {"user": request.user}
            render_to_string("forums/_comments.html", context, request=request)
        return len(asked)

    first = make_post(topic)
    one = statements()
    for _ in range(PAGE_SIZE - 1):
        make_post(topic, reply_to=first)

    assert statements() == one
    assert one <= 4


def test_one_reads_that_the_page_of_one_s_words_is_gone(topic):
    post = make_post(topic)
    topic.hide()

    page = as_(post.author).get(reverse("forums:my_posts")).text

    assert "Halamannya sudah diarsipkan" in page
    assert post.get_absolute_url() not in page.replace(f"{post.get_absolute_url()}tarik/", "")
