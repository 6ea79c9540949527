"""Pictures for the demo's articles and activities: flat landscapes of village life, drawn from a motif.

The same motif and key give the same picture on every machine; different keys vary sun, hills and colours.
"""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 675
SCALE = 2  # drawn twice as large and reduced, for smooth edges

SKIES = [("#f6e7c8", "#fbf4e4"), ("#dcebe6", "#f8f4e8"), ("#f3dcc6", "#faf1e2"), ("#d7e6ee", "#f7f5ee")]
HILLS = [
    ("#8fb3a0", "#5f9480", "#0d5c4d"),
    ("#a9bf95", "#7a9f6b", "#2f6b45"),
    ("#9db8ad", "#6b9a86", "#1d5f50"),
]
SUNS = ["#e7b04a", "#d98b4a", "#f0c978"]
LEAF, SOGAN, KUNYIT, PAPER, INK = "#0d5c4d", "#7b3f16", "#c47f00", "#fbfaf6", "#1b2420"


class Scene:
    """A sheet to draw on, in units of the finished picture."""

    def __init__(self, key: str) -> None:
        self.chance = random.Random(key)  # noqa: S311 - a picture, not a secret
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: list[tuple[float, float]], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        edges = [x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE]
        self.draw.rounded_rectangle(edges, radius * SCALE, fill=fill)

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        self.draw.ellipse(
            [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE],
            fill=fill,
        )

    def line(self, points: list[tuple[float, float]], fill: str, width: float) -> None:
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE), joint="curve"
        )

    def wave(self, y: float, height: float, length: float, phase: float) -> list[tuple[float, float]]:
        """The upper edge of a hill or of water, from left to right."""
        return [
            (x, y + height * math.sin(x / length + phase) + height * 0.4 * math.sin(x / length * 2.3 + phase))
            for x in range(0, WIDTH + 1, 8)
        ]

    def landscape(self) -> None:
        """Sky, sun and three ridges: what every picture stands before."""
        above, below = self.chance.choice(SKIES)
        sky = Image.linear_gradient("L").resize(self.image.size)
        self.image.paste(
            Image.composite(Image.new("RGB", sky.size, below), Image.new("RGB", sky.size, above), sky)
        )
        self.circle(
            self.chance.uniform(200, 1000), self.chance.uniform(110, 210), 62, self.chance.choice(SUNS)
        )
        for depth, colour in enumerate(self.chance.choice(HILLS)):
            phase, length = self.chance.uniform(0, 6), self.chance.uniform(150, 280)
            ridge = self.wave(300 + depth * 62, 46 - depth * 8, length, phase)
            self.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], colour)

    def tree(self, x: float, foot: float, height: float) -> None:
        self.line([(x, foot), (x, foot - height)], SOGAN, height / 14)
        for dx, dy in ((-0.2, -0.75), (0.2, -0.8), (0, -1.0), (0, -0.7)):
            self.circle(x + dx * height, foot + dy * height, height * 0.24, "#3f7f55")

    def roof(self, x: float, y: float, width: float, height: float, fill: str = SOGAN) -> None:
        """A joglo's roof: steep in the middle, wide at the eaves."""
        self.polygon(
            [
                (x, y),
                (x + width * 0.26, y - height * 0.42),
                (x + width * 0.38, y - height),
                (x + width * 0.62, y - height),
                (x + width * 0.74, y - height * 0.42),
                (x + width, y),
            ],
            fill,
        )

    def person(self, x: float, foot: float, size: float, colour: str) -> None:
        self.circle(x, foot - size * 0.86, size * 0.16, "#8a5a3c")
        self.box(x - size * 0.2, foot - size * 0.68, size * 0.4, size * 0.68, colour, size * 0.16)

    def ground(self, colour: str, y: float = 500) -> None:
        self.polygon([*self.wave(y, 8, 260, 1.0), (WIDTH, HEIGHT), (0, HEIGHT)], colour)


def _fields(scene: Scene) -> None:
    for row, colour in enumerate(["#cfd79a", "#b7c77f", "#9fb76a", "#86a556", "#6f9447"]):
        edge = scene.wave(430 + row * 48, 15, 230, row * 0.9)
        scene.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], colour)
        scene.line(edge, "#e9e3b8", 4)


def _hall(scene: Scene) -> None:
    scene.ground("#d8c9a3")
    scene.box(330, 560, 540, 22, "#b9a77c")
    for x in (372, 500, 676, 804):
        scene.box(x, 420, 24, 142, "#8c5a2e")
    scene.box(420, 440, 360, 122, "#efe6cf")
    scene.box(560, 470, 80, 92, SOGAN)
    scene.roof(280, 424, 640, 190)
    scene.tree(170, 590, 190)
    scene.tree(1040, 600, 160)


def _road(scene: Scene) -> None:
    scene.ground("#7f9f63", 440)
    scene.polygon([(560, 440), (640, 440), (980, HEIGHT), (220, HEIGHT)], "#8d8a83")
    for y, width, height in ((470, 8, 22), (520, 12, 34), (590, 18, 52)):
        scene.box(600 - width / 2, y, width, height, PAPER)
    scene.tree(190, 560, 200)
    scene.tree(1010, 540, 170)
    scene.tree(400, 480, 90)


def _clinic(scene: Scene) -> None:
    scene.ground("#cfd9b5")
    scene.box(380, 380, 440, 210, PAPER)
    scene.polygon([(340, 390), (600, 260), (860, 390)], LEAF)
    scene.box(560, 450, 80, 140, SOGAN)
    for x in (430, 690):
        scene.box(x, 440, 80, 70, "#bcd6da")
    scene.box(584, 300, 32, 76, PAPER)
    scene.box(562, 322, 76, 32, PAPER)
    for x, colour in ((250, KUNYIT), (305, "#a8261c"), (930, LEAF)):
        scene.person(x, 620, 130, colour)
    scene.person(985, 622, 84, "#0b5a8a")


