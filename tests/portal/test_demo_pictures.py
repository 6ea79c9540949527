"""The demo's pictures: every motif can be drawn, and the same key gives the same picture."""

from io import BytesIO

import pytest
from PIL import Image

from partisipasi.portal.demo import pictures


@pytest.mark.parametrize("motif", pictures.MOTIFS)
def test_a_motif_becomes_a_wide_jpeg_of_modest_size(motif):
    drawn = pictures.draw(motif, "kunci")

    with Image.open(BytesIO(drawn)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1200, 675)
    assert len(drawn) < 120_000


def test_the_same_key_draws_the_same_and_another_key_another():
    once = pictures.draw("rapat", "satu")

    assert pictures.draw("rapat", "satu") == once
    assert pictures.draw("rapat", "dua") != once


def test_an_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        pictures.draw("naga", "satu")
