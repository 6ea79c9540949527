"""The demo's articles with their papers and pictures, and what people said under them."""

from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.utils.text import slugify

from announcements.models import Article, Attachment, Category, GalleryPicture
from attendance.models import Activity
from forums.models import Post
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from partisipasi.residents.models import Role, User
from partisipasi.village.words import full_date

from . import content as told
from . import papers, pictures
from .story import Story


def plan(story: Story, texts: told.Article) -> None:
    """Put everything that happens with one article into the story."""
    Writing(story, texts).plan()


class Writing:
    """One article of the texts on its way through the verbs."""

    def __init__(self, story: Story, texts: told.Article) -> None:
        self.story, self.texts = story, texts
        self.article: Article
        self.by = story.account_of(Role.OPERATOR)
        self.posts: list[Post] = []

    @property
    def appears_at(self) -> datetime:
        return self.story.moment(self.texts.days_ago, self.texts.at)

    def plan(self) -> None:
        story, texts = self.story, self.texts
        # What is still to come was written yesterday; everything else two hours before it appeared.
        written = min(self.appears_at, story.moment(1, texts.at)) - timedelta(hours=2)
        story.happens(written, self.write)
        if texts.state == "scheduled":
            story.happens(
                written + timedelta(minutes=5), lambda: self.article.schedule(self.appears_at, by=self.by)
            )
        if texts.state in {"published", "archived"}:
            story.happens(self.appears_at, lambda: self.article.publish(by=self.by))
        if texts.urgent_hours:
            until = self.appears_at + timedelta(hours=texts.urgent_hours)
            story.happens(
                self.appears_at + timedelta(minutes=5), lambda: self.article.make_urgent(until, by=self.by)
            )
        for correction in texts.corrections:
            told = story.moment(texts.days_ago - correction.day, correction.at)
            story.happens(told, partial(self.correct, correction))
        for comment in texts.comments:
            said = story.moment(texts.days_ago - comment.day, comment.at)
            story.happens(said, partial(self.comment, comment))
            if not comment.held:
                story.happens(said + timedelta(minutes=25), partial(self.let_through, comment))
            if comment.hidden:
                story.happens(said + timedelta(hours=1), partial(self.hide, comment))
        if texts.archived_days_ago is not None:
            archived = story.moment(texts.archived_days_ago, texts.at)
            reason = "Isinya sudah tidak berlaku."
            story.happens(archived, lambda: self.article.archive(reason, by=self.by))

    def write(self) -> None:
        story, texts = self.story, self.texts
        at = self.appears_at
        self.article = Article(
            title=story.fill(texts.title, at),
            summary=story.fill(texts.summary, at),
            body=self._body_at_first(at),
            category=self._category(texts.category),
            cover=self._picture(self.texts.cover.motif, self.texts.key),
            cover_alt=texts.cover.alt,
            author_name=self._author(),
            activity=self._activity(),
            reads_kept=texts.reads,
        )
        self.article.write(by=self.by)
        for order, attachment in enumerate(texts.attachments, start=1):
            Attachment.objects.create(
                article=self.article, title=attachment.title, order=order, file=self._paper(attachment)
            )
        for order, shown in enumerate(texts.gallery, start=1):
            GalleryPicture.objects.create(
                article=self.article,
                alt=shown.alt,
                caption=shown.caption,
                order=order,
                file=self._picture(shown.motif, f"{texts.key}/{order}"),
            )
        story.addresses["artikel", texts.key] = self.article.get_absolute_url()

    def correct(self, correction: told.Correction) -> None:
        self.article.refresh_from_db()
        self.article.body = self.article.body.replace(correction.was, correction.now)
        self.article.revise(by=self.by, correction=correction.text)

    def _body_at_first(self, at: datetime) -> str:
        body = self.story.fill(self.texts.body, at)
        for correction in self.texts.corrections:
            body = body.replace(correction.now, correction.was)
        return body

    def _category(self, name: str) -> Category:
        category, _ = Category.objects.get_or_create(name=name, defaults={"slug": slugify(name), "order": 20})
        return category

    def _author(self) -> str:
        """The name of the office that wrote it, as villages sign their articles."""
        if person := self.story.people.get(self.texts.author):
            return person.name
        return {"sekretaris": "Sekretariat Desa"}.get(self.texts.author, "Administrator")

    def _activity(self) -> Activity | None:
        address = self.story.addresses.get(("kegiatan", self.texts.activity))
        return Activity.objects.get(pk=int(address.strip("/").split("/")[-1])) if address else None

    def _picture(self, motif: str, key: str) -> StoredFile:
        drawn = pictures.draw(motif, key)
        return store(ContentFile(drawn, "gambar.jpg"), visibility=StoredFile.Visibility.PUBLIC)

    def _paper(self, attachment: told.Attachment) -> StoredFile:
        at = self.appears_at
        filled = partial(self.story.fill, at=at)
        columns = [filled(heading) for heading in attachment.columns]
        rows = [[filled(cell) for cell in row] for row in attachment.rows]
        if attachment.format == "xlsx":
            made = papers.xlsx(title=filled(attachment.title), columns=columns, rows=rows)
        else:
            texts = self.story.texts
            made = papers.pdf(
                letterhead=texts.letterhead,
                address=texts.address,
                title=filled(attachment.title).upper(),
                lines=[filled(line) for line in attachment.lines],
                columns=columns,
                rows=rows,
                signed=f"{texts.name}, {full_date(at.date())}",
                at=at,
            )
        upload = ContentFile(made, f"lampiran.{attachment.format}")
        return store(upload, visibility=StoredFile.Visibility.PUBLIC)

    # What people said

    def comment(self, comment: told.Comment) -> None:
        post = self.article.topic.reply(
            author=self.story.accounts[comment.by],
            body=self.story.fill(comment.text, self.appears_at),
            nonce=self.story.nonce(self.texts.key, len(self.posts)),
            reply_to=self.posts[comment.to - 1] if comment.to else None,
        )
        self.posts.append(post)

    def let_through(self, comment: told.Comment) -> None:
        self._post(comment).release(by=self._moderator())

    def hide(self, comment: told.Comment) -> None:
        self._post(comment).hide(by=self._moderator(), reason=comment.hidden)

    def _post(self, comment: told.Comment) -> Post:
        return self.posts[self.texts.comments.index(comment)]

    def _moderator(self) -> User:
        return self.story.account_of(Role.MODERATOR)
