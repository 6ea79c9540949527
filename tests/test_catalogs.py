"""The catalogs that fill what packages leave untranslated: compiled as they are written."""

from io import BytesIO

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext

CATALOGS = sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize("written", CATALOGS, ids=lambda path: path.parts[-3])
def test_a_catalog_is_compiled_as_it_is_written(written):
    with written.open("rb") as po, written.with_suffix(".mo").open("rb") as mo:
        fresh = BytesIO()
        write_mo(fresh, read_po(po))
        fresh.seek(0)
        assert {m.id: m.string for m in read_mo(fresh) if m.id} == {
            m.id: m.string for m in read_mo(mo) if m.id
        }


def test_an_empty_choice_speaks_indonesian():
    assert gettext("- Select an option -") == "– Pilih –"
