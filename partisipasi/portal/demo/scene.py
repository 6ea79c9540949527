"""The sheet on which the demo's pictures are drawn: sky, sun, ridges, and the figures that stand before them."""

import math
import random

from PIL import Image, ImageDraw

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
        self.chance = random.Random(key)
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
