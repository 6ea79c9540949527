"""Articles with their categories, dates, authors, read counts, pictures and attachments, and the agenda's."""

import re
from functools import partial
from html import escape
from typing import Any

from django.utils.text import slugify

from announcements import rich_text
from announcements.models import Article, Attachment, Category, GalleryPicture, Page, Picture
from attendance.models import Activity, ActivityKind
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.files.models import StoredFile
from partisipasi.village.words import full_moment

from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE = "artikel"
SHOWN = "1"
_DYNAMIC, _AGENDA, _STANDING = "dinamis", "agenda", "statis"
_PARTS = (
    (("visi", "misi"), Page.Part.VISION),
    (("sejarah", "asal usul", "asal-usul"), Page.Part.HISTORY),
    (("profil", "sekilas", "gambaran umum"), Page.Part.PROFILE),
)
"""What a page tells of, by words in its title."""
_AGENDA_CATEGORY = "Kegiatan Desa"
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_MORE = ("gambar1", "gambar2", "gambar3")


def take_categories(site: Site) -> None:
    """Those that the village has already, by address or name, are found again."""
    for row in site.rows("kategori"):
        site.take("kategori", row, _category)


def _category(row: Row) -> Category:
    name = line(row.get("kategori"), 60)
    slug = slugify(row.get("slug") or name)[:60]
    if not name or not slug:
        raise LeftOut("Kategori tanpa nama.")
    return category_called(name, slug)


def category_called(name: str, slug: str = "") -> Category:
    """The category of this address or name, made where the village has none."""
    slug = slug or slugify(name)[:60]
    known = Category.objects.filter(slug=slug).first() or Category.objects.filter(name__iexact=name).first()
    last = Category.objects.order_by("-order").first()
    return known or Category.objects.create(name=name, slug=slug, order=last.order + 1 if last else 1)