def _meeting(scene: Scene) -> None:
    scene.ground("#e4d7b5", 430)
    scene.box(420, 250, 360, 200, PAPER, 8)
    scene.box(440, 270, 320, 160, "#e8f4ea", 4)
    for y, width in ((300, 220), (330, 260), (360, 180), (390, 230)):
        scene.box(470, y, width, 8, "#5f9480", 4)
    colours = [LEAF, SOGAN, KUNYIT, "#0b5a8a", "#a8261c", "#5f9480"]
    for row, (foot, size) in enumerate(((540, 110), (610, 135), (690, 165))):
        for x in range(90 + row * 40, WIDTH, 150 + row * 12):
            scene.person(x + scene.chance.uniform(-12, 12), foot, size, scene.chance.choice(colours))


def _water(scene: Scene) -> None:
    scene.ground("#86a556", 420)
    for row, colour in enumerate(["#9cc7cf", "#7db3c2", "#5f9db3"]):
        edge = scene.wave(470 + row * 62, 12, 120, row * 1.7)
        scene.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], colour)
        scene.line(edge, "#e8f3f4", 4)
    scene.box(700, 360, 26, 180, "#8d8a83")
    scene.box(860, 360, 26, 180, "#8d8a83")
    scene.box(690, 350, 206, 20, SOGAN)
    scene.box(738, 430, 110, 90, "#b9a77c")
    scene.tree(160, 470, 170)


def _school(scene: Scene) -> None:
    scene.ground("#d9c79b")
    scene.box(210, 400, 780, 180, "#f4ecd6")
    scene.polygon([(170, 404), (260, 310), (940, 310), (1030, 404)], "#a8512a")
    for x in range(260, 940, 110):
        scene.box(x, 440, 64, 70, "#bcd6da")
    scene.box(570, 440, 60, 140, SOGAN)
    scene.box(120, 300, 8, 320, "#8d8a83")
    scene.box(128, 304, 90, 30, "#a8261c")
    scene.box(128, 334, 90, 30, PAPER)
    for x, colour in ((740, LEAF), (800, KUNYIT), (855, "#0b5a8a")):
        scene.person(x, 640, 100, colour)


def _garden(scene: Scene) -> None:
    scene.ground("#a98b5d", 430)
    for row in range(4):
        y = 480 + row * 58
        scene.box(60, y, 1080, 24, "#7d5f38", 12)
        for x in range(90, 1130, 62 + row * 8):
            size = 16 + row * 5
            scene.circle(x, y - size * 0.4, size, scene.chance.choice(["#3f7f55", "#5f9a4e", "#86a556"]))
            if scene.chance.random() < 0.3:
                scene.circle(x + 6, y - size * 0.7, size * 0.3, "#a8261c")
    scene.tree(1080, 450, 160)


def _figures(scene: Scene) -> None:
    scene.ground("#efe6cf", 360)
    for x, height, colour in (
        (250, 120, "#5f9480"),
        (400, 190, LEAF),
        (550, 150, KUNYIT),
        (700, 240, SOGAN),
        (850, 90, "#8fb3a0"),
    ):
        scene.box(x, 600 - height, 100, height, colour, 4)
    scene.box(200, 600, 800, 8, INK)


def _tools(scene: Scene) -> None:
    scene.ground("#c9b98c", 470)
    for x, colour in ((260, LEAF), (430, KUNYIT), (620, "#0b5a8a"), (800, SOGAN), (960, "#a8261c")):
        foot = 600 + scene.chance.uniform(-20, 30)
        scene.person(x, foot, 150, colour)
        scene.line([(x + 34, foot), (x + 60, foot - 150)], "#6b4a2b", 7)
    scene.tree(110, 520, 190)


def _stage(scene: Scene) -> None:
    scene.ground("#d8c9a3", 470)
    scene.box(300, 300, 600, 190, "#7b3f16", 6)
    scene.box(300, 490, 600, 50, "#5d2f10", 4)
    for x in range(300, 900, 60):
        scene.polygon([(x, 290), (x + 60, 290), (x + 30, 340)], KUNYIT if x % 120 else PAPER)
    for x in range(80, WIDTH, 120):
        scene.person(x, 660, 120, scene.chance.choice([LEAF, "#0b5a8a", KUNYIT, "#5f9480"]))


def _screen(scene: Scene) -> None:
    scene.ground("#e4d7b5", 430)
    scene.box(500, 210, 210, 400, INK, 26)
    scene.box(514, 240, 182, 336, PAPER, 8)
    scene.box(514, 240, 182, 46, LEAF, 8)
    for y, width in ((310, 140), (338, 110), (386, 140), (414, 90), (462, 130), (490, 100)):
        scene.box(532, y, width, 12, "#a9bf95", 6)
    scene.person(330, 640, 190, KUNYIT)
    scene.person(880, 640, 190, "#0b5a8a")


MOTIFS: dict[str, Callable[[Scene], None]] = {
    "sawah": _fields,
    "balai": _hall,
    "jalan": _road,
    "posyandu": _clinic,
    "rapat": _meeting,
    "irigasi": _water,
    "sekolah": _school,
    "kebun": _garden,
    "anggaran": _figures,
    "kerja-bakti": _tools,
    "panggung": _stage,
    "ponsel": _screen,
}


def draw(motif: str, key: str) -> bytes:
    """A JPEG of 1200 × 675 pixels. Raises KeyError for an unknown motif."""
    scene = Scene(f"{motif}/{key}")
    scene.landscape()
    MOTIFS[motif](scene)
    picture = scene.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).filter(ImageFilter.SMOOTH)
    out = BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
