"""The one story from which the portal comes, on its real input.

A village holds a meeting, its Daftar Hadir is filled at the desk, an article about it is published with the list as
attachment, residents read and comment; the neighbours see none of it, and the record tells all of it.
"""

import io
from datetime import datetime
from uuid import uuid4

import pdfplumber
import pytest
from django.core.management import call_command
from django.test import Client

from announcements.models import Article, Category
from attendance.models import Activity, ActivityKind
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.residents.models import Body, Membership, Person, Role
from tests import seed
from tests.factories import make_body, make_official, make_person, make_resident, make_unsur

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not seed.PATH.exists(), reason="The seed article is not beside the project."),
]

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
INVITED, IN_PERSON, STAND_INS, WALK_INS = 56, 46, 4, 10
COMMENT = "Kapan hasil musyawarahnya bisa dibaca?"


@pytest.fixture
def article_text():
    return seed.read()


@pytest.fixture
def officials(village):
    """The people of the village's office, each in his post since long before the meeting."""
    village.names_on_public_lists = True
    village.code = "33.99.01.2001"
    village.save()
    ActivityKind.objects.seed()
    Category.objects.seed()
    posts = {
        "secretary": make_official(Role.SECRETARY, username="sekretaris"),
        "clerk": make_official(Role.OPERATOR, username="operator"),
        "head": make_official(Role.VILLAGE_HEAD, username="kades"),
        "chair": make_official(Role.BPD_CHAIR, username="bpd"),
    }
    bpd = make_body(name="BPD", kind=Body.Kind.BPD)
    notary = make_person(name="Endah Setyowati")
    Membership.objects.create(person=notary, body=bpd, position="Sekretaris")
    return posts


@pytest.fixture
def meeting(village, officials):
    """A Musyawarah Desa on the day of the article, with its invitations sent out."""
    secretary = officials["secretary"]
    activity = Activity.objects.create(
        kind=ActivityKind.objects.get(code="musdes"),
        title="Musyawarah Desa Penguatan Partisipasi Masyarakat",
        agenda="Penguatan partisipasi masyarakat",
        venue="Balai Desa",
        created_by=secretary,
    )
    activity.add_session(datetime(2023, 12, 22, 9, tzinfo=village.zone))
    activity.announce(secretary)
    unsur = [make_unsur(name=name) for name in ("Ketua RT", "Tokoh agama", "PKK", "Kelompok tani")]
    for number in range(INVITED):
        guest = make_person(
            name=f"Undangan {number + 1:02}",
            sex="LP"[number % 2],
            unsur=unsur[number % 4],
            phone=f"+62812000{number:04}",
            address=f"RT {number % 9 + 1:03}",
        )
        activity.invite(guest, by=secretary)
    return activity


@pytest.fixture
def filled_list(meeting, officials):
    """The desk at the door: sixty come, four of them in another's place, ten without an invitation."""
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(officials["secretary"])
    path = f"{meeting.get_absolute_url()}meja/"
    invited = list(meeting.invitations.order_by("pk"))
    for invitation in invited[:IN_PERSON]:
        desk.post(f"{path}hadir/", {"invitation": invitation.pk, "nonce": uuid4()})
    for number, invitation in enumerate(invited[IN_PERSON : IN_PERSON + STAND_INS]):
        stand_in = {"name": f"Wakil {number + 1}", "sex": "P", "nonce": uuid4()}
        desk.post(f"{path}wakil/{invitation.pk}/", stand_in)
    for number in range(WALK_INS):
        walk_in = {"name": f"Warga {number + 1:02}", "sex": "L", "address": "Dusun Krajan", "nonce": uuid4()}
        desk.post(f"{path}tamu/", walk_in)
    desk.post(f"{path}tutup/")
    meeting.refresh_from_db()
    return meeting


