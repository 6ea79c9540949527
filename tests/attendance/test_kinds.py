"""What is data of a kind of activity: unsur on offer, order of the day, rules, who signs."""

import pytest
from django.urls import reverse

from attendance.forms import GuestForm, InviteeForm
from attendance.models import Activity, ActivityKind
from attendance.models.order_of_the_day import item_of, lines_of
from attendance.roster import SheetOptions, sheet_of
from partisipasi.db import village_scope
from partisipasi.residents.models import Role, Unsur
from tests import factories
from tests.attendance.factories import make_activity, make_invitation, make_kind
from tests.attendance.test_admin import ACTIVITIES, KINDS, answers


def kind_answers(kind, *, signatories=(), **fields):
    """What the form of a kind sends."""
    told = {
        "name": kind.name,
        "order": 1,
        "sheet_title": "Daftar Hadir",
        "particulars_months": 3,
        "report_days": 7,
        "columns_0": "name",
        "quorum": "2/3",
    }
    told |= {
        "by_invitation": "on",
        "signatories-INITIAL_FORMS": 0,
        "signatories-TOTAL_FORMS": len(signatories),
    }
    for place, signatory in enumerate(signatories):
        told |= {
            f"signatories-{place}-{name}": value
            for name, value in ({"order": 0, "paper": "daftar-hadir"} | signatory).items()
        }
    return told | fields


@pytest.mark.parametrize(
    ("line", "time", "item"),
    [
        ("09.00 Pembukaan", "09.00", "Pembukaan"),
        ("09:00 – Pembukaan", "09.00", "Pembukaan"),
        ("9.00-9.30 WIB: Pembukaan", "9.00-9.30", "Pembukaan"),
        ("Pembukaan pukul 09.00", "", "Pembukaan pukul 09.00"),
        ("09.00", "", "09.00"),
        ("2.500 bibit dibagikan", "", "2.500 bibit dibagikan"),
    ],
)
def test_an_item_may_begin_with_its_time(line, time, item):
    assert item_of(line) == (time, item)


def test_lines_lose_the_numbers_typed_before_them_and_empty_ones_are_none():
    assert lines_of("1. Pembukaan\n\n  2) Laporan  \n- Doa\n-\n3 dusun melapor") == [
        "Pembukaan",
        "Laporan",
        "Doa",
        "3 dusun melapor",
    ]


def test_the_unsur_chosen_for_a_kind_are_offered_and_all_where_none_is(village):
    wanted, other = factories.make_unsur(), factories.make_unsur()
    chosen, free = make_kind(), make_kind()
    chosen.offer_unsur([wanted])

    assert list(chosen.unsur_offered) == [wanted]
    assert set(free.unsur_offered) == {wanted, other}

    activity = make_activity(kind=chosen)
    guest = GuestForm(session=activity.sessions.get())
    assert list(guest.fields["unsur"].queryset) == [wanted]
    kept = InviteeForm(invitation=make_invitation(activity, unsur=other))
    assert set(kept.fields["unsur"].queryset) == {wanted, other}


def test_desk_and_invitations_offer_the_unsur_of_the_kind(client, clerk):
    wanted, other = factories.make_unsur(name="Kelompok tani"), factories.make_unsur(name="Kelompok nelayan")
    activity = make_activity()
    activity.kind.offer_unsur([wanted])

    for name in ("desk", "invitation_list"):
        text = client.get(reverse(f"attendance:{name}", args=[activity.pk])).text
        assert "Kelompok tani" in text
        assert "Kelompok nelayan" not in text

    sent = {"name": "Sutini", "unsur": other.pk, "nonce": "7c0a4c0e-6d1e-4a0e-8a53-0a1c4f8f7d11"}
    answer = client.post(reverse("attendance:desk_walk_in", args=[activity.pk]), sent)
    assert answer.status_code == 422
    assert not activity.sessions.get().attendances.exists()


