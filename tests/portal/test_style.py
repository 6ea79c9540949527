"""The look holds its promises: every part is shown, little is sent, everything can be read."""

import io
import re
from datetime import date
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from partisipasi.ledger.models import DailyHead
from partisipasi.portal import style as parts
from partisipasi.village.contrast import contrast_ratio

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
PARTIALS = sorted((settings.BASE_DIR / "templates/_partials").glob("*.html"))
STYLES = [
    "bootstrap/bootstrap-reboot.min.css",
    "css/tokens.css",
    "css/page.css",
    "css/parts.css",
    "css/forms.css",
    "css/print.css",
]
PICTURES = ["img/kawung.svg", "img/favicon.svg"]

# What text stands on, in both appearances; the ratio is WCAG's for text, or for the edges of controls.
PAIRS = [
    ("ink", "paper", 7),
    ("muted", "paper", 4.5),
    ("accent", "paper", 4.5),
    ("on-accent", "accent", 4.5),
    ("link", "paper", 4.5),
    ("link", "sheet", 4.5),
    ("sogan", "paper", 4.5),
    ("danger", "paper", 4.5),
    ("accent", "accent-wash", 4.5),
    ("muted", "neutral-wash", 4.5),
    *[(kind, f"{kind}-wash", 4.5) for kind in ("sogan", "danger", "warning", "done", "notice")],
    *[("ink", f"{kind}-wash", 7) for kind in ("sogan", "danger", "warning", "done", "notice", "neutral")],
    *[("link", f"{kind}-wash", 4.5) for kind in ("sogan", "danger", "warning", "done", "notice", "neutral")],
    ("input-line", "paper", 3),
    ("input-line", "sheet", 3),
    ("focus", "paper", 3),
]


def static_bytes(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


def sent(content: bytes) -> int:
    return len(brotli.compress(content))


def declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css))


def appearances() -> dict[str, dict[str, str]]:
    light, _, dark = static_bytes("css/tokens.css").decode().partition("@media (prefers-color-scheme: dark)")
    by_day = declared(light)
    return {"light": by_day, "dark": by_day | declared(dark)}


def six_digits(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def test_the_living_page_shows_every_part(client, village):
    shown = {template.name for template in client.get("/tentang/gaya/?name=").templates}

    missing = {f"_partials/{partial.name}" for partial in PARTIALS} - shown

    assert not missing


def test_the_living_page_exists_in_the_trial_only(client, village, settings):
    assert client.get("/tentang/gaya/?uji-coba").status_code == 200

    settings.TRIAL = False

    assert client.get("/tentang/gaya/?sungguhan").status_code == 404


def test_an_invalid_form_says_on_top_what_to_do_and_leads_to_the_field(client, village):
    page = client.get("/tentang/gaya/?name=&phone=abc").content.decode()

    assert 'class="error-summary" role="alert"' in page
    assert '<a href="#id_phone">Nomor HP: Tulis nomor HP dengan angka, contoh 0812 3456 7890.</a>' in page
    assert 'id="id_phone"' in page


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_colour_can_be_read_on_its_ground(appearance, text, ground, least):
    colours = appearances()[appearance]

    assert contrast_ratio(six_digits(colours[text]), six_digits(colours[ground])) >= least


def test_a_first_visit_moves_little_and_a_later_one_less(client, village):
    page = client.get("/tentang/gaya/").content
    once = sum(sent(static_bytes(name)) for name in STYLES + PICTURES)

    assert sent(page) < 15_000
    assert sent(page) + once < 25_000


def test_the_page_asks_for_no_more_than_the_budget_counts(client, village):
    page = client.get("/no-such-page/").content.decode()

    asked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))

    assert asked == {*STYLES, "img/favicon.svg"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_writes_style_or_script_into_a_page(template):
    source = template.read_text()

    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/)[^>]*)", source)
    assert not re.search(r"\|\s*safe\b|autoescape off", source)


def test_every_class_in_a_template_is_drawn_somewhere():
    drawn = set()
    for css in (settings.BASE_DIR / "static/css").glob("*.css"):
        drawn.update(re.findall(r"\.([a-zA-Z][\w-]*)", css.read_text()))

    used = {}
    for template in TEMPLATES:
        if "admin" not in template.parts:
            for names in re.findall(r'class="([^"]*)"', template.read_text()):
                fixed = re.sub(r"[\w-]*({%.*?%}|{{.*?}})[\w-]*", " ", names).split()
                used.update(dict.fromkeys(fixed, template.name))

    assert {name: where for name, where in used.items() if name not in drawn} == {}


