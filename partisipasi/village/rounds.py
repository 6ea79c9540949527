"""A round through all villages that does what time alone has made due."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils import timezone

from partisipasi import clock
from partisipasi.db import village_scope

from . import task_care
from .models import FailedWork, Heartbeat, Village

logger = logging.getLogger(__name__)

Report = Callable[[Village, str, int], None]

# The first half of the advisory locks' keys, so that no other use of them meets ours; the second is the village.
_LOCK = 0x44554500
_NO_VILLAGE = 0


def make_round(report: Report = lambda village, job, done: None) -> None:
    """Do in every village what is due now. Raises nothing for what fails there: that is noted and tried again.

    Rounds that meet share the villages between them: what one is at, the other passes by.
    """
    with _held(_NO_VILLAGE) as free:
        if free:
            task_care.care()
    for village in Village.objects.order_by("pk"):
        with _held(village.pk) as free:
            if free:
                do_due(village, report)
    task_care.ask_for_beat()
    Heartbeat.beat("due")


def do_due(village: Village, report: Report) -> None:
    """Run each due job in the village's scope and zone; one that fails stops no other."""
    with village_scope(village), timezone.override(village.zone):
        failing = set(FailedWork.objects.filter(task=None).values_list("name", flat=True))
        for job in clock.due_jobs():
            try:
                done = job.run()
            except Exception as error:
                logger.exception("%s failed in village %s", job.name, village.pk)
                FailedWork.objects.note(job.name, error)
                continue
            if job.name in failing:
                FailedWork.objects.filter(name=job.name, task=None).delete()
            if done:
                report(village, job.name, done)


@contextmanager
def _held(key: int) -> Iterator[bool]:
    """Hold an advisory lock of the database session, or say that another session holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, key])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held:
            _release(key)


def _release(key: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, key])
    except DatabaseError:  # the session is gone, and its locks with it
        logger.warning("The lock of village %s went with its connection.", key)
