"""Comments under articles: the words, the name that stood over them and the day; no address and no number."""

from announcements import rich_text
from announcements.models import Article
from forums.models import Post, Topic
from partisipasi import clock
from partisipasi.db import current_village
from partisipasi.residents.models import User

from .articles import SHOWN
from .dump import Row
from .taking import LeftOut, Site, line

TABLE = "komentar"


def take_comments(site: Site, articles: dict[str | None, Article]) -> None:
    """Those that everybody could read there; they keep their place in time."""
    keeper = _keeper()
    touched: set[int] = set()
    for row in site.rows(TABLE):
        post = site.take(TABLE, row, lambda row: _comment(site, row, articles, keeper))
        if post:
            touched.add(post.topic_id)
    Topic.objects.settle(touched)


def _keeper() -> User:
    """The account in whose keeping they are: nobody can sign in with it."""
    username = f"arsip-opensid-{current_village().pk}"
    return User.objects.filter(username=username).first() or User.objects.create_user(
        username, is_active=False
    )


def _comment(site: Site, row: Row, articles: dict[str | None, Article], keeper: User) -> Post:
    article = articles.get(row.get("id_artikel"))
    words = rich_text.plain(row.get("komentar") or "")[:4000]
    if not article or not article.topic:
        raise LeftOut("Bukan tanggapan atas artikel yang tayang.")
    if row.get("status") != SHOWN or row.get("is_archived") == "1":
        raise LeftOut("Tidak tayang di situs lama.")
    if not words:
        raise LeftOut("Tanpa isi.")
    at = site.moment(TABLE, "tgl_upload", row) or clock.now()
    return Post.objects.keep_from_elsewhere(
        article.topic, author=keeper, told_name=line(row.get("owner"), 80) or "Warga", body=words, at=at
    )
