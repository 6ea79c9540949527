"""No page trusts a text blindly, and none carries what the Content Security Policy forbids."""

import re
from pathlib import Path

import pytest

from tests.source import ROOT, modules, names_used

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Where text is declared to be HTML: after it was cleaned, in the same breath.
TRUSTED = {"announcements.rich_text": "returns what nh3 has just cleaned"}
TRUSTING = re.compile(r"(^|\.)(mark_safe|SafeString|SafeText|safestring|html_safe)$")

COMMENT = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
FORBIDDEN = {
    "trusts a text": re.compile(r"\|\s*safe(seq)?\b"),
    "writes text as it comes": re.compile(r"{%\s*autoescape\s+off|{%\s*filter\s+safe"),
    "carries a style": re.compile(r"<[^>%]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "listens inline": re.compile(r"<[^>%]*\son[a-z]+\s*=", re.IGNORECASE),
    "carries a script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "calls a script by address": re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("name", modules())
def test_no_code_declares_a_text_to_be_html(name):
    found = [f"line {line}: {used}" for line, used in names_used(modules()[name]) if TRUSTING.search(used)]

    assert not found or name in TRUSTED, found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_carries_what_the_policy_forbids(path: Path):
    text = COMMENT.sub("", path.read_text())

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("trusts a text", "{{ body | safe }}"),
        ("trusts a text", "{{ rows|safeseq }}"),
        ("writes text as it comes", "{% autoescape off %}"),
        ("carries a style", '<p class="a" style="color: red">'),
        ("carries a style", "<style>p {}</style>"),
        ("listens inline", '<a href="#" onclick="go()">'),
        ("carries a script", "<script>alert(1)</script>"),
        ("calls a script by address", '<a href="javascript:go()">'),
    ],
)
def test_each_pattern_finds_what_it_is_for(what, sample):
    assert FORBIDDEN[what].search(sample)


def test_only_letters_are_written_as_they_come():
    """Mails and text files are no HTML; everything else that switches escaping off would be."""
    off = [path for path in TEMPLATES if FORBIDDEN["writes text as it comes"].search(path.read_text())]

    assert {path.suffix for path in off} <= {".txt"}
