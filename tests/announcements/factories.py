"""Articles and what belongs to them, for tests."""

import io
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from announcements.budget.reading import read_budget
from announcements.models import (
    Article,
    Attachment,
    Budget,
    Category,
    ExemptInformation,
    GalleryPicture,
    Page,
    Picture,
    Project,
    PublicDocument,
)
from partisipasi import clock
from partisipasi.files.intake import store
from partisipasi.files.models import StoredFile
from tests.factories import make_body, make_user

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


def make_gallery_picture(article: Article, **fields: Any) -> GalleryPicture:
    stored = fields.pop("file", None) or make_stored(make_upload(color="purple", size=(900, 600)))
    return GalleryPicture.objects.create(
        **{"article": article, "file": stored, "alt": "Rapat warga"} | fields
    )


def make_picture(**fields: Any) -> Picture:
    stored = fields.pop("file", None) or make_stored(make_upload(color="brown"))
    return Picture.objects.create(**{"file": stored, "alt": "Rapat", "uploaded_by": make_user()} | fields)


BUDGET_TABLE: list[list[str | int | float]] = [
    ["ANGGARAN PENDAPATAN DAN BELANJA DESA"],
    ["TAHUN ANGGARAN 2025"],
    ["KODE", "URAIAN", "ANGGARAN", "SUMBER DANA"],
    ["4", "PENDAPATAN", "", ""],
    ["4.2.1.01", "Dana Desa", "Rp 1.000.000,50", "DDS"],
    ["5", "BELANJA", "", ""],
    ["01", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "1.200.000,50", ""],
    ["01.01.04", "Operasional", "", ""],
    ["5.2.1.01", "Alat tulis", 700000, "DDS"],
    ["5.2.1.04", "Bahan bakar", 500000.5, "ADD"],
    ["", "JUMLAH BELANJA", "Rp1.200.000,50", ""],
    ["6", "PEMBIAYAAN", "", ""],
    ["6.1.1.01", "SILPA Tahun Sebelumnya", "200.000", "SILPA"],
    ["", "SILPA TAHUN BERJALAN", "0", ""],
    ["", "Ditetapkan di Sukaramah", "", ""],
]


def make_budget(
    *, year: int = 2025, stage: str = "ditetapkan", published: bool = True, lines: int = 0
) -> Budget:
    """A small budget that is balanced; `lines` adds so many lines that cost nothing."""
    table = [
        *BUDGET_TABLE[:9],
        *(["5.2.1.09", f"Barang {each}", 0, "ADD"] for each in range(lines)),
        *BUDGET_TABLE[9:],
    ]
    table[1] = [f"TAHUN ANGGARAN {year}"]
    budget = Budget.objects.take_in(read_budget(table), stage=stage)
    if published:
        budget.publish()
    return budget


def make_words(text: str = "Jalan dusun diperbaiki bersama.", name: str = "dokumen.txt") -> Any:
    """A document of plain words, which are read without another program."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def make_document(
    *, by: Any = None, published: bool = True, upload: Any = None, **fields: Any
) -> PublicDocument:
    """A document of the village's list, with a file of its own."""
    number = next(_numbers)
    by = by or make_user()
    document = PublicDocument(
        **{
            "classification": "berkala",
            "title": f"Laporan kegiatan nomor {number}",
            "summary": f"Apa yang dikerjakan pada bagian {number}.",
            "year": 2026,
            "held_by": "Sekretariat Desa",
            "made_by": "Sekretaris Desa",
            "made_on": date(2026, 1, 5),
            "made_at": "Sukaramah",
        }
        | fields
    )
    document.write(upload or make_words(f"Isi dokumen {number}."), by=by)
    if published:
        document.publish(by=by)
    return document


def make_law(number: str = "1", **fields: Any) -> PublicDocument:
    """A Peraturan Desa that holds since its promulgation."""
    return make_document(
        **{
            "title": "",
            "classification": "setiap-saat",
            "category": "produk-hukum",
            "law_kind": "perdes",
            "law_number": number,
            "about": f"Pungutan Desa {number}",
            "year": 2020,
            "enacted_on": date(2020, 1, 2),
            "promulgated_on": date(2020, 1, 3),
        }
        | fields
    )


def make_exempt(*, by: Any = None, **fields: Any) -> ExemptInformation:
    row = ExemptInformation(
        **{
            "content": f"Data kesehatan warga {next(_numbers)}",
            "held_by": "Kasi Kesejahteraan",
            "ground": "Membuka riwayat pribadi.",
            "legal_basis": "UU 14/2008 Pasal 17 huruf h",
            "set_by": "Sekretaris Desa selaku PPID",
            "set_on": date(2026, 1, 5),
            "term": "selama yang bersangkutan tidak mengizinkan",
        }
        | fields
    )
    return row.enter(by=by or make_user())


def make_project(*, published: bool = True, by: Any = None, **fields: Any) -> Project:
    """A project that is planned from ten days ago for a hundred days."""
    number = next(_numbers)
    starts_on = fields.pop("starts_on", clock.today() - timedelta(days=10))
    plan = {
        "year": 2025,
        "name": f"Talut saluran nomor {number}",
        "field": "02",
        "location": f"Saluran RW {number}",
        "volume": Decimal(40),
        "unit": "meter",
        "cost": Decimal(50_000_000),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=100),
    }
    if not fields.get("person"):
        plan["body"] = fields.pop("body", None) or make_body()
    by = by or make_user()
    project = Project(**plan | fields).write(by=by)
    if published:
        project.publish(by=by)
    return project


def make_progress(project: Project, percent: int, *, spent: int = 0, photos: int = 0, **told: Any) -> None:
    """A report of progress, as of today."""
    shots = [(make_upload(color=f"#{next(_numbers):06x}"), f"Keadaan {percent}%") for _ in range(photos)]
    project.report(
        percent,
        Decimal(spent),
        told.pop("text", f"Pekerjaan {percent} persen."),
        **{"on": clock.today(), "by": make_user(), "nonce": uuid4(), "photos": shots} | told,
    )


def make_handed_over(**fields: Any) -> Project:
    project = make_project(**fields)
    make_progress(project, 100)
    paper = make_pdf(text=f"serah terima {project.pk}")
    project.hand_over("RT 02", on=clock.today(), by=make_user(), nonce=uuid4(), document=paper)
    return project


def make_page(*, by: Any, published: bool = True, **fields: Any) -> Page:
    told = {"title": "Profil Desa", "body": "<p>Empat dusun di lereng.</p>", "part": Page.Part.PROFILE}
    page = Page(**told | fields).write(by=by)
    if published:
        page.publish(by=by)
    return page