def test_a_secretary_edits_what_belongs_to_a_kind(client, clerk):
    unsur, kind = factories.make_unsur(), make_kind()
    head = {"text": "Ketua Panitia", "heading": "Mengetahui,"}

    client.post(
        f"{KINDS}{kind.pk}/change/",
        kind_answers(kind, signatories=[head], unsur=[unsur.pk], programme="Pembukaan", rules="Tertib."),
    )

    kind.refresh_from_db()
    assert (kind.programme, kind.rules) == ("Pembukaan", "Tertib.")
    assert list(kind.unsur_offered) == [unsur]
    page = client.get(f"{KINDS}{kind.pk}/change/").text
    assert f'value="{unsur.pk}" checked' in page or f'value="{unsur.pk}" id="id_unsur_0" checked' in page
    (group,) = sheet_of(make_activity(kind=kind).sessions.get(), SheetOptions()).signatures
    assert (group.heading, group.signatories[0].role) == ("Mengetahui,", "Ketua Panitia")

    factories.make_unsur()
    client.post(f"{KINDS}{kind.pk}/change/", kind_answers(kind, unsur=[]))
    assert kind.unsur_offered.count() == Unsur.objects.count() == 2


def test_another_villages_unsur_is_no_choice(client, clerk, neighbour):
    with village_scope(neighbour):
        foreign = factories.make_unsur()
    kind = make_kind()

    answer = client.post(f"{KINDS}{kind.pk}/change/", kind_answers(kind, unsur=[foreign.pk], name="Diubah"))

    assert answer.status_code == 200
    kind.refresh_from_db()
    assert kind.name != "Diubah"


def test_who_only_reads_sees_what_a_kind_offers(client, village):
    client.force_login(factories.make_official(Role.OPERATOR))
    unsur, kind = factories.make_unsur(name="Kader Posyandu"), make_kind(rules="Datang tepat waktu.")
    kind.offer_unsur([unsur])

    page = client.get(f"{KINDS}{kind.pk}/change/")

    assert page.status_code == 200
    assert "Kader Posyandu" in page.text
    assert "Datang tepat waktu." in page.text


def test_a_new_activity_begins_with_its_kinds_programme_and_rules_and_keeps_them(client, clerk):
    kind = make_kind(programme="09.00 Pembukaan\nUsulan dusun", rules="Bicara bergiliran.")

    client.post(f"{ACTIVITIES}add/", answers(kind=kind.pk))
    own = answers(kind=kind.pk, title="Lain", programme="Langsung makan", sessions=(("23-12-2026", "09.00"),))
    client.post(f"{ACTIVITIES}add/", own)
    ActivityKind.objects.update(programme="Diganti", rules="")

    first, second = Activity.objects.order_by("pk")
    assert first.programme_lines == [("09.00", "Pembukaan"), ("", "Usulan dusun")]
    assert first.rule_lines == ["Bicara bergiliran."]
    assert second.programme == "Langsung makan"


def test_residents_read_programme_and_rules(client, village):
    activity = make_activity(programme="09.00 Pembukaan\n<b>Usulan</b>", rules="1. Bicara bergiliran.")

    text = client.get(activity.get_absolute_url()).text

    assert "Susunan acara" in text
    assert "09.00" in text
    assert "&lt;b&gt;Usulan" in text
    assert "<li>Bicara bergiliran.</li>" in text
    assert "Susunan acara" not in client.get(make_activity().get_absolute_url()).text


def test_minutes_begin_with_the_order_of_the_day(client, clerk):
    activity = make_activity(programme="09.00 Pembukaan\nUsulan dusun")

    form = client.get(reverse("attendance:minutes_write", args=[activity.pk])).context["form"]

    assert [topic.value() for _, topic, _ in form.items][:2] == ["Pembukaan", "Usulan dusun"]


def test_standard_kinds_come_with_programme_and_rules(village):
    ActivityKind.objects.seed()

    musdes = ActivityKind.objects.get(code="musdes")
    assert "Pembukaan" in lines_of(musdes.programme)
    assert any("kuorum" in line for line in lines_of(musdes.rules))
