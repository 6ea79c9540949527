"""Certificates: who earns one, under which number, and that they can be taken back."""

import pytest
from django.db import IntegrityError, transaction

from attendance.certificates import as_pdf
from attendance.learning import record_of
from attendance.models import Certificate, Guest, Refusal
from attendance.models.certificate import present_at
from partisipasi import clock
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Notice, Person, Role
from partisipasi.residents.privacy import erase, export
from partisipasi.village.models import LetterNumber
from tests import factories
from tests.attendance.factories import make_activity, make_certificate, make_competence, make_training
from tests.attendance.sheets import Printout
from tests.hostile import HOSTILE
from tests.threads import at_once


@pytest.fixture
def clerk(village):
    return factories.make_user()


@pytest.fixture
def course(village, clerk):
    """A training of two sittings: Sumarni came twice, Wagiman once, a guest twice; its list is closed."""
    activity = make_activity(title="Pelatihan Kompos")
    first = activity.sessions.get()
    second = activity.add_session(clock.now())
    people = {name: factories.make_person(name=name) for name in ("Sumarni", "Wagiman")}
    for session in (first, second):
        session.check_in(people["Sumarni"], by=clerk)
        session.check_in(Guest(name="Tamu Jauh"), by=clerk)
    first.check_in(people["Wagiman"], by=clerk)
    training = make_training(
        activity, hours=6, sessions_needed=2, competences=[make_competence("Pengomposan")]
    )
    activity.close(clerk)
    return training


def names(certificates):
    return sorted(certificates.values_list("name", flat=True))


def test_whoever_came_often_enough_gets_one_and_the_others_none(course, clerk):
    given = Certificate.objects.issue(course, clerk)

    assert given == 2
    assert names(Certificate.objects.all()) == ["Sumarni", "Tamu Jauh"]
    one = Certificate.objects.get(name="Sumarni")
    assert (one.title, one.hours, one.competences) == ("Pelatihan Kompos", 6, ["Pengomposan"])
    assert Entry.objects.get(kind="certificates.issued").facts["count"] == 2


def test_giving_twice_is_giving_once(course, clerk):
    Certificate.objects.issue(course, clerk)

    assert Certificate.objects.issue(course, clerk) == 0
    assert LetterNumber.objects.filter(book="sertifikat").count() == 2
    assert Entry.objects.filter(kind="certificates.issued").count() == 1


def test_while_the_list_is_open_nobody_gets_one(village, clerk):
    with pytest.raises(Refusal, match="Tutup dahulu"):
        Certificate.objects.issue(make_training(), clerk)


def test_who_led_is_no_participant(course, clerk):
    course.leaders.create(person=Person.objects.get(name="Sumarni"))

    Certificate.objects.issue(course, clerk)

    assert names(Certificate.objects.all()) == ["Tamu Jauh"]


def test_two_guests_of_one_name_are_two(village, clerk):
    activity = make_activity()
    session = activity.sessions.get()
    session.check_in(Guest(name="Siti"), by=clerk)
    session.check_in(Guest(name="siti "), by=clerk)

    assert [each.sessions for each in present_at(make_training(activity))] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_when_two_trainings_give_at_the_same_moment(village):
    clerk, trainings = factories.make_user(), []
    for _ in range(2):
        activity = make_activity()
        for place in range(4):
            activity.sessions.get().check_in(Guest(name=f"Peserta {place}"), by=clerk)
        trainings.append(make_training(activity))
        activity.close(clerk)

    acts = [lambda one=one: Certificate.objects.issue(one, clerk) for one in [*trainings, trainings[0]]]
    outcomes = at_once(village, *acts)

    assert sorted(outcomes) == [0, 4, 4]
    given = LetterNumber.objects.filter(book="sertifikat").values_list("number", flat=True)
    assert sorted(given) == list(range(1, 9))
    assert len(set(Certificate.objects.values_list("number", flat=True))) == 8


