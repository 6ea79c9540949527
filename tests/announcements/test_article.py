from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from announcements.due import publish_scheduled
from announcements.models import Article, Category, ScheduleInPast
from forums.models import Topic
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry, Seal
from partisipasi.residents.models import Role
from tests.announcements.factories import make_article, make_category, make_draft
from tests.factories import make_official, make_resident, make_user
from tests.threads import at_once


def kinds_of(article):
    return list(
        Entry.objects.filter(subject=f"announcements.article:{article.pk}")
        .order_by("number")
        .values_list("kind", flat=True)
    )


def test_a_new_village_gets_categories_once(village):
    Category.objects.seed()
    first = set(Category.objects.values_list("name", flat=True))
    Category.objects.seed()

    assert "Pengumuman" in first
    assert set(Category.objects.values_list("name", flat=True)) == first
    assert Category.objects.count() == len(first)


def test_a_draft_does_not_exist_for_a_resident(village):
    draft = make_draft()

    assert draft.state == ("notice", "Draf")
    assert not Article.objects.visible_to(make_resident()).exists()
    assert not Article.objects.published().exists()
    assert kinds_of(draft) == []


def test_who_sees_articles_in_admin_sees_drafts(village):
    make_draft()

    for role in (Role.OPERATOR, Role.SECRETARY, Role.VILLAGE_HEAD, Role.SUPERVISOR):
        assert Article.objects.visible_to(make_official(role)).count() == 1
    assert Article.objects.visible_to(make_official(Role.PPID)).count() == 0


def test_publishing_opens_comments_and_is_recorded(village):
    clerk = make_official(Role.OPERATOR)
    article = make_draft(by=clerk)

    article.publish(by=clerk)

    article.refresh_from_db()
    assert article.is_published
    assert article.published_by == clerk
    assert article.topic.takes_replies
    assert article.topic.page_path == article.get_absolute_url()
    entry = Entry.objects.get(kind="article.published")
    assert entry.facts["content"] == article.content_hash()
    assert article.title not in str(entry.facts)


def test_publishing_twice_is_publishing_once(village):
    article = make_draft()
    same = Article.objects.get(pk=article.pk)

    article.publish(by=make_user())
    first = article.published_at
    same.publish(by=make_user())

    article.refresh_from_db()
    assert article.published_at == first
    assert kinds_of(article) == ["article.published"]


def test_an_older_article_keeps_its_date(village):
    before = clock.now() - timedelta(days=700)
    article = make_draft(dated_at=before)

    article.publish(by=make_user())

    assert article.published_at == before


def test_a_schedule_lies_ahead(village):
    draft = make_draft()

    with pytest.raises(ScheduleInPast):
        draft.schedule(clock.now() - timedelta(minutes=1), by=make_user())

    draft.refresh_from_db()
    assert draft.scheduled_at is None


def test_when_the_clock_moves_a_scheduled_article_appears_once(village):
    clerk = make_official(Role.OPERATOR)
    article = make_draft()
    tomorrow = clock.now() + timedelta(days=1)
    article.schedule(tomorrow, by=clerk)

    assert publish_scheduled() == 0
    with clock.at(tomorrow + timedelta(minutes=3)):
        assert publish_scheduled() == 1
        assert publish_scheduled() == 0
        article.refresh_from_db()
        assert article.is_published
        assert Article.objects.published().get() == article

    assert article.published_at == tomorrow
    assert article.published_by == clerk
    assert kinds_of(article) == ["article.published"]


def test_a_schedule_withdrawn_publishes_nothing(village):
    article = make_draft()
    tomorrow = clock.now() + timedelta(days=1)
    article.schedule(tomorrow, by=make_user())

    article.unschedule(by=make_user())

    with clock.at(tomorrow + timedelta(days=1)):
        assert publish_scheduled() == 0
    article.refresh_from_db()
    assert article.state == ("notice", "Draf")


def test_archiving_takes_the_article_and_its_comments_away(village):
    article = make_article()

    article.archive("Memuat nomor telepon warga.", by=make_user())

    article.refresh_from_db()
    assert article.state[1] == "Diarsipkan"
    assert not Article.objects.published().exists()
    assert not article.topic.takes_replies
    assert article.topic.hidden_at
    entry = Entry.objects.get(kind="article.archived")
    assert "telepon" not in str(entry.facts)
    assert Seal.objects.filter(entry=entry, name="reason").exists()


def test_an_archived_article_comes_back_as_it_was(village):
    article = make_article()
    date = article.published_at
    article.archive("Keliru.", by=make_user())

    article.republish(by=make_user())

    article.refresh_from_db()
    assert article.is_published
    assert article.published_at == date
    assert article.archived_reason == ""
    assert article.topic.takes_replies
    assert kinds_of(article) == ["article.published", "article.archived", "article.republished"]


