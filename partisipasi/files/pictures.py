"""Photos made fit for a page: upright, small, in sRGB, and without anything that tells where they were taken."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageOps, features

from .recognition import JPEG, PNG, WEBP, Refused

LONGEST_SIDE = 1600
PREVIEW_SIDE = 480
# Longest sides of the versions for pages: a phone, a sharp phone, a sharp screen.
VERSION_SIDES = (480, 800, 1200)
# JPEG decodes at a fraction of its size; the others must unfold whole into memory.
MAX_PIXELS = {JPEG: 60_000_000, PNG: 25_000_000, WEBP: 25_000_000}

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80, "method": 4},
    "AVIF": {},
}
# Speed 9 of 10 takes a tenth of a second for all sizes and is still smaller than WebP for photographs.
_VERSION_SAVING: dict[str, dict[str, Any]] = {
    "avif": {"quality": 55, "speed": 9},
    "webp": {"quality": 75, "method": 2},
}
if not features.check("avif"):  # a Pillow that was built without it
    del _VERSION_SAVING["avif"]


@dataclass(frozen=True)
class Picture:
    """A picture newly drawn from an upload, and its small version in WebP."""

    content: bytes
    width: int
    height: int
    preview: bytes


def redraw(content: bytes, kind: str, longest_side: int = LONGEST_SIDE) -> Picture:
    """Draw the picture anew: only its pixels come along. Raises Refused for broken and monstrous ones."""
    try:
        image = _upright(content, kind, longest_side)
    except Refused:
        raise
    except Exception:  # Pillow's decoders raise nearly everything on hostile input
        raise Refused("Gambar ini rusak, sehingga tidak dapat dibuka.") from None
    small = image.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return Picture(
        content=_saved(image, _FORMATS[kind]),
        width=image.width,
        height=image.height,
        preview=_saved(small, "WEBP", quality=72),
    )


@dataclass(frozen=True)
class Version:
    """A picture as `form` ("avif" or "webp"), `width` pixels wide."""

    form: str
    width: int
    content: bytes


def versions(content: bytes, small_width: int) -> list[Version]:
    """A picture drawn by `redraw` in the sizes and formats of a page; its small WebP version is there already."""
    image = Image.open(io.BytesIO(content))
    drawn = []
    for side in _sides(image):
        sized = image.copy()
        sized.thumbnail((side, side), Image.Resampling.LANCZOS)
        for form in _VERSION_SAVING:
            if form == "avif" or sized.width > small_width:
                drawn.append(Version(form, sized.width, _saved(sized, form.upper(), **_VERSION_SAVING[form])))
    return drawn


def _sides(image: Image.Image) -> list[int]:
    longest = min(max(image.size), VERSION_SIDES[-1])
    return [side for side in VERSION_SIDES if side < longest] + [longest]


def _upright(content: bytes, kind: str, longest_side: int) -> Image.Image:
    opened = Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])
    if opened.width * opened.height > MAX_PIXELS[kind]:
        raise Refused(f"Gambar ini terlalu besar. Paling besar {MAX_PIXELS[kind] // 1_000_000} megapiksel.")
    # Ask for no less than twice the wanted size, so that scaling down still has something to smooth.
    opened.draft(None, (longest_side * 2, longest_side * 2))
    image: Image.Image = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    image = _in_plain_mode(image, kind)
    image = _in_srgb(image, profile)
    image.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _in_plain_mode(image: Image.Image, kind: str) -> Image.Image:
    if kind != JPEG and image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode == "L" else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as a plain screen shows them, since the profile that explains them is left behind."""
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _saved(image: Image.Image, name: str, **saving: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, name, **_SAVING[name] | saving)
    return out.getvalue()
