"""Whether a colour can be read: contrast as WCAG 2.2 measures it. No Django in it.

Colours are hex triplets, `#0d5c4d`. Source: WCAG 2.2, relative luminance and contrast ratio.
"""

from colorsys import hls_to_rgb, rgb_to_hls

LIGHT_GROUND = "#fbfaf6"
DARK_GROUND = "#141a17"
WHITE = "#ffffff"
CALM = 0.5
"""The strongest saturation of a colour that shines from a dark ground."""

TEXT = 4.5
"""The least contrast of text against its ground (WCAG 1.4.3, level AA)."""


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white). ValueError for what is no hex triplet."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), whichever comes first."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def accent_is_readable(accent: str) -> bool:
    """May `accent` be the colour of headings on paper, and the ground of white letters?"""
    return min(contrast_ratio(accent, LIGHT_GROUND), contrast_ratio(accent, WHITE)) >= TEXT


def lightened(colour: str, *, ground: str = DARK_GROUND, least: float = 8.0) -> str:
    """`colour` made as light as is readable on a dark `ground`, its hue kept, for the dark appearance.

    Strong colours glare in the dark, so that they are a little tamed.
    """
    if contrast_ratio(colour, ground) >= least:
        return colour
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    for step in range(101):
        lighter = lightness + (1 - lightness) * step / 100
        mixed = _hex(hls_to_rgb(hue, lighter, min(saturation, CALM)))
        if contrast_ratio(mixed, ground) >= least:
            return mixed
    raise ValueError(f"Nothing is readable on {ground} at a contrast of {least}.")


def _hex(shares: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(share * 255):02x}" for share in shares)


def _channels(colour: str) -> tuple[int, int, int]:
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour} is no colour like #0d5c4d.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
