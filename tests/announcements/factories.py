"""Articles and what belongs to them, for tests."""

import io
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from announcements.models import Article, Attachment, Category, Picture
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from tests.factories import make_user

_numbers = count(1)


def make_category(**fields: Any) -> Category:
    number = next(_numbers)
    return Category.objects.create(**{"name": f"Kategori {number}", "slug": f"kategori-{number}"} | fields)


def make_draft(*, by: Any = None, **fields: Any) -> Article:
    number = next(_numbers)
    article = Article(
        **{
            "title": f"Kabar desa nomor {number}",
            "body": f"<p>Isi kabar nomor {number}.</p>",
            "category": fields.pop("category", None) or make_category(),
        }
        | fields
    )
    return article.write(by=by or make_user())


def make_article(*, by: Any = None, **fields: Any) -> Article:
    """A published article."""
    by = by or make_user()
    article = make_draft(by=by, **fields)
    article.publish(by=by)
    return article


def make_upload(name: str = "rapat.jpg", color: str = "teal", size: tuple[int, int] = (640, 480)) -> Any:
    """A picture as a browser sends it."""
    drawn = io.BytesIO()
    Image.new("RGB", size, color).save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), content_type="image/jpeg")


def make_pdf(name: str = "daftar-hadir.pdf", text: str = "x") -> Any:
    """The smallest thing that is a PDF."""
    content = f"%PDF-1.4\n% {text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(name, content.encode(), content_type="application/pdf")


def make_stored(upload: Any = None) -> StoredFile:
    return store(upload or make_upload(), visibility=StoredFile.Visibility.PUBLIC)


def make_attachment(article: Article, *, upload: Any = None, **fields: Any) -> Attachment:
    stored = make_stored(upload or make_pdf(text=f"{next(_numbers)}"))
    return Attachment.objects.create(**{"article": article, "file": stored, "title": "Daftar Hadir"} | fields)


def make_picture(**fields: Any) -> Picture:
    stored = fields.pop("file", None) or make_stored(make_upload(color="brown"))
    return Picture.objects.create(**{"file": stored, "alt": "Rapat", "uploaded_by": make_user()} | fields)
