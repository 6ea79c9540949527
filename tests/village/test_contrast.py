from colorsys import rgb_to_hls

import pytest

from partisipasi.village.contrast import (
    DARK_GROUND,
    accent_is_readable,
    contrast_ratio,
    lightened,
    luminance,
)


def test_black_on_white_is_the_strongest_contrast_there_is():
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#ffffff", "#000000") == pytest.approx(21)


def test_a_colour_does_not_stand_out_from_itself():
    assert contrast_ratio("#0d5c4d", "#0d5c4d") == 1


def test_the_ratio_of_a_known_pair_is_the_one_that_wcag_gives():
    assert contrast_ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_leaf_is_readable_and_lemon_is_not():
    assert accent_is_readable("#0d5c4d")
    assert not accent_is_readable("#e8d21d")


def test_a_colour_readable_on_white_alone_is_refused_for_paper_is_darker():
    assert contrast_ratio("#767676", "#ffffff") > 4.5

    assert not accent_is_readable("#767676")


@pytest.mark.parametrize("colour", ["#0d5c4d", "#000000", "#7a1020", "#101080"])
def test_every_dark_accent_has_a_light_one_for_the_night(colour):
    light = lightened(colour)

    assert contrast_ratio(light, DARK_GROUND) >= 8
    assert luminance(light) > luminance(colour)


def test_a_colour_that_is_light_already_stays_as_it_is():
    assert lightened("#5cc2a9") == "#5cc2a9"


@pytest.mark.parametrize("colour", ["0d5c4d", "#fff", "#gggggg", "red;}body{display:none", ""])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match=r"colour|invalid literal"):
        luminance(colour)


def test_the_leaf_stays_a_leaf_at_night():
    hue, _, saturation = rgb_to_hls(*(int(lightened("#0d5c4d")[i : i + 2], 16) / 255 for i in (1, 3, 5)))

    assert hue == pytest.approx(rgb_to_hls(0x0D / 255, 0x5C / 255, 0x4D / 255)[0], abs=0.01)
    assert saturation > 0.4
