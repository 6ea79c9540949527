"""A newcomer asks in the forum, a moderator lets it through on a phone, and a neighbour answers: without JavaScript."""

import pytest

from forums.models import Forum, Post, Reaction, Topic
from partisipasi import clock
from partisipasi.residents.models import Role
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(browser, live_server, village):
    """A window without JavaScript, as small as most phones here."""
    windows = []

    def opened():
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=False, viewport=PHONE, locale="id-ID"
        )
        windows.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in windows:
        context.close()


def test_a_question_is_asked_held_let_through_answered_and_thanked_for(phone, sign_in, village):
    Forum.objects.seed()
    newcomer, neighbour = (
        factories.make_user("galih"),
        factories.make_resident("siti", verified_at=clock.now()),
    )
    moderator = factories.make_official(Role.MODERATOR)

    asking = phone()
    sign_in(asking, newcomer)
    asking.goto("/forum/")
    asking.get_by_role("link", name="Pelayanan desa", exact=True).click()
    asking.get_by_role("link", name="Buka topik baru").first.click()
    asking.get_by_label("Judul topik").fill("Syarat surat pindah")
    asking.get_by_label("Isi").fill("Apa saja yang perlu saya bawa?")
    asking.get_by_role("button", name="Buka topik").click()
    asking.get_by_text("moderator membacanya dahulu").wait_for()

    deciding = phone()
    sign_in(deciding, moderator)
    deciding.goto("/forum/moderasi/")
    deciding.get_by_text("Apa saja yang perlu saya bawa?").wait_for()
    deciding.get_by_role("button", name="Loloskan").click()
    deciding.get_by_text("Tidak ada yang menunggu").wait_for()

    answering = phone()
    sign_in(answering, neighbour)
    answering.goto("/forum/pelayanan-desa/")
    answering.get_by_role("link", name="Syarat surat pindah").click()
    answering.get_by_role("link", name="Tulis tanggapan").click()
    answering.get_by_label("Tanggapan Anda").fill("KK, KTP, dan surat pengantar RT.")
    answering.get_by_role("button", name="Kirim tanggapan").click()
    answering.get_by_text("Tanggapan Anda sudah tayang.").wait_for()

    asking.goto(Topic.objects.get().get_absolute_url())
    asking.get_by_role("link", name="Beri reaksi atas tulisan Siti").click()
    asking.get_by_role("button", name="Terima kasih").click()
    asking.get_by_text("1 berterima kasih").wait_for()
    asking.goto(Topic.objects.get().get_absolute_url())
    asking.get_by_role("link", name="Laporkan tulisan Siti").click()
    asking.get_by_label("Tidak benar atau menyesatkan").check()
    asking.get_by_role("button", name="Laporkan tanggapan").click()
    asking.get_by_text("moderator akan membacanya").wait_for()

    deciding.goto("/forum/moderasi/")
    deciding.get_by_role("group").locator("summary", has_text="Sembunyikan").click()
    deciding.get_by_label("Alasan").fill("Salah alamat; syaratnya lain.")
    deciding.get_by_role("button", name="Sembunyikan tanggapan").click()
    deciding.get_by_text("Sudah disembunyikan").wait_for()

    answering.goto("/forum/tanggapan-saya/")
    answering.get_by_text("Salah alamat; syaratnya lain.").wait_for()
    assert Reaction.objects.count() == 1
    assert Post.objects.get(is_opening=False).hidden_at
