"""Pictures for the demo's articles and activities: flat landscapes of village life, drawn from a motif.

The same motif and key give the same picture on every machine; different keys vary sun, hills and colours.
"""

import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from .scene import HEIGHT, INK, KUNYIT, LEAF, PAPER, SCALE, SOGAN, WIDTH, Scene

INK_OF_PENS = "#10131a"


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


def _bamboo(scene: Scene) -> None:
    scene.ground("#9fb76a", 520)
    for x in range(110, 520, 52):
        top = scene.chance.uniform(90, 190)
        scene.line([(x, 600), (x + scene.chance.uniform(-10, 22), top)], "#6f9447", 20)
        for y in range(int(top) + 60, 590, 78):
            scene.line([(x - 11, y), (x + 15, y)], "#3f7f55", 5)
    for x, y, width in ((690, 390, 330), (690, 480, 330), (690, 570, 330)):
        scene.box(x, y, width, 16, "#c9a15f", 4)
    for x in (700, 990):
        scene.box(x, 330, 18, 290, "#a9803f", 4)
    for x in (740, 830, 910):
        scene.circle(x, 455, 24, "#d8b878")


def _loom(scene: Scene) -> None:
    scene.ground("#e4d7b5", 470)
    scene.box(170, 190, 860, 22, SOGAN, 8)
    scene.box(190, 190, 22, 430, SOGAN, 6)
    scene.box(988, 190, 22, 430, SOGAN, 6)
    for place, colour in enumerate((KUNYIT, SOGAN, "#a8261c", LEAF, "#7a4a00", "#5f9480")):
        x = 236 + place * 124
        length = 250 + scene.chance.uniform(-20, 60)
        scene.box(x, 206, 108, length, colour)
        for y in range(240, int(176 + length), 44):
            scene.line([(x + 16, y), (x + 54, y + 18), (x + 92, y)], PAPER, 5)


def _books(scene: Scene) -> None:
    scene.ground("#d9c79b", 470)
    colours = [LEAF, KUNYIT, "#a8261c", "#0b5a8a", SOGAN, "#5f9480"]
    scene.box(300, 190, 600, 410, "#8c5a2e", 8)
    for shelf in (210, 340, 470):
        scene.box(320, shelf, 560, 112, "#efe6cf")
        x = 330.0
        while x < 850:
            width = scene.chance.uniform(18, 36)
            height = scene.chance.uniform(70, 104)
            scene.box(x, shelf + 112 - height, width, height, scene.chance.choice(colours), 3)
            x += width + 5
    for x, colour in ((180, KUNYIT), (1010, LEAF)):
        scene.person(x, 640, 120, colour)


def _bins(scene: Scene) -> None:
    scene.ground("#cfd9b5", 470)
    for x, colour, lid in ((260, "#5f9a4e", LEAF), (510, KUNYIT, "#7a4a00"), (760, "#c4574d", "#a8261c")):
        scene.polygon([(x, 380), (x + 180, 380), (x + 156, 610), (x + 24, 610)], colour)
        scene.box(x - 12, 352, 204, 34, lid, 10)
        scene.box(x + 70, 336, 40, 20, lid, 6)
    scene.tree(1080, 560, 180)
    scene.person(130, 640, 160, "#0b5a8a")


def _tap(scene: Scene) -> None:
    scene.ground("#a98b5d", 480)
    scene.box(180, 330, 480, 26, "#8d8a83", 6)
    scene.box(640, 300, 74, 66, "#6d6a64", 10)
    scene.box(660, 250, 34, 54, "#a8261c", 8)
    scene.box(664, 366, 26, 44, "#6d6a64", 4)
    scene.box(671, 410, 12, 130, "#7db3c2", 6)
    scene.polygon([(600, 520), (756, 520), (736, 630), (620, 630)], "#0b5a8a")
    scene.box(606, 520, 144, 12, "#9cc7cf", 6)
    for x, colour in ((860, KUNYIT), (960, LEAF), (1040, "#a8261c")):
        scene.person(x, 640, 140, colour)
    scene.box(180, 330, 26, 300, "#8d8a83", 6)


def _gate(scene: Scene) -> None:
    """A candi bentar: the split gate before a temple, with a penjor bowing over it."""
    scene.ground("#c9b98c", 490)
    for side in (-1, 1):
        for step, (inner, outer, top) in enumerate(
            ((60, 250, 540), (60, 210, 440), (60, 170, 340), (60, 130, 240))
        ):
            colour = SOGAN if step % 2 == 0 else "#a8512a"
            edges = sorted((600 + side * inner, 600 + side * outer))
            scene.box(edges[0], top, edges[1] - edges[0], 620 - top, colour)
    scene.box(300, 600, 600, 24, "#8d8a83")
    scene.line([(960, 640), (965, 330), (930, 200), (850, 150), (800, 190)], "#c9a15f", 10)
    for x, y in ((962, 400), (958, 320), (930, 230), (870, 170)):
        scene.circle(x, y, 16, KUNYIT)
    scene.tree(150, 600, 200)


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
    "bambu": _bamboo,
    "tenun": _loom,
    "buku": _books,
    "sampah": _bins,
    "keran": _tap,
    "pura": _gate,
}


def draw(motif: str, key: str) -> bytes:
    """A JPEG of 1200 × 675 pixels. Raises KeyError for an unknown motif."""
    scene = Scene(f"{motif}/{key}")
    scene.landscape()
    MOTIFS[motif](scene)
    picture = scene.image.reduce(SCALE)
    out = BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def signature(name: str) -> bytes:
    """A PNG of 600 × 240 pixels with loops that nobody else's name gives."""
    chance = random.Random(name)
    picture = Image.new("RGBA", (600, 240))
    across, points = 40.0, []
    while across < 540:
        points.append((across, 120 + chance.uniform(-80, 80)))
        across += chance.uniform(-8, 42)
    ImageDraw.Draw(picture).line(points, INK_OF_PENS, 5, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
