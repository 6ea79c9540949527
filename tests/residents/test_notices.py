"""Who is told what: once, in his own village, and nobody of what he did himself."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.residents import notices, privacy
from partisipasi.residents.models import Follow, Notice, NoticePreference, Person, Role
from tests import factories
from tests.hostile import HOSTILE
from tests.threads import at_once

PAGE = "/kegiatan/7/"
# Saturday, 10.00 in WIB.
MORNING = datetime(2026, 8, 15, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kind():
    notices.register_kind("uji", "Uji coba")


def confirm_address(user, address="warga@contoh.example"):
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)


def texts_of(user):
    return list(Notice.objects.of(user).newest_first().values_list("text", flat=True))


def test_a_resident_is_told_and_whoever_did_it_is_not(village):
    asker, answerer = factories.make_resident(), factories.make_resident()

    told = notices.tell([asker, answerer], "uji", "Laporan Anda dijawab.", path="/aspirasi/7/", but=answerer)

    assert told == 1
    assert texts_of(asker) == ["Laporan Anda dijawab."]
    assert texts_of(answerer) == []


def test_who_is_named_twice_is_told_once(village):
    user = factories.make_resident()

    notices.tell([user, user], "uji", "Rapat besok.", path=PAGE)

    assert len(texts_of(user)) == 1


def test_with_a_key_a_thing_is_told_once_however_often_it_is_called(village):
    first, second = factories.make_resident(), factories.make_resident()
    notices.tell([first], "uji", "Rapat besok.", path=PAGE, key="kegiatan:7:besok")

    told = notices.tell([first, second], "uji", "Rapat besok.", path=PAGE, key="kegiatan:7:besok")

    assert told == 1
    assert len(texts_of(first)) == len(texts_of(second)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_due_jobs_at_the_same_moment_tell_each_once(village):
    users = [factories.make_resident() for _ in range(5)]

    def tell():
        return notices.tell(reversed(users), "uji", "Rapat besok.", path=PAGE, key="kegiatan:7:besok")

    outcomes = at_once(village, tell, tell)

    assert all(isinstance(outcome, int) for outcome in outcomes)
    assert Notice.objects.count() == 5


def test_a_notice_stays_in_its_village(village, neighbour):
    user = factories.make_resident()
    with village_scope(neighbour):
        notices.follow(user, PAGE, "Rapat tetangga")

    notices.tell_followers(PAGE, "uji", "Rapat besok.")
    notices.tell([user], "uji", "Kabar desa sendiri.", path="/informasi/")

    assert texts_of(user) == ["Kabar desa sendiri."]
    with village_scope(neighbour):
        assert texts_of(user) == []


def test_followers_are_told_until_they_give_it_up(village):
    user = factories.make_resident()
    notices.follow(user, f"{PAGE}?halaman=2#tanggapan-9", "Musyawarah")
    notices.follow(user, PAGE, "Musyawarah")
    assert notices.is_following(user, PAGE)
    notices.tell_followers(PAGE, "uji", "Yang pertama.", path="/forum/tanggapan/1/")

    notices.unfollow(user, PAGE)
    notices.tell_followers(PAGE, "uji", "Yang kedua.")

    assert texts_of(user) == ["Yang pertama."]
    assert not notices.is_following(user, PAGE)


def test_who_takes_part_follows_unless_he_gave_it_up(village):
    user = factories.make_resident()
    notices.follow_by_taking_part(user, PAGE, "Musyawarah")
    assert notices.is_following(user, PAGE)

    notices.unfollow(user, PAGE)
    notices.follow_by_taking_part(user, PAGE, "Musyawarah")
    assert not notices.is_following(user, PAGE)

    notices.follow(user, PAGE, "Musyawarah")
    assert notices.is_following(user, PAGE)
    assert Follow.objects.count() == 1


def test_what_others_were_told_of_a_person_goes_when_he_is_forgotten(village):
    siti, reader = factories.make_resident("siti"), factories.make_resident()
    notices.tell([reader], "uji", "Siti menanggapi topik Anda.", path=PAGE, but=siti)
    notices.tell([reader], "uji", "Rapat besok.", path=PAGE)

    privacy.erase(Person.objects.get(user=siti))

    assert texts_of(reader) == ["Rapat besok."]


def test_officials_are_told_where_their_office_reaches(village):
    hamlet, other = factories.make_region(), factories.make_region()
    clerk = factories.make_official(Role.SECRETARY)
    head = factories.make_official(Role.HAMLET_HEAD, region=hamlet)
    factories.make_official(Role.HAMLET_HEAD, region=other)
    factories.make_official(Role.MODERATOR)
    factories.make_official(Role.SECRETARY, until_on="2020-02-01")
    rt = factories.make_region(parent=hamlet, level_word="RT")

    notices.tell_officials("residents.verify_person", "uji", "Ada yang menunggu.", path="/admin/", region=rt)
    notices.tell_officials("residents.verify_person", "uji", "Seluruh desa.", path="/admin/")

    told = set(Notice.objects.values_list("recipient", "text"))
    assert told == {
        (clerk.pk, "Ada yang menunggu."),
        (head.pk, "Ada yang menunggu."),
        (clerk.pk, "Seluruh desa."),
    }


def test_a_switched_off_kind_and_a_closed_account_are_not_told(village):
    tired, gone = factories.make_resident(), factories.make_user(is_active=False)
    NoticePreference.choose(tired, mail="tidak", off=["uji"])

    assert notices.tell([tired, gone], "uji", "Rapat besok.", path=PAGE) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize("path", ["https://jahat.example/", "//jahat.example/", "kegiatan/7/", ""])
def test_a_notice_never_leads_out_of_the_portal(village, path):
    with pytest.raises(ValueError, match="page of the portal"):
        notices.tell([factories.make_resident()], "uji", "Rapat besok.", path=path)


def test_a_kind_that_nobody_declared_is_a_mistake(village):
    with pytest.raises(KeyError):
        notices.tell([factories.make_resident()], "entah", "Rapat besok.", path=PAGE)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_told_is_one_printable_line(village, text):
    user = factories.make_resident()

    notices.tell([user], "uji", f"Topik “{text}” ditanggapi.", path=PAGE)

    (told,) = texts_of(user)
    assert len(told) <= 300
    assert told.isprintable() or not {"\n", "\r", "\x00"} & set(told)


@pytest.mark.parametrize(
    ("mail", "moment", "expected"),
    [
        ("segera", MORNING, MORNING),
        ("harian", MORNING, datetime(2026, 8, 15, 23, tzinfo=UTC)),
        ("harian", datetime(2026, 8, 14, 22, 59, tzinfo=UTC), datetime(2026, 8, 14, 23, tzinfo=UTC)),
        ("mingguan", MORNING, datetime(2026, 8, 16, 23, tzinfo=UTC)),
        ("mingguan", datetime(2026, 8, 16, 23, tzinfo=UTC), datetime(2026, 8, 23, 23, tzinfo=UTC)),
        ("tidak", MORNING, None),
    ],
)
def test_mail_goes_out_as_chosen_by_the_villages_own_clock(village, mail, moment, expected):
    user = factories.make_resident()
    confirm_address(user)
    NoticePreference.choose(user, mail=mail)

    with clock.at(moment):
        notices.tell([user], "uji", "Rapat besok.", path=PAGE)

    assert Notice.objects.get().mail_at == expected


def test_morning_is_the_villages_own(village):
    user = factories.make_resident()
    confirm_address(user)
    village.time_zone = "Asia/Jayapura"
    NoticePreference.choose(user, mail="harian")

    with clock.at(MORNING):
        notices.tell([user], "uji", "Rapat besok.", path=PAGE)

    assert Notice.objects.get().mail_at == datetime(2026, 8, 15, 21, tzinfo=UTC)


def test_only_a_confirmed_address_gets_mail(village):
    user = factories.make_resident()
    EmailAddress.objects.create(user=user, email="entah@contoh.example", verified=False, primary=True)

    notices.tell([user], "uji", "Rapat besok.", path=PAGE)

    assert Notice.objects.get().mail_at is None


def test_a_new_choice_holds_for_what_waits_already(village):
    user = factories.make_resident()
    confirm_address(user)
    NoticePreference.choose(user, mail="mingguan")
    notices.tell([user], "uji", "Rapat besok.", path=PAGE)

    NoticePreference.choose(user, mail="tidak")

    assert Notice.objects.get().mail_at is None


def test_telling_many_takes_as_many_statements_as_telling_one(village, django_assert_num_queries):
    users = [factories.make_resident() for _ in range(5)]
    with django_assert_num_queries(3):
        notices.tell(users[:1], "uji", "Rapat besok.", path=PAGE)
    with django_assert_num_queries(3):
        notices.tell(users, "uji", "Rapat besok.", path=PAGE)