class Articles:
    """All articles of the dump: published under their old dates, as drafts where they were not shown there."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.categories = site.named("kategori", "kategori")
        self.authors = site.named("user", "nama")
        self.agenda = {row.get("id_artikel"): row for row in site.rows("agenda")}
        self.taken: dict[str | None, Article] = {}
        """The articles by their former keys."""

    def take(self) -> None:
        for row in self.site.rows(TABLE):
            if row.get("tipe") == _STANDING:
                self._take_page(row)
                continue
            meeting = self.agenda.get(row["id"]) or {}
            article = self.site.take(
                TABLE,
                row,
                self._make,
                finish=self._finish,
                change=self._change,
                state=lambda article: article.content_hash(),
                address=(row.get("slug") or "")[:200],
                beside=str(sorted(meeting.items())),
            )
            if article:
                self.taken[row["id"]] = article
        for key, row in self.agenda.items():
            if article := self.taken.get(key):
                self.site.take("agenda", row, partial(self._meeting, article=article), finish=self._announce)
            else:
                self.site.report.leave("agenda", row.get("id"), "Artikelnya tidak diambil.")

    def _take_page(self, row: Row) -> None:
        """What stands still there stands still here: a page, without date and readers."""
        self.site.take(
            TABLE,
            row,
            self._make_page,
            finish=self._finish_page,
            change=self._change_page,
            state=lambda page: page.content_hash(),
            address=(row.get("slug") or "")[:200],
        )

    def _make_page(self, row: Row) -> Page:
        page = Page()
        self._fill_page(page, row)
        return page.write(by=self.site.by)

    def _finish_page(self, page: Page, row: Row) -> None:
        if row.get("enabled") == SHOWN:
            page.publish(by=self.site.by)

    def _change_page(self, page: Page, row: Row) -> None:
        self._fill_page(page, row)
        page.revise(by=self.site.by)

    def _fill_page(self, page: Page, row: Row) -> None:
        page.title = line(row.get("judul"), 120)
        page.body = rich_text.clean(self._body(row, page.title))
        if not page.title or not page.body:
            raise LeftOut("Halaman tanpa judul atau isi.")
        told = page.title.casefold()
        page.part = next(
            (part for words, part in _PARTS if any(word in told for word in words)), Page.Part.OTHER
        )

    def _make(self, row: Row) -> Article:
        if row.get("tipe", _DYNAMIC) not in {_DYNAMIC, _AGENDA}:
            raise LeftOut(f"Jenis artikel {row.get('tipe')} belum ada tempatnya di portal ini.")
        article = Article()
        self._fill(article, row)
        article.write(by=self.site.by)
        self._attach(article, row)
        return article

    def _finish(self, article: Article, row: Row) -> None:
        if row.get("enabled") == SHOWN:
            article.publish(by=self.site.by)
            if row.get("boleh_komentar") == "0" and article.topic:
                article.topic.close()

    def _change(self, article: Article, row: Row) -> None:
        self._fill(article, row)
        self._attach(article, row)
        article.revise(by=self.site.by)

    def _fill(self, article: Article, row: Row) -> None:
        title = line(row.get("judul"), 160)
        if not title:
            raise LeftOut("Artikel tanpa judul.")
        article.title = title
        article.body = rich_text.clean(self._body(row, title))
        if not article.body:
            raise LeftOut("Artikel tanpa isi.")
        article.category = self._category_of(row)
        article.author_name = (
            line(self.authors.get(row.get("id_user")), 80) or Article._meta.get_field("author_name").default
        )
        article.dated_at = self.site.moment(TABLE, "tgl_upload", row)
        article.reads_before = max(number(row.get("hit")), 0)
        article.cover = self.site.files.picture(row.get("gambar"))
        article.cover_alt = title if article.cover else ""

    def _category_of(self, row: Row) -> Category:
        name = self.categories.get(row.get("id_kategori"))
        if row.get("tipe") == _AGENDA or not name:
            name = _AGENDA_CATEGORY if row.get("tipe") == _AGENDA else "Berita"
        return category_called(name[:60])

    def _body(self, row: Row, title: str) -> str:
        """The text with its own pictures, and of a meeting when and where."""
        body = _IMAGE.sub(lambda image: self._picture_of(image[0], title), row.get("isi") or "")
        return "\n".join(filter(None, (self._when_and_where(row), body)))

    def _when_and_where(self, row: Row) -> str:
        meeting = self.agenda.get(row["id"])
        if not meeting:
            return ""
        at = self.site.dump.moment("agenda", "tgl_agenda", meeting, current_village().zone)
        facts = {
            "Waktu": full_moment(at, current_village().zone) if at else "",
            "Tempat": line(meeting.get("lokasi_kegiatan")),
            "Koordinator": line(meeting.get("koordinator_kegiatan")),
        }
        told = "<br>".join(f"{label}: {escape(words)}" for label, words in facts.items() if words)
        return f"<p>{told}</p>" if told else ""

    def _picture_of(self, image: str, title: str) -> str:
        source, alt = _SOURCE.search(image), _ALT.search(image)
        return self._image(source[1] if source else "", line(alt[1] if alt else "", 200) or title)

    def _image(self, name: str | None, alt: str) -> str:
        file = self.site.files.picture((name or "").split("?")[0])
        if not file:
            return ""
        told: dict[str, Any] = {"alt": alt, "uploaded_by": self.site.by}
        picture, _ = Picture.objects.get_or_create(file=file, defaults=told)
        return f'<img src="{escape(picture.get_absolute_url())}" alt="{escape(picture.alt)}">'

    def _attach(self, article: Article, row: Row) -> None:
        """The document that hung on it, and the pictures that stood under it as its gallery."""
        for order, column in enumerate(_MORE, start=1):
            if picture := self.site.files.picture(row.get(column)):
                told = {"alt": article.title, "order": order}
                GalleryPicture.objects.update_or_create(article=article, file=picture, defaults=told)
        file: StoredFile | None = self.site.files.stored(row.get("dokumen"))
        if file:
            title = line(row.get("link_dokumen"), 160) or "Lampiran"
            Attachment.objects.update_or_create(article=article, title=title, defaults={"file": file})

    def _meeting(self, row: Row, *, article: Article) -> Activity:
        """What is still to come stands in the calendar too, announced; what is past stays an article."""
        at = self.site.dump.moment("agenda", "tgl_agenda", row, current_village().zone)
        if not at or at <= clock.now():
            raise LeftOut("Sudah lewat: waktu dan tempatnya tertulis pada artikelnya.")
        kind = ActivityKind.objects.filter(code="sosialisasi").first() or ActivityKind.objects.first()
        if not kind:
            raise LeftOut("Desa ini belum mempunyai jenis kegiatan.")
        activity = Activity.objects.create(
            kind=kind,
            title=article.title,
            venue=line(row.get("lokasi_kegiatan"), 120) or "Balai desa",
            agenda=article.title,
            created_by=self.site.by,
        )
        activity.add_session(at, None)
        Article.objects.filter(pk=article.pk).update(activity=activity)
        return activity

    def _announce(self, activity: Activity, row: Row) -> None:
        activity.announce(self.site.by)
        self.site.report.warn(
            f"Jenis kegiatan {activity} dicatat sebagai {activity.kind}; sesuaikan bila perlu."
        )
