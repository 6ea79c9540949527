"""*Dokumentasi* on paper (domain: 1.9): the photos that everybody may see, two on a page, with captions."""

from datetime import datetime
from io import BytesIO

from attendance import document
from attendance.document import Block, Document, Photo, Photos, text
from attendance.models import Activity, Evidence
from attendance.roster import letterhead_of
from partisipasi.db import current_village
from partisipasi.printed import plain
from partisipasi.village.words import figures

MOST = 40
"""Photos on paper. Those beyond are in the bundle as files, and the paper says so."""
_SIDE, _QUALITY = 1000, 78
_A4 = (210, 297)


def as_pdf(activity: Activity, photos: list[Evidence], *, at: datetime) -> bytes:
    """The photos as PDF made `at` (aware). Raises NotTypesettable."""
    village = current_village()
    sessions = list(activity.sessions.in_order())
    shown = photos[:MOST]
    where = f"{sessions[0].day_text}, {sessions[0].venue_text}"
    captioned = (Photo(_drawn(each), plain(f"{each.title}. {where}")) for each in shown)
    blocks: list[Block] = [Photos(tuple(captioned))]
    if len(photos) > MOST:
        blocks.append(text(f"{figures(len(photos) - MOST)} foto lainnya ada sebagai berkas."))
    paper = Document(
        letterhead=letterhead_of(village),
        full_name=plain(village.full_name),
        title="DOKUMENTASI",
        subtitle=plain(activity.title).upper(),
        village_code=plain(village.code),
        size=_A4,
        blocks=tuple(blocks),
    )
    return document.as_pdf(paper, at=at)


def _drawn(photo: Evidence) -> bytes:
    """The picture as a JPEG large enough for half a page."""
    from PIL import Image

    out = BytesIO()
    with photo.file.content.open("rb") as content, Image.open(content) as picture:
        picture.thumbnail((_SIDE, _SIDE))
        # What is clear in a PNG is paper on paper.
        ground = Image.new("RGB", picture.size, "white")
        drawn = picture.convert("RGBA")
        ground.paste(drawn, mask=drawn.getchannel("A"))
        ground.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