def paste(page, html):
    """Paste as from the village's old site."""
    page.locator(".ProseMirror").click()
    page.evaluate(
        """html => {
          const copied = new DataTransfer();
          copied.setData("text/html", html);
          const paste = new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true });
          document.querySelector(".ProseMirror").dispatchEvent(paste);
        }""",
        html,
    )


def test_the_seed_is_read_whole(article_text):
    assert article_text.title == "PENGUATAN PARTISIPASI MASYARAKAT"
    assert (article_text.date, article_text.author) == ("22 Desember 2023", "Administrator")
    assert article_text.reads == 35
    assert len(article_text.points) == 8 + 16
    assert article_text.attachments == ["Daftar Hadir"]


def test_the_main_job(
    page, browser, village, neighbour, officials, filled_list, article_text, sign_in, live_server
):
    session = filled_list.sessions.get()
    assert session.attendances.present().count() == 60
    the_paper_has_its_eight_parts(officials["secretary"], filled_list)

    sign_in(page, officials["clerk"])
    the_clerk_publishes(page, article_text, filled_list)

    article = Article.objects.get()
    assert article.published_at.astimezone(village.zone).date() == session.day
    assert all(point in article.words for point in article_text.points)
    assert article.body.count("<ul>") == 8

    the_attachment_shows_who_came_and_nothing_more(article)
    a_resident_reads_and_comments(browser, live_server, article, article_text, sign_in)
    assert article.topic.posts.get().body == COMMENT
    assert Article.objects.with_reads().get().reads == 36

    the_neighbours_see_none_of_it(neighbour, article, filled_list)
    the_record_tells_all_of_it(article, filled_list)


