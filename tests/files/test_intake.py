from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.files.due import clear_unused, sweep
from partisipasi.files.forms import StoredFileField
from partisipasi.files.intake import IMAGES, Refused, prepare, store
from partisipasi.files.models import StoredFile
from partisipasi.village.models import Heartbeat
from tests import factories
from tests.papers.models import Paper

from .makers import pdf, photo_with_position, picture, upload

PUBLIC = StoredFile.Visibility.PUBLIC
INTERNAL = StoredFile.Visibility.INTERNAL


def bytes_of(content) -> bytes:
    with content.open() as opened:
        return opened.read()


def test_a_paper_is_kept_as_it_came(village):
    stored = store(upload(pdf(), "undangan.pdf"), visibility=PUBLIC)

    assert bytes_of(stored.content) == pdf()
    assert (stored.media_type, stored.kind_word, stored.size) == ("application/pdf", "PDF", len(pdf()))
    assert not stored.preview


def test_a_picture_is_kept_drawn_anew_with_a_small_version(village):
    stored = store(upload(photo_with_position()), visibility=INTERNAL, allow=IMAGES)

    assert b"PhoneOfWarga" not in bytes_of(stored.content)
    assert (stored.width, stored.height) == (32, 64)
    assert bytes_of(stored.preview)[8:12] == b"WEBP"


def test_the_same_content_is_one_file_for_each_village_and_visibility(village, neighbour):
    first = store(upload(pdf(), "a.pdf"), visibility=PUBLIC)

    assert store(upload(pdf(), "b.pdf"), visibility=PUBLIC) == first
    assert store(upload(pdf(), "a.pdf"), visibility=INTERNAL) != first
    with village_scope(neighbour):
        assert store(upload(pdf(), "a.pdf"), visibility=PUBLIC) != first
    assert StoredFile.objects.count() == 2


def test_where_a_file_lies_cannot_be_told_from_its_content(village):
    stored = store(upload(picture()), visibility=INTERNAL)

    for name in (stored.content.name, stored.preview.name):
        assert stored.sha256[:8] not in name
        assert len(name.rpartition("/")[2]) > 32
    assert stored.content.name.rpartition("/")[2][:20] not in stored.preview.name


def test_a_refused_file_leaves_nothing(village):
    with pytest.raises(Refused):
        store(upload(b"<script>"), visibility=PUBLIC)

    assert not StoredFile.objects.exists()


def test_a_file_beyond_the_limit_is_refused_unread(village, monkeypatch):
    monkeypatch.setattr("partisipasi.files.intake.MAX_BYTES", 10)
    large = upload(pdf())
    large.file.close()

    with pytest.raises(Refused, match="terlalu besar"):
        prepare(large)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_file():
    village = factories.make_village()
    start, kept = Barrier(8), []

    def send() -> None:
        start.wait()
        with village_scope(village), transaction.atomic():
            kept.append(store(upload(picture()), visibility=PUBLIC).pk)
        connection.close()

    senders = [Thread(target=send) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(kept) == 8
    assert len(set(kept)) == 1
    with village_scope(village):
        stored = StoredFile.objects.get()
    folder = stored.content.name.rsplit("/", 2)[0]
    lying = [name for part in default_storage.listdir(folder)[0] for name in files_in(f"{folder}/{part}")]
    assert set(lying) == set(stored.names)
    assert {stored.content.name, stored.preview.name} < set(stored.names)


def files_in(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def test_a_file_knows_who_points_at_it(village):
    stored = store(upload(pdf()), visibility=PUBLIC)
    unused = store(upload(pdf("lain")), visibility=PUBLIC)
    main = Paper.objects.create(title="Berita acara", main_file=stored)
    more = Paper.objects.create(title="Undangan")
    more.more_files.add(stored)

    assert main in stored.references()
    assert len(stored.references()) == 2
    assert list(StoredFile.objects.referenced()) == [stored]
    assert list(StoredFile.objects.unreferenced()) == [unused]


def test_files_that_nobody_uses_for_a_day_are_cleared_with_their_bytes(
    village, django_capture_on_commit_callbacks
):
    used = store(upload(pdf("dipakai")), visibility=PUBLIC)
    Paper.objects.create(title="Undangan", main_file=used)
    unused = store(upload(picture()), visibility=PUBLIC)

    assert clear_unused() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        young = store(upload(pdf("baru")), visibility=PUBLIC)
        with django_capture_on_commit_callbacks() as after:
            assert clear_unused() == 1
            assert clear_unused() == 0
        assert default_storage.exists(unused.content.name)
        for callback in after:
            callback()

    assert set(StoredFile.objects.all()) == {used, young}
    assert default_storage.exists(used.content.name)
    assert not default_storage.exists(unused.content.name)
    assert not any(default_storage.exists(name) for name in unused.names)


def test_a_file_stored_anew_is_not_cleared_before_its_row_points_at_it(village):
    stored = store(upload(pdf()), visibility=PUBLIC)

    with clock.at(clock.now() + timedelta(days=3)):
        assert store(upload(pdf()), visibility=PUBLIC) == stored
        assert clear_unused() == 0


def test_bytes_that_no_row_knows_are_swept_up_once_a_day(village, neighbour):
    kept = store(upload(picture()), visibility=INTERNAL)
    on_pages = store(upload(picture()), visibility=PUBLIC)
    with village_scope(neighbour):
        theirs = store(upload(pdf("tetangga")), visibility=INTERNAL)
    gone = store(upload(pdf("foto pelapor")), visibility=INTERNAL)
    StoredFile.objects.filter(pk=gone.pk).delete()

    assert sweep() == 0
    Heartbeat.objects.all().delete()
    with clock.at(clock.now() + timedelta(hours=25)):
        assert sweep() == 1
        assert sweep() == 0

    assert not default_storage.exists(gone.content.name)
    for stored in (kept, theirs):
        assert default_storage.exists(stored.content.name)
    assert default_storage.exists(kept.preview.name)
    assert len(on_pages.names) > 2
    assert all(default_storage.exists(name) for name in on_pages.names)


def test_an_upload_whose_transaction_fails_leaves_no_bytes_for_long(village):
    with transaction.atomic():
        stored = store(upload(pdf("gagal")), visibility=INTERNAL)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()

    with clock.at(clock.now() + timedelta(hours=25)):
        sweep()

    assert not default_storage.exists(stored.content.name)


def test_the_form_field_says_what_is_wrong_and_hands_on_what_is_right(village):
    field = StoredFileField(allow=IMAGES)

    with pytest.raises(Refused):
        field.clean(upload(pdf(), "foto.jpg"))
    accepted = field.clean(upload(photo_with_position(), "foto.jpg"))
    stored = store(accepted, visibility=PUBLIC, allow=IMAGES)

    assert accepted.name == "foto.jpg"
    assert stored.sha256 == accepted.prepared.sha256
    assert ".jpg" in field.widget.attrs["accept"]
    assert "20 MB" in field.help_text


def test_an_optional_file_may_stay_away(village):
    assert StoredFileField(required=False).clean(None) is None
