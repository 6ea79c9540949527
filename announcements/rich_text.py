"""The formatted text of articles: what of HTML may stand in it, on its way in and again on its way out.

An allow-list: headings below the page's own, lists, tables, links of a few schemes, pictures from this portal's own
public files. Everything else goes; its words stay.
"""

import html
import re
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from partisipasi.files.models import StoredFile

HEADING_LEVELS = (2, 3, 4)
LINK_SCHEMES = ("http", "https", "mailto", "tel")

_TAGS = {
    *(f"h{level}" for level in HEADING_LEVELS),
    *("p", "br", "hr", "strong", "b", "em", "i", "u", "s", "sub", "sup", "blockquote", "code", "a"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"),
    *("figure", "figcaption", "img"),
}
_ATTRIBUTES: dict[str, set[str]] = {
    # Else the cleaner lets "lang" and "title" stand on every element.
    "*": set(),
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
_OWN_PICTURE = re.compile(r"/berkas/(?P<sha256>[0-9a-f]{64})/[^/?#\s\"'<>\\]{1,250}")
# What nh3 writes: every value in double quotes, in which no double quote stands as itself.
_IMAGE = re.compile(r'<img(?P<attributes>(?: [\w-]+="[^"]*")*)>')
_SOURCE = re.compile(r' src="(?P<src>[^"]*)"')
# Characters that XML, and so the feed, has no place for.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# A table that is wider than the page is moved within a frame of its own, by keyboard too.
_TABLE_START, _TABLE_END = '<div class="table-scroll" tabindex="0"><table>', "</table></div>"
# As wide as the text is: a phone's width, or the measure of a line.
TEXT_WIDTH = "(min-width: 45rem) 40rem, 100vw"
_FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>")
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|td|th|caption|figcaption|blockquote)>|<br>|<hr>")


def _allowed(tag: str, attribute: str, text: str) -> str | None:
    if (tag, attribute) == ("img", "src"):
        return text if _OWN_PICTURE.fullmatch(text) else None
    return text


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed,
    url_schemes=set(LINK_SCHEMES),
    link_rel="noopener nofollow",
    strip_comments=True,
)


def clean(text: str) -> str:
    """`text` with nothing left of HTML but the allow-list; cleaning twice changes nothing more."""
    cleaned = _IMAGE.sub(_with_source, _cleaner.clean(_UNPRINTABLE.sub("", text)))
    return cleaned.strip() if plain(cleaned) or "<img" in cleaned else ""


def _with_source(image: re.Match[str]) -> str:
    return image[0] if _SOURCE.search(image["attributes"]) else ""


def printable(text: str) -> str:
    """One line of words without characters that no page or feed can carry."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def plain(text: str) -> str:
    """The words alone, for search, feeds and summaries."""
    spaced = _BLOCK_END.sub(" ", text)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def opening(text: str, length: int) -> str:
    """How a cleaned text begins: the words of its first paragraph that fit into `length`."""
    paragraphs = (plain(paragraph) for paragraph in _FIRST_PARAGRAPH.findall(text))
    first = next(filter(None, paragraphs), "") or plain(text)
    return textwrap.shorten(first, length, placeholder=" …")


def picture_hashes(text: str) -> set[str]:
    """The SHA-256 of each stored picture that stands in a cleaned text."""
    sources = (_SOURCE.search(image["attributes"]) for image in _IMAGE.finditer(text))
    matches = (_OWN_PICTURE.fullmatch(html.unescape(source["src"])) for source in sources if source)
    return {match["sha256"] for match in matches if match}


def _size_of(stored: "StoredFile") -> str:
    return f' srcset="{stored.srcset}" sizes="{TEXT_WIDTH}" width="{stored.width}" height="{stored.height}"'


def _newer_of(stored: "StoredFile") -> str:
    return "".join(
        f'<source type="{kind}" srcset="{srcset}" sizes="{TEXT_WIDTH}">' for kind, srcset in stored.sources
    )


def shown(text: str, pictures: Iterable["StoredFile"] = ()) -> SafeString:
    """`text` cleaned once more, as it goes into a page; `pictures` lend their sizes, so that nothing jumps."""
    known = {stored.sha256: stored for stored in pictures}

    def sized(image: re.Match[str]) -> str:
        stored = next((known[each] for each in picture_hashes(image[0]) if each in known), None)
        size = _size_of(stored) if stored else ""
        alt = "" if ' alt="' in image["attributes"] else ' alt=""'
        drawn = f'<img{image["attributes"]}{alt}{size} loading="lazy">'
        newer = _newer_of(stored) if stored else ""
        return f"<picture>{newer}{drawn}</picture>" if newer else drawn

    # The one place where text from a person becomes HTML as it is: it comes straight out of the cleaner.
    framed = clean(text).replace("<table>", _TABLE_START).replace("</table>", _TABLE_END)
    return SafeString(_IMAGE.sub(sized, framed))
