from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.admin.activity import ActivityAdmin
from attendance.models import Activity, ActivityKind, Evidence
from partisipasi import clock, search
from partisipasi.admin.waiting import waiting_for
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Role
from tests import factories, hostile
from tests.attendance.factories import (
    make_activity,
    make_attendance,
    make_invitation,
    make_kind,
    make_minutes,
)
from tests.lock_order import somebody_elses

ACTIVITIES = "/admin/attendance/activity/"
KINDS = "/admin/attendance/activitykind/"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def clerk(village, client):
    user = factories.make_official(Role.SECRETARY, username="sekretaris")
    client.force_login(user)
    return user


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def answers(*, sessions=(("22-12-2026", "09.00"),), evidence=(), **fields):
    """What the form of an activity sends."""
    told = {"title": "Musyawarah Desa", "venue": "Balai Desa", "names_public": ""} | fields
    told |= {"sessions-TOTAL_FORMS": len(sessions), "sessions-INITIAL_FORMS": 0}
    for place, (day, hour) in enumerate(sessions):
        told |= {f"sessions-{place}-starts_at_0": day, f"sessions-{place}-starts_at_1": hour}
    told |= {"evidence-TOTAL_FORMS": len(evidence), "evidence-INITIAL_FORMS": 0}
    for place, document in enumerate(evidence):
        told |= {f"evidence-{place}-{name}": value for name, value in document.items()}
    return told


def change_answers(activity, *, evidence=(), **fields):
    session = activity.sessions.get()
    told = answers(
        sessions=(), evidence=evidence, kind=activity.kind_id, title=activity.title, venue=activity.venue
    )
    start = session.starts_local
    return (
        told
        | {
            "sessions-TOTAL_FORMS": 1,
            "sessions-INITIAL_FORMS": 1,
            "sessions-0-id": session.pk,
            "sessions-0-activity": activity.pk,
            "sessions-0-starts_at_0": f"{start:%d-%m-%Y}",
            "sessions-0-starts_at_1": f"{start:%H.%M.%S}",
        }
        | fields
    )


def upload():
    return SimpleUploadedFile("pindaian.pdf", PDF, content_type="application/pdf")


def test_a_secretary_prepares_an_activity(client, clerk):
    kind = make_kind(name="Musdes")

    client.post(f"{ACTIVITIES}add/", answers(kind=kind.pk, description="Bawa usulan pupuk."))

    activity = Activity.objects.get()
    assert activity.created_by == clerk
    assert activity.starts_at == activity.sessions.get().starts_at
    assert activity.sessions.get().day_text == "Selasa, 22 Desember 2026"
    assert activity.announced_at is None
    assert [hit.url for hit in search.find("pupuk", clerk).hits()] == [activity.get_absolute_url()]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "kosong"),
        ({"kind": "999"}, "pilihan"),
        ({"sessions": (("32-12-2026", "09.00"),)}, "tanggal"),
        ({"region": "999"}, "pilihan"),
    ],
)
def test_a_wrong_answer_makes_no_activity(client, clerk, wrong, sentence):
    response = client.post(f"{ACTIVITIES}add/", answers(**{"kind": make_kind().pk} | wrong))

    assert response.status_code == 200
    assert sentence in response.text.lower()
    assert not Activity.objects.exists()


def test_a_hamlet_head_prepares_activities_of_his_hamlet_alone(client, village):
    own, other = factories.make_region(), factories.make_region()
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=own))
    kind = make_kind()
    elsewhere = make_activity(region=other)

    for region in (other.pk, ""):
        client.post(f"{ACTIVITIES}add/", answers(kind=kind.pk, region=region))
    assert Activity.objects.get() == elsewhere
    client.post(f"{ACTIVITIES}add/", answers(kind=kind.pk, region=own.pk))

    mine = Activity.objects.get(region=own)
    assert list(client.get(ACTIVITIES).context["cl"].result_list) == [mine]
    assert client.get(f"{ACTIVITIES}{elsewhere.pk}/change/").status_code == 404


