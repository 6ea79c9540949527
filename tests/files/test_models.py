import pytest

from partisipasi.files.models import StoredFile


@pytest.mark.parametrize(("width", "height", "small"), [(640, 480, 480), (480, 960, 240), (100, 50, 100)])
def test_a_browser_may_choose_between_two_widths(village, width, height, small):
    stored = StoredFile(sha256="a" * 64, extension=".jpg", width=width, height=height)

    assert stored.srcset == f"{stored.preview_url} {small}w, {stored.public_url()} {width}w"
