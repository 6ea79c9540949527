"""The demo's texts hold together: every key resolves, nothing is said twice, no time runs backwards."""

import re
from collections import Counter
from datetime import time
from html.parser import HTMLParser

import pytest

from announcements.models import Article
from partisipasi.portal.demo import content
from partisipasi.portal.demo.pictures import MOTIFS

DEMO = content.load()
ALLOWED_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "blockquote", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
villages = pytest.mark.parametrize("village", DEMO.villages, ids=lambda village: village.key)


class _Tags(HTMLParser):
    """Collects the tags, attributes and balance of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def _texts() -> list[str]:
    """Every text that a reader meets, once each."""
    texts = []
    for village in DEMO.villages:
        for article in village.articles:
            # Tables hold names and amounts, which may well stand in a sentence elsewhere too.
            prose = re.sub(r"(?s)<table>.*?</table>", "", article.body)
            texts += [_plain(part) for part in re.split(r"</(?:p|h2|h3|li)>", prose)]
            texts += [article.title, article.summary]
            texts += [line for attachment in article.attachments for line in attachment.lines]
            texts += [comment.text for comment in article.comments]
        for activity in village.activities:
            texts += [activity.agenda, activity.summary, *activity.minutes, *activity.decisions]
        for topic in (topic for forum in village.forums for topic in forum.topics):
            texts += [topic.title, topic.text, *(reply.text for reply in topic.replies)]
        for report in village.reports:
            texts += [report.title, report.text, *(step.text for step in report.steps)]
    return [text for text in texts if text]


def _sentences(text: str) -> list[str]:
    return [" ".join(re.findall(r"\w+", sentence.lower())) for sentence in re.split(r"[.!?;:]\s", text + " ")]


def test_no_number_looks_like_a_national_identity_number_or_a_real_phone():
    for path in content.HERE.rglob("*.*"):
        if path.suffix in {".toml", ".csv"}:
            text = path.read_text()
            assert not re.search(r"\d{16}", text), path
            phones = re.findall(r"(?:\+62|\b0)[ -]?8\d\d[ -]?\d{4}[ -]?\d{3,4}", text)
            assert all(re.search(r"8\d\d[ -]?0000", phone) for phone in phones), path


def test_no_sentence_is_said_twice():
    counted = Counter(
        sentence
        for text in _texts()
        for sentence in dict.fromkeys(_sentences(text))
        if len(sentence.split()) >= 8
    )

    assert [sentence for sentence, times in counted.items() if times > 1] == []


@villages
def test_articles_are_clean_html_with_author_and_cover(village):
    keys = [article.key for article in village.articles]
    activities = {activity.key for activity in village.activities}

    assert len(set(keys)) == len(keys)
    for article in village.articles:
        html = _Tags(article.body)
        assert html.seen <= ALLOWED_TAGS, article.key
        assert html.attributes <= {"href"}, article.key
        assert html.open == [], article.key
        assert 120 <= len(_plain(article.body).split()) <= 450, article.key
        assert article.author in village.people, article.key
        assert article.activity in {"", *activities}, article.key
        assert article.cover.alt, article.key
        assert article.cover.motif in MOTIFS, article.key
        for field, told in (
            ("title", article.title),
            ("summary", article.summary),
            ("cover_alt", article.cover.alt),
        ):
            assert len(told) <= Article._meta.get_field(field).max_length, (article.key, field)
        assert time(6) <= article.at <= time(21), article.key


@villages
def test_attachments_have_something_in_them(village):
    for article in village.articles:
        for attachment in article.attachments:
            if attachment.format == "pdf":
                assert attachment.lines, attachment.title
            else:
                assert attachment.format == "xlsx"
                assert attachment.rows, attachment.title
                assert {len(row) for row in attachment.rows} == {len(attachment.columns)}, attachment.title


@villages
def test_a_text_points_only_at_what_exists_when_it_appears(village):
    articles = {article.key: article for article in village.articles}
    activities = {activity.key: activity for activity in village.activities}

    for article in village.articles:
        for kind, key in re.findall(r'href="(artikel|kegiatan):([\w-]+)"', article.body):
            then = articles[key].days_ago if kind == "artikel" else activities[key].announced_days_ago
            assert then > article.days_ago, (article.key, key)
        for key in re.findall(r"\{tanggal:([\w-]+)\}", article.body):
            assert activities[key].announced_days_ago > article.days_ago, (article.key, key)
        if article.activity:
            assert activities[article.activity].announced_days_ago > article.days_ago, article.key
        for address in re.findall(r'href="(/[^"]*)"', article.body):
            assert address in {"/informasi/", "/kegiatan/", "/akun/daftar/", "/privasi/", "/tentang/"}


@villages
def test_an_article_stands_where_its_time_puts_it(village):
    for article in village.articles:
        is_out = article.state in {"published", "archived"}
        assert is_out or article.state in {"draft", "scheduled"}, article.key
        assert (article.days_ago < 0) == (article.state == "scheduled"), article.key
        assert bool(article.reads) == is_out, article.key
        assert (article.archived_days_ago is not None) == (article.state == "archived"), article.key
        if article.archived_days_ago is not None:
            last = max(comment.day for comment in article.comments)
            assert 0 < article.archived_days_ago < article.days_ago - last, article.key


@villages
def test_a_comment_comes_after_what_it_answers(village):
    for article in village.articles:
        assert not article.comments or article.state in {"published", "archived"}, article.key
        spoken = [(comment.day, comment.at) for comment in article.comments]
        assert spoken == sorted(spoken), article.key
        for position, comment in enumerate(article.comments, start=1):
            where = (article.key, position)
            assert comment.by in village.people, where
            assert time(5, 30) <= comment.at <= time(22), where
            assert (0, article.at) < (comment.day, comment.at), where
            assert comment.day < article.days_ago, where
            assert 0 <= comment.to < position, where
            if comment.to:
                answered = article.comments[comment.to - 1]
                assert (answered.day, answered.at) < (comment.day, comment.at), where
                assert not answered.held, where


@villages
def test_officials_answer_and_more_than_half_the_village_speaks(village):
    officials = {person.key for person in village.people.values() if "pemdes" in person.bodies}
    comments = [comment for article in village.articles for comment in article.comments]

    assert sum(comment.by in officials for comment in comments) > len(comments) / 10
    assert sum(bool(comment.to) for comment in comments) > len(comments) / 3
    assert len({comment.by for comment in comments}) > len(village.people) / 2


def test_some_comments_wait_and_some_are_hidden_with_a_reason():
    comments = [c for village in DEMO.villages for article in village.articles for c in article.comments]

    assert 3 <= sum(comment.held for comment in comments) <= 8
    assert 3 <= sum(bool(comment.hidden) for comment in comments) <= 5
    assert not [comment for comment in comments if comment.held and comment.hidden]


def test_placeholders_are_filled():
    text = 'Tahun {tahun} dan {tahun+1} pada {tanggal:rapat}, <a href="kegiatan:rapat">di sini</a>.'

    filled = content.fill(
        text, year=2030, date_of=lambda key: f"hari {key}", link=lambda kind, key: f"/{kind}/{key}/"
    )

    assert filled == 'Tahun 2030 dan 2031 pada hari rapat, <a href="/kegiatan/rapat/">di sini</a>.'


@villages
def test_what_was_corrected_stands_right_in_the_text(village):
    corrected = [(article, each) for article in village.articles for each in article.corrections]

    for article, correction in corrected:
        assert correction.now in article.body, article.key
        assert correction.was not in article.body, article.key
        assert 0 < correction.day < article.days_ago, article.key


def test_one_village_has_something_urgent_today_and_the_other_had():
    first, second = ([each for each in village.articles if each.urgent_hours] for village in DEMO.villages)

    assert all(each.urgent_hours < 24 * each.days_ago for each in first)
    assert any(each.urgent_hours > 24 * (each.days_ago + 1) for each in second)


def test_forty_one_articles_carry_four_hundred_comments():
    first, second = DEMO.villages

    assert [len(village.articles) for village in DEMO.villages] == [27, 14]
    assert sum(len(article.comments) for article in first.articles) == 270
    assert sum(len(article.comments) for article in second.articles) == 130
    assert {article.state for article in first.articles} == {"published", "draft", "scheduled", "archived"}


def test_a_waiting_comment_is_the_first_that_its_author_wrote():
    for village in DEMO.villages:
        written = Counter(comment.by for article in village.articles for comment in article.comments)
        held = [c for article in village.articles for c in article.comments if c.held]
        assert all(written[comment.by] == 1 for comment in held)


def test_one_thread_is_long_enough_for_a_second_page():
    assert max(len(article.comments) for village in DEMO.villages for article in village.articles) > 20
