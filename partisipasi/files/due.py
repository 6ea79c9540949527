"""What time alone makes due for files: those that nothing uses any more go."""

from datetime import timedelta

from django.db import transaction

from partisipasi import clock

from .models import StoredFile

KEPT_UNUSED = timedelta(days=1)


@clock.due("files.clear")
def clear_unused() -> int:
    """Delete files that no row has pointed at and nobody has stored anew for a day."""
    cleared = 0
    for pk in (
        StoredFile.objects.unreferenced().filter(stored_at__lt=clock.now() - KEPT_UNUSED).values_list("pk")
    ):
        cleared += _clear(pk[0])
    return cleared


@transaction.atomic
def _clear(pk: int) -> bool:
    # Under the row's lock nobody can begin to point at it, so what is unused now stays so.
    locked = StoredFile.objects.select_for_update(skip_locked=True, of=("self",))
    stored = locked.filter(pk=pk, stored_at__lt=clock.now() - KEPT_UNUSED).first()
    if stored is None or stored.references():
        return False
    stored.delete()
    return True
