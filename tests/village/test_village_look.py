import pytest
from django.core.exceptions import ValidationError


def test_an_accent_that_nobody_can_read_is_refused(village):
    village.accent = "#e8d21d"

    with pytest.raises(ValidationError, match="terlalu muda"):
        village.full_clean()


@pytest.mark.parametrize("accent", ["red", "#FFF", "#0d5c4", "#0d5c4d;", "url(//x)"])
def test_an_accent_that_is_no_colour_is_refused(village, accent):
    village.accent = accent

    with pytest.raises(ValidationError):
        village.full_clean()


@pytest.mark.parametrize("accent", ["", "#0d5c4d", "#7a1f3d"])
def test_a_readable_accent_or_none_is_taken(village, accent):
    village.accent = accent

    village.full_clean()