def test_an_operator_reads_and_changes_nothing(client, village):
    client.force_login(factories.make_official(Role.OPERATOR))
    activity = make_activity()

    page = client.get(f"{ACTIVITIES}{activity.pk}/change/")
    client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, title="Diubah"))

    assert page.status_code == 200
    assert "Meja presensi" not in page.text
    activity.refresh_from_db()
    assert activity.title != "Diubah"
    assert client.get(f"{ACTIVITIES}add/").status_code == 403


def test_residents_and_officials_of_other_villages_do_not_get_in(client, village, neighbour):
    activity = make_activity()
    client.force_login(factories.make_resident())
    assert client.get(ACTIVITIES).status_code == 302

    with village_scope(neighbour):
        client.force_login(factories.make_official(Role.SECRETARY))
    elsewhere = {"host": "tetangga.testserver"}
    assert client.get(ACTIVITIES, headers=elsewhere).context["cl"].result_count == 0
    assert client.get(f"{ACTIVITIES}{activity.pk}/change/", headers=elsewhere).status_code == 404


def test_the_form_leads_to_desk_invitations_and_print(client, clerk):
    activity = make_activity()

    text = client.get(f"{ACTIVITIES}{activity.pk}/change/").text

    for path in ("meja/", "undangan/", "daftar-hadir/cetak/", "batalkan/"):
        assert f"/kegiatan/{activity.pk}/{path}" in text


def test_announcing_many_says_which_lack_a_time(client, clerk):
    ready = make_activity(announced=False)
    timeless = Activity.objects.create(kind=make_kind(), title="Tanpa waktu", venue="Balai Desa")

    answer = client.post(
        ACTIVITIES, {"action": "announce", "_selected_action": [ready.pk, timeless.pk]}, follow=True
    )

    ready.refresh_from_db()
    assert ready.announced_at
    assert "Tanpa waktu: Tulis dahulu waktu kegiatan" in answer.text
    assert "1 kegiatan diumumkan." in answer.text


def test_what_was_announced_is_not_deleted(client, clerk):
    announced, draft = make_activity(), make_activity(announced=False)

    assert client.post(f"{ACTIVITIES}{announced.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{ACTIVITIES}{draft.pk}/delete/", {"post": "yes"})

    assert list(Activity.objects.all()) == [announced]


def test_a_closed_list_keeps_its_frame(client, clerk):
    activity = make_activity()
    make_attendance(activity)
    activity.close(clerk)
    start = activity.starts_at

    client.post(
        f"{ACTIVITIES}{activity.pk}/change/",
        change_answers(activity, title="Judul lain", **{"sessions-0-starts_at_0": "01-01-2020"}),
    )

    activity.refresh_from_db()
    assert activity.title != "Judul lain"
    assert activity.starts_at == activity.sessions.get().starts_at == start


def test_saving_the_form_does_not_undo_a_closing_that_came_in_between(client, clerk, monkeypatch):
    activity = make_activity()
    check = ActivityAdmin.refuse_beyond_reach

    def close_meanwhile(*args):
        with somebody_elses():
            Activity.objects.get().close(clerk)
        return check(*args)

    monkeypatch.setattr(ActivityAdmin, "refuse_beyond_reach", close_meanwhile)
    client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, title="Judul baru"))

    activity.refresh_from_db()
    assert activity.title == "Judul baru"
    assert activity.closed_at


def test_a_session_in_which_people_were_present_is_not_deleted(client, clerk):
    activity = make_activity()
    row = make_attendance(activity)

    answer = client.post(
        f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, **{"sessions-0-DELETE": "on"})
    )

    assert "objek terlindungi" in answer.text
    assert activity.sessions.get().attendances.get() == row


def test_evidence_is_stored_by_content_and_stays_internal_unless_asked(client, clerk, media):
    activity = make_activity()
    document = {"kind": "notulen", "title": "Notulen Musdes", "upload": upload()}

    client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, evidence=[document]))

    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.is_public, evidence.added_by) == ("Notulen Musdes", False, clerk)
    assert evidence.file.visibility == "internal"
    assert not Entry.objects.filter(kind="evidence.published").exists()