def the_paper_has_its_eight_parts(secretary, meeting):
    """The secretary's PDF holds what a Daftar Hadir consists of (domain: 1.3)."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(secretary)
    answer = client.get(f"{meeting.get_absolute_url()}daftar-hadir.pdf")
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    text = "\n".join(pages)
    parts = {
        "letterhead": ["PEMERINTAH KABUPATEN PURWASARI RAYA", "KECAMATAN TIRTAMAYA", "DESA SUKARAMAH"],
        "title": ["DAFTAR HADIR", "MUSYAWARAH DESA PENGUATAN PARTISIPASI"],
        "facts": ["Hari/Tanggal", "Jumat, 22 Desember 2023", "Waktu", "Tempat", "Balai Desa", "Acara"],
        "table": ["Nama", "Tanda Tangan", "Undangan 01", "mewakili Undangan 47", "Warga 10"],
        "recap": ["Jumlah hadir: 60 orang", "dari 56 undangan"],
        "place and date": ["Sukaramah, 22 Desember 2023"],
        "signatures": ["Pimpinan Musyawarah", "Notulis", "Endah Setyowati", "Kepala Desa", "Ketua BPD"],
        "footer": [f"Halaman 1 dari {len(pages)}", village_code()],
    }
    missing = {part: [word for word in words if word not in text] for part, words in parts.items()}
    assert not any(missing.values()), missing
    assert all("Nama" in page for page in pages[:-1])


def village_code():
    return "33.99.01.2001"


def the_clerk_publishes(page, text, meeting):
    page.goto("/admin/announcements/article/add/")
    page.locator(".ProseMirror").wait_for()
    page.get_by_label("Judul:").fill(text.title)
    page.get_by_label("Kategori:").select_option(label="Edukasi")
    paste(page, text.body)
    page.get_by_label("Penulis:").fill(text.author)
    page.get_by_label("Tentang kegiatan:").select_option(label=str(meeting))
    page.locator("summary", has_text="Artikel lama").click()
    page.get_by_label("Tanggal:").fill("22/12/2023")
    page.get_by_label("Waktu:").fill("13:00")
    page.get_by_label("Dibaca sebelum dipindahkan").fill(str(text.reads))
    page.get_by_role("button", name="Simpan dan terus mengedit").click()
    page.get_by_role("link", name="Lampirkan daftar hadir").click()
    page.get_by_role("button", name="Lampirkan daftar hadir").click()
    page.get_by_text("Daftar hadir sudah dilampirkan.").wait_for()
    page.get_by_role("link", name="Terbitkan artikel").click()
    page.get_by_role("button", name="Terbitkan artikel").click()
    page.get_by_text("Artikel sudah tayang.").wait_for()


def the_attachment_shows_who_came_and_nothing_more(article):
    attachment = article.attachments.get()
    assert attachment.title == "Daftar Hadir"
    answer = Client(HTTP_HOST="localhost").get(attachment.get_absolute_url())
    with pdfplumber.open(io.BytesIO(b"".join(answer.streaming_content))) as pdf:
        shown = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Undangan 01" in shown
    assert "Jumlah hadir: 60 orang" in shown
    for hidden in ("0812000", "62812", "RT 00", "Dusun Krajan", "Tanda Tangan"):
        assert hidden not in shown


def a_resident_reads_and_comments(browser, live_server, article, text, sign_in):
    """On a phone without JavaScript."""
    context = browser.new_context(
        base_url=live_server.url,
        user_agent=PHONE,
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    phone = context.new_page()
    sign_in(phone, make_resident(username="warga", verified_at=clock.now()))
    phone.goto("/informasi/")
    phone.get_by_role("link", name=text.title).click()
    facts = phone.locator(".page-head .facts").inner_text()
    assert facts == f"Jumat, {text.date} · {text.author} · Dibaca {text.reads} kali"
    assert phone.get_by_role("listitem").filter(has_text="Forum Partisipatif:").count() == 1
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Daftar Hadir").click()
    assert download.value.suggested_filename == "daftar-hadir.pdf"
    phone.get_by_role("link", name="Tulis tanggapan").click()
    phone.get_by_label("Tanggapan Anda").fill(COMMENT)
    phone.get_by_role("button", name="Kirim tanggapan").click()
    phone.get_by_text(COMMENT).wait_for()
    context.close()


def the_neighbours_see_none_of_it(neighbour, article, meeting):
    there = Client(HTTP_HOST="tetangga.localhost")
    with village_scope(neighbour):
        clerk = make_official(Role.OPERATOR, username="operator-tetangga")
        assert not Article.objects.exists()
        assert not Entry.objects.filter(kind="article.published").exists()
    attachment = article.attachments.get()
    addresses = [
        article.get_absolute_url(),
        f"{article.get_absolute_url()}dibaca.gif",
        attachment.get_absolute_url(),
        attachment.file.public_url(),
        meeting.get_absolute_url(),
        f"{meeting.get_absolute_url()}daftar-hadir/",
        f"{meeting.get_absolute_url()}daftar-hadir.pdf",
        article.topic.posts.get().get_absolute_url(),
        f"/admin/announcements/article/{article.pk}/change/",
    ]
    for visitor in (None, clerk):
        if visitor:
            there.force_login(visitor)
        for address in addresses:
            assert there.get(address).status_code in ({404} if visitor else {404, 302}), address
        for listing in ("/informasi/", "/informasi/umpan.atom", "/kegiatan/", "/"):
            assert article.title not in there.get(listing).content.decode(), listing


def the_record_tells_all_of_it(article, meeting):
    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    story = ["activity.announced", "activity.closed", "article.published", "post.published"]
    assert [kind for kind in kinds if kind in story] == story
    closed = Entry.objects.get(kind="activity.closed")
    counted = closed.facts["sessions"][0] if "sessions" in closed.facts else closed.facts
    assert (counted["present"], counted["invited"], counted["seats_filled"]) == (60, INVITED, 50)
    assert Entry.objects.get(kind="article.published").facts["content"] == article.content_hash()
    assert Person.objects.get(name="Undangan 01").phone not in str(list(Entry.objects.values("facts")))
    call_command("verify_ledger", stdout=io.StringIO())
