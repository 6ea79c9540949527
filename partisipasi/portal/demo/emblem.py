"""The emblems of the demo's villages: a shield with mountain, field and water, in the village's own accent."""

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 300, 340
SCALE = 3  # drawn larger and reduced, for smooth edges
GOLD, PAPER, WATER, RICE = "#c47f00", "#fbfaf6", "#5f9db3", "#b7c77f"


def draw(accent: str) -> bytes:
    """A PNG with a transparent ground, 300 × 340 pixels."""
    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (0, 0, 0, 0))
    _paint(image, _shield(0), GOLD)
    _paint(image, _shield(10), PAPER)
    inside = Image.new("RGBA", image.size, PAPER)
    _landscape(ImageDraw.Draw(inside), accent)
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(_shield(18), fill=255)
    image.paste(inside, mask=mask)
    out = BytesIO()
    image.reduce(SCALE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _shield(margin: int) -> list[tuple[float, float]]:
    """The outline of the shield, `margin` pixels inside the sheet's edge."""
    left, right, top = margin, WIDTH - margin, margin
    shoulder, point = HEIGHT * 0.55, HEIGHT - margin * 1.3
    half = (right - left) / 2
    # How far down the flank, and how far from its edge.
    flank = [(step / 12, half * (1 - (1 - step / 12) ** 0.6)) for step in range(13)]
    down = [(right - inwards, shoulder + (point - shoulder) * low) for low, inwards in flank]
    up = [(left + inwards, shoulder + (point - shoulder) * low) for low, inwards in reversed(flank)]
    return [(x * SCALE, y * SCALE) for x, y in [(left, top), (right, top), *down, *up]]


def _paint(image: Image.Image, outline: list[tuple[float, float]], fill: str) -> None:
    ImageDraw.Draw(image).polygon(outline, fill=fill)


def _landscape(draw: ImageDraw.ImageDraw, accent: str) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    draw.rectangle(at((0, 0), (WIDTH, HEIGHT)), fill="#e9f0ec")
    draw.ellipse(at((112, 46), (188, 122)), fill=GOLD)
    draw.polygon(at((0, 210), (92, 104), (150, 168), (210, 92), (300, 210)), fill=accent)
    draw.rectangle(at((0, 196), (WIDTH, 252)), fill=RICE)
    for y in (208, 222, 236):
        draw.line(at((0, y), (WIDTH, y)), fill=PAPER, width=2 * SCALE)
    draw.rectangle(at((0, 252), (WIDTH, HEIGHT)), fill=WATER)
    for y in (268, 290):
        draw.line(at((0, y), (WIDTH, y)), fill=PAPER, width=3 * SCALE)
