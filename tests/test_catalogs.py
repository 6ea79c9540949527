"""The catalogs that fill what packages leave untranslated: compiled as they are written."""

from io import BytesIO

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext

from partisipasi.residents.models import Role
from tests.factories import make_official

CATALOGS = sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize("written", CATALOGS, ids=lambda path: path.parts[-3])
def test_a_catalog_is_compiled_as_it_is_written(written):
    with written.open("rb") as po, written.with_suffix(".mo").open("rb") as mo:
        fresh = BytesIO()
        write_mo(fresh, read_po(po))
        fresh.seek(0)
        assert texts(fresh) == texts(mo)


def texts(compiled):
    return sorted((str(message.id), str(message.string)) for message in read_mo(compiled) if message.id)


def test_an_empty_choice_speaks_indonesian():
    assert gettext("- Select an option -") == "– Pilih –"


def test_scripts_of_admin_speak_indonesian(client, village):
    client.force_login(make_official(Role.ADMIN))

    catalog = client.get("/admin/jsi18n/").content.decode()

    assert "Tulis waktu menurut zona %(timezone)s." in catalog
