"""What time alone makes due for files: those that nothing uses any more go."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from partisipasi import clock
from partisipasi.db import current_village_pk
from partisipasi.village.models import Heartbeat

from .models import StoredFile

KEPT_UNUSED = timedelta(days=1)
SWEPT_EVERY = timedelta(days=1)


@clock.due("files.clear")
def clear_unused() -> int:
    """Delete files that no row has pointed at and nobody has stored anew for a day."""
    unused = StoredFile.objects.unreferenced().filter(stored_at__lt=clock.now() - KEPT_UNUSED)
    return sum(_clear(pk) for pk in unused.values_list("pk", flat=True))


@transaction.atomic
def _clear(pk: int) -> bool:
    # Under the row's lock nobody can begin to point at it, so what is unused now stays so.
    locked = StoredFile.objects.select_for_update(skip_locked=True, of=("self",))
    stored = locked.filter(pk=pk, stored_at__lt=clock.now() - KEPT_UNUSED).first()
    if stored is None or stored.references():
        return False
    stored.delete()
    return True


@clock.due("files.sweep")
def sweep() -> int:
    """Once a day, delete bytes that no row knows: of uploads whose transaction failed, of rows deleted in bulk."""
    mark = f"files.sweep {current_village_pk()}"
    if Heartbeat.is_alive(mark, SWEPT_EVERY):
        return 0
    # Listed before the rows are asked: whose row comes in between is not listed yet.
    lying = list(_old_bytes())
    named = StoredFile.objects.only("content", "preview", "versions")
    known = {name for stored in named.iterator() for name in stored.names}
    strays = [name for name in lying if name not in known]
    for name in strays:
        default_storage.delete(name)
    Heartbeat.beat(mark)
    return len(strays)


def _old_bytes() -> Iterator[str]:
    """The names of this village's stored bytes that have lain for a day."""
    long_ago = clock.now() - KEPT_UNUSED
    for visibility in StoredFile.Visibility.values:
        top = f"{current_village_pk()}/{visibility}"
        for shelf in _listed(top)[0]:
            for name in _listed(f"{top}/{shelf}")[1]:
                path = f"{top}/{shelf}/{name}"
                if default_storage.get_modified_time(path) < long_ago:
                    yield path


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
