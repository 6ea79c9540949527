"""The cast of the tests: two villages from the first test on, and the people in them."""

from collections.abc import Iterator

import pytest

from partisipasi.db import village_scope
from partisipasi.village.models import Village
from tests import factories


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    """Our village, reached as `testserver` and in scope for the whole test."""
    ours = factories.make_village(name="Sukaramah", host="testserver")
    with village_scope(ours):
        yield ours


@pytest.fixture
def neighbour(village: Village) -> Village:
    """The other village of the installation, reached as `tetangga.testserver`; not in scope."""
    return factories.make_village(name="Tetangga", host="tetangga.testserver")