def test_the_village_wears_its_own_accent(client, village):
    village.accent = "#7a1f3d"
    village.full_clean()
    village.save()

    page = client.get("/tentang/gaya/").content.decode()
    address = re.search(r'href="(/tampilan\.css\?v=\w+)"', page)[1]
    answer = client.get(address)

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert ":root{--accent:#7a1f3d}" in answer.content.decode()


def test_the_address_of_the_accent_changes_with_the_colour(client, village):
    addresses = set()
    for accent in ("#7a1f3d", "#0d3f5c"):
        village.accent = accent
        village.save()
        page = Client(headers={"host": "testserver"}).get(f"/tentang/gaya/?{accent[1:]}").content.decode()
        addresses.update(re.findall(r"/tampilan\.css\?v=\w+", page))

    assert len(addresses) == 2


def test_a_village_without_an_accent_asks_for_none(client, village):
    assert "tampilan.css" not in client.get("/tentang/gaya/").content.decode()
    assert client.get("/tampilan.css").content == b""


def test_the_neighbours_accent_is_its_own(client, village, neighbour):
    neighbour.accent = "#7a1f3d"
    neighbour.save()

    assert b"#7a1f3d" not in client.get("/tampilan.css?v=1").content
    assert b"#7a1f3d" in client.get("/tampilan.css?v=2", headers={"host": "tetangga.testserver"}).content


def test_an_accent_is_never_more_than_a_colour(client, village):
    village.accent = "#a{}*{}"
    village.save()

    answer = client.get("/tampilan.css")

    assert answer.content == b""


@pytest.mark.parametrize(("band", "body"), [("kawung", "band-kawung"), ("polos", "band-polos")])
def test_the_band_is_the_village_s_choice(client, village, band, body):
    village.band = band
    village.save()

    assert f'class="{body} ' in client.get(f"/tentang/gaya/?{band}").content.decode()


@pytest.mark.parametrize("band", ["kawung", "parang", "tumpal", "polos"])
def test_every_band_has_its_drawing(band):
    css = static_bytes("css/tokens.css").decode()

    assert f".band-{band}" in css or band == "kawung"
    if band != "polos":
        assert len(static_bytes(f"img/{band}.svg")) < 600


def test_paper_knows_the_village_s_whole_address(client, village, settings):
    settings.SITE_ORIGIN = "https://{host}"

    answer = client.get("/cetak.css")

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content == b':root{--origin:"https://testserver"}\n'


def test_an_address_that_would_break_out_of_its_quotes_is_left_out(client, village, settings):
    settings.SITE_ORIGIN = 'https://{host}";color:red;'

    assert client.get("/cetak.css").content == b""


def test_the_emblem_is_drawn_anew_and_its_address_changes_with_the_file(client, village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    village.logo.save("lambang.png", ContentFile(a_picture()))

    page = client.get("/tentang/gaya/").content.decode()
    address = re.search(r'src="(/lambang\.webp\?v=\w+)"', page)[1]
    answer = client.get(address)

    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).format == "WEBP"
    assert b"secret place" not in answer.content


def test_an_emblem_that_is_no_picture_is_not_served(client, village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    village.logo.save("lambang.png", ContentFile(b"<script>alert(1)</script>"))

    assert client.get("/lambang.webp?v=1").status_code == 404


def test_a_village_without_an_emblem_shows_the_kawung_flower(client, village):
    assert "lambang.webp" not in client.get("/tentang/gaya/").content.decode()
    assert client.get("/lambang.webp").status_code == 404


def test_the_foot_of_a_page_tells_the_latest_head_of_the_record(client, village, neighbour):
    DailyHead.objects.create(on=date(2023, 12, 21), number=1204, hash="a" * 64)
    DailyHead.objects.create(on=date(2023, 12, 20), number=1190, hash="b" * 64)

    ours = client.get("/tentang/gaya/").content.decode()
    theirs = client.get("/tentang/gaya/", headers={"host": "tetangga.testserver"}).content.decode()

    assert "sampai 21 Desember 2023: nomor 1.204" in ours
    assert "a" * 64 in ours
    assert "b" * 64 not in ours
    assert "a" * 64 not in theirs


def a_picture() -> bytes:
    drawn = io.BytesIO()
    marks = PngInfo()
    marks.add_text("Comment", "secret place")
    Image.new("RGB", (900, 1000), "teal").save(drawn, "PNG", pnginfo=marks)
    return drawn.getvalue()


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda path: path.stem)
def test_every_part_says_what_it_needs(partial):
    assert parts.notes()[partial.stem.lstrip("_")]
