from uuid import uuid4

from django.core.cache import caches
from django.urls import reverse

from attendance.models import Minutes
from partisipasi.db import village_scope
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.attendance.factories import WRITTEN, make_activity, make_follow_up, make_minutes


def address(activity, name="minutes_write"):
    return reverse(f"attendance:{name}", args=[activity.pk])


def sent(version=0, **told):
    return {
        "version": version,
        "nonce": str(uuid4()),
        "chaired_by": "Slamet",
        "noted_by": "Retno",
        "topic-0": "Pembukaan",
        "said-0": "Dibuka oleh Ketua BPD.",
        "topic-1": "",
        "said-1": "",
        "resolution-0": "Lampu dipasang di delapan titik.",
        "resolution-1": "",
    } | told


def test_the_clerk_writes_minutes_and_goes_on_with_more_lines(client, clerk):
    activity = make_activity()

    response = client.post(address(activity), sent(lagi="1"))

    assert response.headers["Location"] == address(activity)
    assert Minutes.objects.get().writing.items == (("Pembukaan", "Dibuka oleh Ketua BPD."),)
    page = client.get(address(activity)).text
    assert "Butir acara 4" in page
    assert "Butir acara 5" not in page


def test_what_lacks_its_topic_stays_in_the_form(client, clerk):
    activity = make_activity()

    response = client.post(address(activity), sent(**{"said-1": "Panjang lebar."}))

    assert response.status_code == 422
    assert "Tulis acaranya" in response.text
    assert "Panjang lebar." in response.text
    assert not Minutes.objects.exists()


def test_who_was_overtaken_keeps_his_text_and_may_save_over_what_he_has_seen(client, clerk):
    activity = make_activity()
    make_minutes(activity, published=False)

    response = client.post(address(activity), sent(version=0))

    assert response.status_code == 409
    assert "Orang lain baru saja menyimpan" in response.text
    assert "Lampu dipasang di delapan titik." in response.text
    assert "Warga meminta lampu jalan didahulukan." in response.text
    assert Minutes.objects.get().writing == WRITTEN
    assert 'name="version" value="1"' in response.text
    client.post(address(activity), sent(version=1))
    assert Minutes.objects.get().writing.resolutions == ("Lampu dipasang di delapan titik.",)


def test_a_published_text_asks_for_a_reason(client, clerk):
    activity = make_minutes().activity

    response = client.post(address(activity), sent(version=1, **{"resolution-1": "Talut selesai."}))
    assert response.status_code == 422
    assert "Tulis mengapa" in response.text

    client.post(
        address(activity), sent(version=1, reason="Salah tulis.", **{"resolution-1": "Talut selesai."})
    )
    client.logout()
    page = client.get(address(activity, "minutes_detail")).text
    assert "Salah tulis." in page
    assert "Lampu dipasang di delapan titik." in page


def test_a_resolution_that_is_out_is_not_emptied(client, clerk):
    activity = make_minutes().activity

    response = client.post(address(activity), sent(version=1, reason="Salah."))

    assert response.status_code == 422
    assert "tidak dapat dihapus" in response.text


def test_minutes_are_published_on_the_second_tap_and_read_by_everybody(client, clerk):
    activity = make_activity()
    activity.close(clerk)
    make_minutes(activity, published=False)

    assert "Terbitkan notulen?" in client.get(address(activity, "minutes_publish")).text
    client.post(address(activity, "minutes_publish"), {"version": 1})

    client.logout()
    page = client.get(address(activity, "minutes_detail")).text
    assert "Warga meminta lampu jalan didahulukan." in page
    assert "Talut Dusun Krajan diselesaikan." in page
    page = client.get(activity.get_absolute_url()).text
    assert "Talut Dusun Krajan diselesaikan." in page
    assert address(activity, "minutes_detail") in page


def test_a_draft_is_read_by_those_who_write_it(client, clerk):
    activity = make_minutes(published=False).activity

    assert "Warga meminta" in client.get(address(activity, "minutes_detail")).text
    client.logout()
    assert client.get(address(activity, "minutes_detail")).status_code == 404
    assert "Talut Dusun Krajan" not in client.get(activity.get_absolute_url()).text


def test_what_was_not_looked_at_is_not_published(client, clerk):
    activity = make_activity()
    activity.close(clerk)
    make_minutes(activity, published=False)

    for version in ("7", "", "-1", "x"):
        client.post(address(activity, "minutes_publish"), {"version": version})

    assert Minutes.objects.get().published_at is None


def test_an_operator_writes_but_does_not_publish(client, village):
    client.force_login(factories.make_official(Role.OPERATOR))
    activity = make_activity()

    assert client.post(address(activity), sent()).status_code == 302
    assert client.post(address(activity, "minutes_publish"), {"version": 1}).status_code == 404


def test_a_hamlet_head_writes_for_his_hamlet_alone(client, village):
    hamlet = factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=hamlet))

    assert client.post(address(make_activity(region=hamlet)), sent()).status_code == 302
    assert client.post(address(make_activity()), sent()).status_code == 404
    assert client.post(address(make_activity(region=factories.make_region())), sent()).status_code == 404


def test_residents_strangers_and_neighbours_write_nothing(client, village, neighbour):
    activity = make_activity()
    with village_scope(neighbour):
        elsewhere = factories.make_official(Role.SECRETARY)
    for user in (factories.make_resident(), elsewhere):
        client.force_login(user)
        assert client.post(address(activity), sent()).status_code == 404
    client.logout()
    assert client.post(address(activity), sent()).status_code == 302
    assert not Minutes.objects.exists()


def test_whatever_is_typed_is_shown_as_text(client, clerk):
    activity = make_activity()
    activity.close(clerk)
    told = {f"resolution-{place}": text for place, text in enumerate(hostile.MARKUP)}

    client.post(address(activity), sent(**told, **{"said-0": hostile.MARKUP[0]}))
    client.post(address(activity, "minutes_publish"), {"version": 1})

    for shown in (activity.get_absolute_url(), address(activity, "minutes_detail")):
        page = client.get(shown).text
        assert not [text for text in hostile.MARKUP[:4] if text in page]


def test_more_resolutions_and_tasks_cost_no_more(client, village, django_assert_max_num_queries):
    minutes = make_minutes()
    for _ in range(3):
        make_follow_up(minutes)
        make_follow_up(minutes, responsible=factories.make_body())

    for page in (minutes.activity.get_absolute_url(), minutes.get_absolute_url()):
        caches["pages"].clear()
        with django_assert_max_num_queries(8):
            client.get(page)


def test_agreement_is_set_whatever_was_typed(client, clerk):
    activity = make_activity(starts_at=None)
    activity.close(clerk)
    told = {f"resolution-{place}": text for place, text in enumerate(hostile.TYPST)}
    client.post(address(activity), sent(**told))
    client.post(address(activity, "minutes_publish"), {"version": 1})
    client.logout()

    response = client.get(address(activity, "agreement_pdf"))

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")


def test_without_a_resolution_there_is_no_agreement(client, clerk):
    activity = make_activity()
    client.post(address(activity), sent(**{"resolution-0": ""}))

    assert client.get(address(activity, "agreement_pdf")).status_code == 404


def test_what_has_no_day_yet_has_no_paper(client, clerk):
    activity = make_activity(announced=False)
    make_minutes(activity, published=False)
    activity.sessions.all().delete()
    activity.tidy_times()

    for name in ("minutes_pdf", "report_pdf", "agreement_pdf", "agreement_docx"):
        assert client.get(address(activity, name)).status_code == 404
        assert address(activity, name) not in client.get(address(activity, "minutes_detail")).text
