from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from partisipasi.db import village_scope
from partisipasi.ledger.models import LedgerHead
from partisipasi.village.models import Holiday, Host, Region, Village
from tests import factories
from tests.threads import at_once

PLACE = {"district": "Tirtamaya", "regency": "Purwasari Raya", "province": "Jawa Dwipa"}


def test_a_founded_village_has_its_hosts_head_and_holidays(db):
    village = Village.found(name="Sukaramah", hosts=["Sukaramah.desa.id.", "www.sukaramah.desa.id"], **PLACE)

    assert [host.name for host in village.hosts.all()] == ["sukaramah.desa.id", "www.sukaramah.desa.id"]
    with village_scope(village):
        assert LedgerHead.objects.get().number == 0
        assert Holiday.objects.exists()


@pytest.mark.parametrize(
    "host", ["", "http://a.id", "a.id:8000", "a b.id", "-a.id", "a..id", "a/b", "a@b.id", "x" * 64 + ".id"]
)
def test_what_is_no_host_name_founds_no_village(db, host):
    with pytest.raises(ValidationError):
        Village.found(name="Sukaramah", hosts=[host], **PLACE)

    assert not Village.objects.exists()


def test_a_host_leads_to_one_village_whatever_its_letters(village):
    with pytest.raises(ValidationError, match="sudah dipakai"):
        Host(village=village, name="TestServer").full_clean()


def test_the_installations_owner_founds_the_first_village_from_the_shell(db):
    out = StringIO()
    arguments = {"hosts": ["sukaramah.desa.id"], **PLACE}

    call_command("found_village", "Sukaramah", stdout=out, **arguments)

    assert "Desa Sukaramah sudah dibuat: http://sukaramah.desa.id" in out.getvalue()
    with pytest.raises(CommandError, match="sudah dipakai"):
        call_command("found_village", "Lain", **arguments)
    assert Village.objects.count() == 1


def test_a_pale_accent_and_a_strange_zone_are_refused(village):
    village.accent, village.time_zone = "#ffff00", "Europe/Berlin"

    with pytest.raises(ValidationError) as refused:
        village.full_clean()

    assert {"time_zone"} <= refused.value.message_dict.keys()
    village.time_zone = Village.Zone.WIB
    with pytest.raises(ValidationError, match="terlalu muda"):
        village.full_clean()


def test_an_absolute_address_names_the_first_host(village):
    Host.objects.create(village=village, name="lain.testserver")

    assert village.url("/kegiatan/1/") == "http://testserver:8000/kegiatan/1/"


@pytest.mark.django_db(transaction=True)
def test_who_changes_the_village_keeps_nobody_from_writing_in_it():
    village = factories.make_village()

    def write() -> bool:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            factories.make_region()
        return True

    with transaction.atomic():
        village.phone = "0281"
        village.save()
        assert at_once(village, write) == [True]


def test_regions_know_what_lies_within(village):
    hamlet, other = factories.make_region(name="Krajan"), factories.make_region(name="Wetan")
    rw = factories.make_region(level_word="RW", name="002", parent=hamlet)
    rt = factories.make_region(level_word="RT", name="001", parent=rw)

    assert rt.full_name == "RT 001/RW 002, Dusun Krajan"
    assert list(Region.objects.within(hamlet)) == [hamlet, rw, rt]
    assert list(Region.objects.top()) == [hamlet, other]
    assert rt.lies_in(hamlet)
    assert not rt.lies_in(other)


def test_a_region_that_moves_takes_its_parts_along(village):
    hamlet, other = factories.make_region(name="Krajan"), factories.make_region(name="Wetan")
    rw = factories.make_region(level_word="RW", name="002", parent=hamlet)
    rt = factories.make_region(level_word="RT", name="001", parent=rw)

    rw.parent = other
    rw.full_clean()
    rw.save()

    rt.refresh_from_db()
    assert list(Region.objects.within(other)) == [other, rw, rt]
    assert list(Region.objects.within(hamlet)) == [hamlet]


def test_a_region_is_no_part_of_itself(village):
    hamlet = factories.make_region()
    rw = factories.make_region(level_word="RW", name="002", parent=hamlet)
    hamlet.parent = rw

    with pytest.raises(ValidationError, match="dirinya sendiri"):
        hamlet.full_clean()
