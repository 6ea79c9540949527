"""Uploads of every kind, made here so that no binary file lies in the repository."""

import io
import zipfile

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partisipasi.files.recognition import ODS, ODT


def upload(content: bytes, name: str = "berkas") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **saving: object
) -> bytes:
    """A picture whose left half is red and right half blue, so that its direction shows."""
    image = Image.new(mode, size, "blue")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "red"), (0, 0))
    out = io.BytesIO()
    image.save(out, kind, **saving)
    return out.getvalue()


def photo_with_position() -> bytes:
    """A phone's photo: taken upright on its side, with where, when and by which phone it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneOfWarga"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 12.0, 33.0), 3: "E", 4: (110.0, 24.0, 1.0)})
    return picture(size=(64, 32), exif=exif.tobytes(), comment=b"rumah pelapor")


def pdf(text: str = "Undangan") -> bytes:
    return f"%PDF-1.4\n% {text}\ntrailer<<>>\n%%EOF\n".encode()


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def xlsx(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "Anggaran")
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(listing_extra: bytes = b"") -> bytes:
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.wordprocessingml.document.main+xml"/></Types>'
    )
    return package({"[Content_Types].xml": listing_extra + types, "word/document.xml": b"<w/>"})


def odt() -> bytes:
    return package({"mimetype": ODT.encode(), "content.xml": b"<office/>"})


def ods() -> bytes:
    return package({"mimetype": ODS.encode(), "content.xml": b"<office/>"})
