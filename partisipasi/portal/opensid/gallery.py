"""Albums out of `gambar_gallery`: each an article with its pictures, where their files are at hand."""

from functools import partial
from html import escape

from announcements.models import Article, GalleryPicture

from .articles import SHOWN, category_called
from .dump import Row
from .taking import LeftOut, Site, line, number

TABLE = "gambar_gallery"
_CATEGORY = "Galeri"


def take_gallery(site: Site) -> None:
    """An album (`parrent` 0) with the pictures under it; those that were not shown there stay there."""
    albums: list[Row] = []
    pictures: dict[int, list[Row]] = {}
    for row in site.rows(TABLE):
        if number(row.get("parrent")):
            pictures.setdefault(number(row.get("parrent")), []).append(row)
        else:
            albums.append(row)
    for row in albums:
        under_it = [
            row,
            *(each for each in pictures.get(number(row["id"]), []) if each.get("enabled") == SHOWN),
        ]
        site.take(
            TABLE,
            row,
            partial(_album, site, under_it),
            finish=partial(_publish, site),
            state=lambda article: article.content_hash(),
            beside=str(under_it),
        )


def _album(site: Site, pictures: list[Row], row: Row) -> Article:
    title = line(row.get("nama"), 160)
    if not title or row.get("enabled") != SHOWN:
        raise LeftOut("Album tanpa nama." if not title else "Tidak tayang di situs lama.")
    files = [(each, site.files.picture(each.get("gambar"))) for each in pictures]
    if not any(file for _, file in files):
        raise LeftOut("Berkas gambarnya tidak ada; ulangi dengan --files.")
    article = Article(
        title=title,
        body=f"<p>{escape(title)}, {sum(bool(file) for _, file in files)} gambar.</p>",
        category=category_called(_CATEGORY),
        dated_at=site.moment(TABLE, "tgl_upload", row),
    )
    article.write(by=site.by)
    for order, (each, file) in enumerate(files, start=1):
        if file:
            alt = line(each.get("nama"), 200) or title
            GalleryPicture.objects.create(article=article, file=file, alt=alt, order=order)
    return article


def _publish(site: Site, article: Article, row: Row) -> None:
    article.publish(by=site.by)
