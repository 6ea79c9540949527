import io

import pytest
from PIL import Image, ImageCms

from partisipasi.files import pictures
from partisipasi.files.pictures import redraw
from partisipasi.files.recognition import JPEG, PNG, WEBP, Refused

from . import makers


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photo_loses_where_and_by_whom_it_was_taken():
    photo = makers.photo_with_position()
    assert opened(photo).getexif().get_ifd(0x8825)

    drawn = redraw(photo, JPEG)

    for content in (drawn.content, drawn.preview):
        assert not dict(opened(content).getexif())
        assert not {"exif", "comment", "icc_profile", "xmp"} & opened(content).info.keys()
        assert b"PhoneOfWarga" not in content
        assert b"rumah pelapor" not in content


def test_a_photo_taken_on_its_side_stands_upright():
    drawn = redraw(makers.photo_with_position(), JPEG)

    assert (drawn.width, drawn.height) == (32, 64)
    red, _, blue = opened(drawn.content).convert("RGB").getpixel((16, 8))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(("kind", "form"), [(JPEG, "JPEG"), (PNG, "PNG"), (WEBP, "WEBP")])
def test_a_large_picture_becomes_small_and_keeps_its_kind(kind, form):
    drawn = redraw(makers.picture(form, size=(2400, 1200)), kind)

    assert opened(drawn.content).format == form
    assert opened(drawn.content).size == (drawn.width, drawn.height) == (1600, 800)
    assert opened(drawn.preview).format == "WEBP"
    assert opened(drawn.preview).size == (480, 240)


def test_a_picture_with_clear_parts_keeps_them():
    drawn = redraw(makers.picture("PNG", mode="RGBA"), PNG)

    assert opened(drawn.content).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_pictures_for_printers_and_scanners_are_drawn_too(mode):
    out = io.BytesIO()
    Image.new(mode, (40, 40)).save(out, "JPEG")

    assert opened(redraw(out.getvalue(), JPEG).content).mode in {"RGB", "L"}


def test_colours_are_translated_before_their_profile_is_left_behind():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    drawn = redraw(makers.picture("JPEG", icc_profile=profile), JPEG)

    assert "icc_profile" not in opened(drawn.content).info


def test_the_same_photo_is_drawn_the_same():
    photo = makers.photo_with_position()

    assert redraw(photo, JPEG) == redraw(photo, JPEG)


def test_a_picture_of_too_many_points_is_refused_before_it_unfolds():
    bomb = io.BytesIO()
    Image.new("1", (8000, 8000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000

    with pytest.raises(Refused, match="25 megapiksel"):
        redraw(bomb.getvalue(), PNG)


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP])
def test_a_broken_picture_is_refused(kind):
    whole = makers.picture(pictures._FORMATS[kind], size=(300, 300))

    with pytest.raises(Refused, match="rusak"):
        redraw(whole[: len(whole) // 3], kind)


def test_versions_for_pages_are_no_larger_than_the_picture_and_keep_its_clear_parts():
    clear = io.BytesIO()
    Image.new("RGBA", (900, 1600), (0, 0, 255, 0)).save(clear, "PNG")
    drawn = redraw(clear.getvalue(), PNG)

    made = pictures.versions(drawn.content, small_width=270)

    # The small WebP is there already.
    assert [(each.form, each.width) for each in made] == [
        ("avif", 270),
        ("avif", 450),
        ("webp", 450),
        ("avif", 675),
        ("webp", 675),
    ]
    assert all(opened(each.content).mode == "RGBA" for each in made)
    tiny = redraw(makers.picture("PNG", size=(3, 3)), PNG)
    assert [(each.form, each.width) for each in pictures.versions(tiny.content, small_width=3)] == [
        ("avif", 3)
    ]