def test_the_database_refuses_a_second_that_counts(course, clerk):
    Certificate.objects.issue(course, clerk)
    one = Certificate.objects.get(name="Sumarni")
    one.pk, one.number, one.code = None, "lain", "AAABBBCCC"

    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_its_holder_is_told_and_reads_why_it_was_taken_back(village, clerk):
    user = factories.make_resident()
    certificate = make_certificate(user=user)

    certificate.withdraw("Salah tulis nama.", clerk)
    certificate.withdraw("Lagi.", clerk)

    texts = list(
        Notice.objects.filter(recipient=user, kind="certificate")
        .order_by("pk")
        .values_list("text", flat=True)
    )
    assert [text.split(":")[0] for text in texts] == [
        "Sertifikat Anda sudah terbit",
        "Sertifikat Anda ditarik",
    ]
    assert "Salah" not in " ".join(texts)
    assert certificate.withdrawn_reason == "Salah tulis nama."
    assert Entry.objects.filter(kind="certificate.withdrawn").count() == 1
    assert "Salah" not in str(Entry.objects.get(kind="certificate.withdrawn").facts)


def test_what_was_withdrawn_is_not_given_again_by_itself(village, clerk):
    certificate = make_certificate()
    certificate.withdraw("Keliru.", clerk)

    assert Certificate.objects.issue(certificate.training, clerk) == 0


def test_given_anew_it_has_another_number_and_the_old_one_counts_no_more(village, clerk):
    certificate = make_certificate(user=factories.make_resident())

    fresh = certificate.reissue("Sumarni Widodo", "Nama kurang lengkap.", clerk)
    again = certificate.reissue("Lain lagi", "Dua kali.", clerk)

    certificate.refresh_from_db()
    assert fresh == again
    assert certificate.withdrawn_at
    assert (fresh.name, fresh.replaces, fresh.person) == ("Sumarni Widodo", certificate, certificate.person)
    assert fresh.number != certificate.number
    assert fresh.code != certificate.code


def test_what_the_training_says_later_changes_no_certificate(village):
    certificate = make_certificate()

    certificate.training.competences.set([make_competence("Lain")])
    certificate.training.hours = 99
    certificate.training.save()

    certificate.refresh_from_db()
    assert certificate.hours == 4
    assert "Lain" not in certificate.competences


# Who is forgotten


def test_a_forgotten_holder_leaves_a_number_without_a_name(village, clerk):
    user = factories.make_resident("sukarni", name="Sukarni Widodo")
    person = Person.objects.of(user)
    certificate = make_certificate(user=user)
    assert certificate.number in str(export(user))

    erase(person)

    certificate.refresh_from_db()
    assert (certificate.person, certificate.name) == (None, "")
    assert Certificate.objects.issue(certificate.training, clerk) == 0
    with pytest.raises(Refusal):
        certificate.reissue("Sukarni", "Minta lagi.", clerk)


# One's own record


def test_a_record_adds_up_what_somebody_learnt_and_led(course, clerk):
    Certificate.objects.issue(course, clerk)
    make_training(title="Belum ditutup").leaders.create(person=Person.objects.get(name="Wagiman"))

    sumarni, wagiman = (record_of(Person.objects.get(name=name)) for name in ("Sumarni", "Wagiman"))

    assert (sumarni.hours, sumarni.competences) == (6, ["Pengomposan"])
    assert (wagiman.hours, wagiman.competences) == (3, [])
    assert [str(each.training) for each in wagiman.led] == ["Belum ditutup"]
    assert not sumarni.led


def test_what_is_not_closed_yet_is_in_no_record(village, clerk):
    person = factories.make_person()
    training = make_training()
    training.activity.sessions.get().check_in(person, by=clerk)

    assert not record_of(person).learnt


# On paper


def test_each_certificate_is_a_page_with_number_name_days_in_words_and_code(course, clerk):
    factories.make_official(Role.VILLAGE_HEAD, username="lurah")
    Certificate.objects.issue(course, clerk)

    printout = Printout(as_pdf(list(Certificate.objects.order_by("name"))))

    assert len(printout.pages) == 2
    for page, certificate in zip(printout.texts, Certificate.objects.order_by("name"), strict=True):
        said = " ".join(page.split())
        for words in (
            certificate.name,
            certificate.number,
            certificate.written_code,
            "Pelatihan Kompos",
            "Lurah",
        ):
            assert words in said
        assert "(enam) jam pelajaran" in said
        assert "tahun dua ribu" in said
        assert "DITARIK" not in said


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.strip()])
def test_whatever_is_typed_prints_as_text_on_one_page(village, text):
    certificate = Certificate(
        name=text[:120],
        title=text[:200],
        began_on=clock.today(),
        ended_on=clock.today(),
        hours=4,
        competences=[text[:80]] * 6,
        number=text[:120],
        code="K7M2QX9RD",
        issued_on=clock.today(),
        issued_at=clock.now(),
    )

    assert len(Printout(as_pdf([certificate])).pages) == 1
