"""Who hears of articles: whoever follows one, and whoever follows all information."""

from datetime import timedelta

from partisipasi import clock
from partisipasi.residents import notices
from partisipasi.residents.models import Notice
from tests import factories
from tests.announcements.factories import make_article, make_draft


def told(user):
    return list(Notice.objects.of(user).order_by("pk").values_list("text", flat=True))


def make_follower(path="/informasi/"):
    user = factories.make_resident()
    notices.follow(user, path, "Semua informasi desa")
    return user


def test_what_is_published_is_told_once_to_who_follows_all(village):
    follower, clerk = make_follower(), make_follower()
    draft = make_draft(title="Jadwal posyandu")
    assert told(follower) == []

    draft.publish(by=clerk)
    draft.archive("Keliru.", by=clerk)
    draft.republish(by=clerk)

    assert told(follower) == ["Informasi baru: Jadwal posyandu."]
    assert told(clerk) == []


def test_old_news_taken_over_is_told_to_nobody(village):
    follower = make_follower()

    make_article(dated_at=clock.now() - timedelta(days=8))

    assert told(follower) == []


def test_a_correction_is_told_to_its_followers_once_a_day(village):
    article, clerk = make_article(title="Jadwal posyandu"), factories.make_user()
    follower = make_follower(article.get_absolute_url())

    for body in ("<p>Pukul delapan.</p>", "<p>Pukul sembilan.</p>", "<p>Pukul sembilan.</p>"):
        article.body = body
        article.revise(by=clerk)

    assert told(follower) == ["Diperbarui: Jadwal posyandu."]


def test_a_draft_is_rewritten_in_silence(village):
    draft = make_draft()
    follower = make_follower(draft.get_absolute_url())

    draft.body = "<p>Lain.</p>"
    draft.revise(by=factories.make_user())

    assert told(follower) == []