def test_the_form_opens_with_the_evidence_that_is_there(client, clerk, media):
    activity = make_activity()
    evidence = activity.add_evidence(upload(), kind="notulen", title="Notulen Musdes", by=clerk)

    page = client.get(f"{ACTIVITIES}{activity.pk}/change/")

    assert page.status_code == 200
    assert evidence.get_absolute_url() in page.content.decode()


def test_a_signed_list_is_not_published_by_accident(client, clerk, media):
    activity = make_activity()
    document = {"kind": "daftar-hadir", "title": "Daftar hadir", "upload": upload(), "is_public": "on"}

    refused = client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, evidence=[document]))
    assert "bertanda tangan tidak boleh publik" in refused.text
    assert not Evidence.objects.exists()
    document |= {"is_redacted": "on", "upload": upload()}
    client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, evidence=[document]))

    assert Evidence.objects.get().file.visibility == "publik"
    assert Entry.objects.filter(kind="evidence.published").count() == 1


def test_a_file_that_is_none_is_refused_with_a_sentence(client, clerk, media):
    activity = make_activity()
    page = SimpleUploadedFile("undangan.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    document = {"kind": "undangan", "title": "Undangan", "upload": page}

    answer = client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity, evidence=[document]))

    assert answer.status_code == 200
    assert not Evidence.objects.exists()


def test_public_evidence_that_is_taken_out_leaves_a_trace(client, clerk, media):
    activity = make_activity()
    evidence = activity.add_evidence(upload(), kind="undangan", title="Undangan", by=clerk, is_public=True)
    removing = {
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 1,
        "evidence-0-id": evidence.pk,
        "evidence-0-activity": activity.pk,
        "evidence-0-DELETE": "on",
    }

    client.post(f"{ACTIVITIES}{activity.pk}/change/", change_answers(activity) | removing)

    assert not Evidence.objects.exists()
    assert Entry.objects.filter(kind="evidence.withdrawn").count() == 1


def test_what_waits_leads_to_exactly_those_rows(client, clerk):
    yesterday = clock.now() - timedelta(days=1)
    waiting = make_activity(starts_at=yesterday, ends_at=yesterday + timedelta(hours=2))
    closed = make_activity(starts_at=yesterday, ends_at=yesterday + timedelta(hours=2))
    closed.close(clerk)
    make_activity()

    trays = {tray.label: tray for tray in waiting_for(clerk)}

    for label, row in (("Daftar hadir menunggu ditutup", waiting), ("Kegiatan tanpa bukti", closed)):
        assert trays[label].count == 1
        assert list(client.get(trays[label].url).context["cl"].result_list) == [row]


def test_a_closed_activity_waits_until_its_minutes_are_published_or_filed(client, clerk, media):
    lacking, written, published, filed = (make_activity() for _ in range(4))
    without = make_activity(kind=make_kind(papers=["daftar-hadir"]))
    for activity in (lacking, written, published, filed, without):
        activity.close(clerk)
    make_minutes(written, by=clerk, published=False)
    make_minutes(published, by=clerk)
    filed.add_evidence(SimpleUploadedFile("notulen.pdf", PDF), kind="notulen", title="Notulen", by=clerk)

    trays = {tray.label: tray for tray in waiting_for(clerk)}

    tray = trays["Notulen belum ditulis"]
    assert tray.count == 2
    assert set(client.get(tray.url).context["cl"].result_list) == {lacking, written}


def test_a_hamlet_heads_tray_holds_his_hamlet_alone(village):
    yesterday = clock.now() - timedelta(days=1)
    own = factories.make_region()
    for region in (own, factories.make_region(), None):
        make_activity(starts_at=yesterday, ends_at=yesterday + timedelta(hours=1), region=region)

    (tray,) = waiting_for(factories.make_official(Role.HAMLET_HEAD, region=own))

    assert tray.count == 1