def test_a_draft_cannot_be_archived(village):
    draft = make_draft()

    draft.archive("Tidak jadi.", by=make_user())

    draft.refresh_from_db()
    assert draft.archived_at is None
    assert not Entry.objects.filter(kind="article.archived").exists()


def test_the_database_refuses_an_archived_article_without_a_reason(village):
    article = make_article()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(archived_at=clock.now())


def test_changing_a_published_article_is_recorded_once_for_each_change(village):
    article = make_article()
    before = article.content_hash()
    article.body = "<p>Jamnya berubah menjadi pukul 10.00.</p>"

    article.revise(by=make_user())
    article.revise(by=make_user())

    entry = Entry.objects.get(kind="article.revised")
    assert entry.facts == {"before": before, "after": article.content_hash()}
    article.refresh_from_db()
    assert article.revised_at


@pytest.mark.parametrize("change", [{"reads_before": 9000}, {"dated_at": clock.now() - timedelta(days=99)}])
def test_neither_readers_nor_date_change_unseen(village, change):
    article = make_article()
    for name, value in change.items():
        setattr(article, name, value)

    article.revise(by=make_user())

    assert kinds_of(article) == ["article.published", "article.revised"]


def test_changing_a_draft_is_nobodys_business(village):
    draft = make_draft()
    draft.title = "Judul lain"

    draft.revise(by=make_user())

    assert kinds_of(draft) == []
    assert Article.objects.get().title == "Judul lain"


def test_the_address_stays_when_the_title_changes(village):
    article = make_article(title="Kerja Bakti Dusun")
    address = article.get_absolute_url()
    article.title = "Gotong Royong Dusun"

    article.revise(by=make_user())

    article.refresh_from_db()
    assert article.get_absolute_url() == address == "/informasi/kerja-bakti-dusun/"
    assert article.topic.title == "Gotong Royong Dusun"


def test_the_same_title_gets_the_next_address(village, neighbour):
    slugs = [make_draft(title="Undangan").slug for _ in range(3)]
    with village_scope(neighbour):
        elsewhere = make_draft(title="Undangan").slug

    assert slugs == ["undangan", "undangan-2", "undangan-3"]
    assert elsewhere == "undangan"


@pytest.mark.parametrize(("title", "slug"), [("ꦱꦼꦭꦩꦠ꧀", "artikel"), ("…", "artikel"), ("x" * 160, "x" * 110)])
def test_any_title_has_an_address(village, title, slug):
    assert make_draft(title=title).slug == slug


@pytest.mark.django_db(transaction=True)
def test_two_clerks_write_the_same_title_at_once(village):
    category, clerk, start = make_category(), make_user(), Barrier(4)
    failures = []

    def write():
        try:
            with village_scope(village):
                start.wait()
                make_draft(title="Musyawarah Desa", category=category, by=clerk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    clerks = [Thread(target=write) for _ in range(4)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert not failures
    assert set(Article.objects.values_list("slug", flat=True)) == {
        "musyawarah-desa",
        "musyawarah-desa-2",
        "musyawarah-desa-3",
        "musyawarah-desa-4",
    }


@pytest.mark.django_db(transaction=True)
def test_two_clerks_publish_at_once_and_it_happens_once(village):
    article, clerk, start, failures = make_draft(), make_user(), Barrier(4), []

    def publish():
        try:
            with village_scope(village):
                mine = Article.objects.get(pk=article.pk)
                start.wait()
                mine.publish(by=clerk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    clerks = [Thread(target=publish) for _ in range(4)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert not failures
    assert kinds_of(article) == ["article.published"]
    assert Topic.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_publish_what_was_scheduled_once(village):
    article = make_draft()
    article.schedule(clock.now() + timedelta(hours=1), by=make_user())

    def run():
        with clock.at(article.scheduled_at):
            return publish_scheduled()

    assert sorted(at_once(village, run, run)) == [0, 1]
    assert kinds_of(article) == ["article.published"]
    assert Topic.objects.count() == 1


def test_a_secretary_writes_and_an_operator_publishes(village):
    secretary, operator = make_official(Role.SECRETARY), make_official(Role.OPERATOR)
    draft, article = make_draft(), make_article()

    assert draft.can_be_changed_by(secretary)
    assert not draft.can_be_published_by(secretary)
    assert not article.can_be_changed_by(secretary)
    assert article.can_be_changed_by(operator)
    assert not draft.can_be_changed_by(make_official(Role.VILLAGE_HEAD))
    assert not draft.can_be_changed_by(make_resident())
