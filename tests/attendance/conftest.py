import pytest

from partisipasi.residents.models import Role
from tests import factories


@pytest.fixture
def clerk(village, client):
    """The secretary, signed in; some tests have a clerk of their own."""
    user = factories.make_official(Role.SECRETARY)
    client.force_login(user)
    return user