@pytest.mark.parametrize(
    "stage",
    [
        "draf",
        "mendatang",
        "belum-ditutup",
        "susulan",
        "tanpa-notulen",
        "tanpa-bukti",
        "laporan-terlambat",
        "pindaian",
        "ditutup",
        "dibatalkan",
        "apa-saja",
    ],
)
def test_every_stage_can_be_asked_for(client, clerk, stage):
    make_activity()

    assert client.get(ACTIVITIES, {"tahap": stage, "q": "musyawarah"}).status_code == 200


def test_the_village_shapes_its_kinds(client, clerk):
    ActivityKind.objects.seed()
    kind = ActivityKind.objects.get(code="kerja-bakti")
    columns = {
        f"columns_{place}": name for place, name in enumerate(["number", "name", "", "remark", "signature"])
    }
    told = columns | {
        "name": "Gotong Royong",
        "order": 7,
        "sheet_title": "Daftar Hadir",
        "report_days": 7,
        "particulars_months": 3,
        "signatories-TOTAL_FORMS": 0,
        "signatories-INITIAL_FORMS": 0,
    }

    client.post(f"{KINDS}{kind.pk}/change/", told)

    kind.refresh_from_db()
    assert kind.name == "Gotong Royong"
    assert kind.columns == ["number", "name", "remark", "signature"]
    assert kind.code == "kerja-bakti"


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["number", "signature"], "Kolom nama harus ada"),
        (["name", "name"], "satu kali saja"),
        (["nik"], "nik"),
    ],
)
def test_a_sheet_without_names_or_with_unknown_columns_is_refused(client, clerk, columns, sentence):
    kind = make_kind()
    told = {f"columns_{place}": name for place, name in enumerate(columns)} | {
        "name": "Lain",
        "order": 1,
        "sheet_title": "Daftar Hadir",
        "report_days": 7,
        "signatories-TOTAL_FORMS": 0,
        "signatories-INITIAL_FORMS": 0,
    }

    answer = client.post(f"{KINDS}{kind.pk}/change/", told)

    assert sentence in answer.text
    kind.refresh_from_db()
    assert kind.name != "Lain"


def test_a_retired_kind_is_not_offered_for_new_activities(client, clerk):
    kind = make_kind(name="Kuno")
    used = make_activity(kind=kind)

    client.post(KINDS, {"action": "retire", "_selected_action": [kind.pk]})

    assert "Kuno" not in client.get(f"{ACTIVITIES}add/").text
    assert "Kuno" in client.get(f"{ACTIVITIES}{used.pk}/change/").text


def test_three_rows_cost_no_more_queries_than_one(client, clerk):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(ACTIVITIES)
        return len(queries)

    def fill():
        activity = make_activity(region=factories.make_region())
        make_invitation(activity)

    client.get(ACTIVITIES)
    fill()
    one = count()
    fill()
    fill()

    assert count() == one


def test_hostile_texts_are_only_texts_in_admin(client, clerk):
    for text in hostile.MARKUP:
        activity = make_activity(title=text, agenda=text, venue=text[:120], kind=make_kind(name=text[:80]))
    pages = client.get(ACTIVITIES), client.get(f"{ACTIVITIES}{activity.pk}/change/"), client.get(KINDS)

    for page in pages:
        assert "<script>alert(1)</script>" not in page.text
        assert "<img src=x" not in page.text


def test_a_hamlet_head_reads_the_kinds_and_changes_none(client, village):
    kind = make_kind(name="Rembuk")
    client.force_login(factories.make_official(Role.HAMLET_HEAD, region=factories.make_region()))

    assert client.get(f"{KINDS}{kind.pk}/change/").status_code == 200
    assert client.post(f"{KINDS}{kind.pk}/change/", {"name": "Diubah"}).status_code == 403
    assert client.get(f"{KINDS}add/").status_code == 403
    kind.refresh_from_db()
    assert kind.name == "Rembuk"
