"""The *Daftar Informasi Publik* and the list of exempt information on paper and as tables (PerKI 1/2018)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from announcements.models import ExemptInformation, PublicDocument
from attendance import document
from attendance.document import Document, Signatures, Table, TableColumn, text
from attendance.document.blocks import narrow
from attendance.roster import letterhead_of
from attendance.sheet import Paper, Signatory, SignatureGroup
from attendance.sheet.signatures import laid_out
from attendance.signing import number_line
from partisipasi import clock, spreadsheet
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.residents.models import Appointment, Role
from partisipasi.village.words import long_date

Row = tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One of the lists: its name and columns; `widths` are characters of the spreadsheet's columns."""

    title: str
    paper_columns: tuple[TableColumn, ...]
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    nothing: str


def document_rows() -> Iterator[Row]:
    """Every published document in the order of its number, as the columns of DOCUMENTS."""
    origin = current_village().url("/").rstrip("/")
    for each in PublicDocument.objects.published().in_list():
        yield (
            str(each.number),
            each.title,
            each.summary,
            each.held_by,
            each.made_by,
            long_date(each.made_on),
            each.made_at,
            each.get_form_display(),
            each.retention,
            each.get_classification_display(),
            each.get_category_display(),
            str(each.year),
            origin + each.get_absolute_url(),
        )


def exempt_rows() -> Iterator[Row]:
    """Everything that is exempt, as the columns of EXEMPT."""
    for each in ExemptInformation.objects.standing().in_list():
        yield (
            str(each.number),
            each.content,
            each.held_by,
            each.ground,
            each.legal_basis,
            each.term_words,
            each.set_by,
            long_date(each.set_on),
        )


DOCUMENTS = Listing(
    "DAFTAR INFORMASI PUBLIK",
    (
        narrow("No.", 11, is_centred=True),
        TableColumn("Ringkasan isi informasi", 5),
        TableColumn("Pejabat/unit yang menguasai", 2),
        TableColumn("Penanggung jawab pembuatan", 2),
        TableColumn("Waktu dan tempat pembuatan", 2),
        narrow("Bentuk", 24),
        narrow("Jangka waktu penyimpanan", 34),
        narrow("Klasifikasi", 22),
    ),
    (
        "Nomor",
        "Judul",
        "Ringkasan isi informasi",
        "Pejabat/unit yang menguasai",
        "Penanggung jawab pembuatan",
        "Waktu pembuatan",
        "Tempat pembuatan",
        "Bentuk",
        "Jangka waktu penyimpanan",
        "Klasifikasi",
        "Jenis",
        "Tahun",
        "Tautan",
    ),
    (8, 40, 60, 26, 26, 20, 20, 24, 26, 14, 30, 8, 50),
    "Belum ada dokumen publik yang terbit.",
)
EXEMPT = Listing(
    "DAFTAR INFORMASI YANG DIKECUALIKAN",
    (
        narrow("No.", 11, is_centred=True),
        TableColumn("Informasi", 3),
        TableColumn("Pejabat/unit yang menguasai", 2),
        TableColumn("Alasan pengecualian", 5),
        TableColumn("Dasar hukum", 3),
        TableColumn("Jangka waktu", 2),
        TableColumn("Pejabat penetap", 2),
    ),
    (
        "Nomor",
        "Informasi",
        "Pejabat/unit yang menguasai",
        "Alasan pengecualian",
        "Dasar hukum",
        "Jangka waktu",
        "Pejabat penetap",
        "Ditetapkan",
    ),
    (8, 50, 26, 70, 40, 36, 36, 20),
    "Tidak ada informasi yang dikecualikan.",
)


def _document_cells(row: Row) -> Row:
    number, title, summary, held_by, made_by, made_on, made_at, form, retention, classification = row[:10]
    return (
        f"{number}.",
        f"{title}. {summary}",
        held_by,
        made_by,
        f"{made_on}, {made_at}",
        form,
        retention.capitalize(),
        classification,
    )


def _exempt_cells(row: Row) -> Row:
    *cells, set_by, set_on = row
    return (f"{cells[0]}.", *cells[1:], f"{set_by}, {set_on}")


def documents_as_pdf(*, at: datetime) -> bytes:
    """The DIP on Folio across, signed by PPID and his superior. Raises NotTypesettable."""
    rows = [_document_cells(row) for row in document_rows()]
    address = current_village().url(reverse("announcements:document_list"))
    return _as_pdf(DOCUMENTS, rows, f"Setiap dokumen dapat dibaca dan diunduh di {address}", at=at)


def exempt_as_pdf(*, at: datetime) -> bytes:
    """The list of exempt information on Folio across. Raises NotTypesettable."""
    rows = [_exempt_cells(row) for row in exempt_rows()]
    address = current_village().url(reverse("announcements:exempt_list"))
    return _as_pdf(EXEMPT, rows, f"Daftar ini dapat dibaca di {address}", at=at)


def as_xlsx(listing: Listing, rows: Iterator[Row]) -> bytes:
    return spreadsheet.as_xlsx(listing.title.title()[:31], listing.headings, rows, widths=listing.widths)


def as_csv(listing: Listing, rows: Iterator[Row]) -> bytes:
    return spreadsheet.as_csv([listing.headings, *rows])


def _as_pdf(listing: Listing, rows: Sequence[Row], foot: str, *, at: datetime) -> bytes:
    village = current_village()
    table = Table(listing.paper_columns, tuple(tuple(map(plain, row)) for row in rows))
    paper = Document(
        letterhead=letterhead_of(village),
        full_name=plain(village.full_name),
        title=listing.title,
        subtitle=f"{village.full_name} per {long_date(clock.today())}".upper(),
        village_code=plain(village.code),
        blocks=(
            table if rows else text(listing.nothing),
            text(plain(foot)),
            Signatures(
                laid_out(
                    list(_signing()), abreast=2, dated=plain(f"{village.name}, {long_date(clock.today())}")
                )
            ),
        ),
        size=Paper.F4_LANDSCAPE.size,
    )
    return document.as_pdf(paper, at=at)


def _signing() -> Iterator[SignatureGroup]:
    held = Appointment.objects.current(clock.today()).filter(
        role__in=[Role.PPID, Role.PPID_SUPERIOR], deputy_for__isnull=True
    )
    holders = {each.role: each.person for each in held.select_related("person").order_by("-from_on")}
    for role, words, heading in (
        (Role.PPID, "Pejabat Pengelola Informasi dan Dokumentasi", ""),
        (Role.PPID_SUPERIOR, "Atasan PPID", "Mengetahui,"),
    ):
        person = holders.get(role)
        yield SignatureGroup((Signatory(words, person.name if person else "", number_line(person)),), heading)
