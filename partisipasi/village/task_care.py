"""Care for background tasks, which django-tasks-db runs once and then forgets.

A task whose worker was killed stays RUNNING for ever, and a failed one FAILED. Here the first is queued again, the
second tried three times more with growing pauses; what still fails becomes a FailedWork of its village.
Times are the database's: the trial's moved clock does not concern the queue.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from partisipasi.db import village_scope

from .models import FailedWork, Village
from .tasks import beat

WORKER = "partisipasi-tasks "
"""Before the worker's id in the name of its database connection, by which its death is noticed."""

ATTEMPTS = 4
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25))
ABANDONED = "partisipasi.village.task_care.Abandoned"
_KEPT = {
    TaskResultStatus.SUCCESSFUL: timedelta(days=14),
    TaskResultStatus.FAILED: timedelta(days=90),
}


def care() -> int:
    """One round of care; returns how many tasks it dealt with."""
    dealt_with = _queue_abandoned() + _try_failed_again() + _show_hopeless()
    _forget_old()
    return dealt_with


def ask_for_beat() -> None:
    """Ask the task worker for a sign of life, unless one is still asked for."""
    if not _tasks().filter(task_path=beat.module_path, status=TaskResultStatus.READY).exists():
        beat.enqueue()


def try_anew(pk: UUID) -> None:
    """Queue a failed task as if it had never run."""
    _tasks().filter(pk=pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, worker_ids=[], run_after=Now(), finished_at=None
    )


def _tasks() -> models.QuerySet:
    attempts: models.Func = models.Func(
        models.F("worker_ids"), function="jsonb_array_length", output_field=models.IntegerField()
    )
    return DBTaskResult.objects.annotate(attempts=attempts)


def _queue_abandoned() -> int:
    """Tasks that run, as the queue believes, in a worker whose connection is gone."""
    running = _tasks().filter(status=TaskResultStatus.RUNNING, started_at__lt=Now() - timedelta(seconds=10))
    living = _living_workers()
    abandoned = [task for task in running if task.worker_ids[-1:] and task.worker_ids[-1] not in living]
    for task in abandoned:
        # Only while it still runs in that worker: another round may have been faster.
        same = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids
        )
        if task.attempts < ATTEMPTS:
            same.update(status=TaskResultStatus.READY, run_after=Now())
        else:
            same.update(status=TaskResultStatus.FAILED, finished_at=Now(), exception_class_path=ABANDONED)
    return len(abandoned)


def _living_workers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE %s", [f"{WORKER}%"]
        )
        return {name.removeprefix(WORKER) for (name,) in cursor.fetchall()}


def _try_failed_again() -> int:
    tried = 0
    failed = _tasks().filter(status=TaskResultStatus.FAILED).exclude(task_path=beat.module_path)
    for attempt, pause in enumerate(PAUSES, start=1):
        tried += failed.filter(attempts=attempt).update(
            status=TaskResultStatus.READY, run_after=models.F("finished_at") + pause
        )
    return tried


def _show_hopeless() -> int:
    """Make what has failed for good visible in its village, whose key is the task's first argument."""
    hopeless = _tasks().filter(status=TaskResultStatus.FAILED, attempts__gte=ATTEMPTS)
    return sum(_is_shown_now(task) for task in hopeless)


def _is_shown_now(task: Any) -> bool:
    first = next(iter(task.args_kwargs.get("args", [])), None)
    village = Village.objects.filter(pk=first).first() if isinstance(first, int) else None
    if village is None:
        return False
    with village_scope(village):
        _, made = FailedWork.objects.get_or_create(
            name=task.task_path[:200],
            task=task.pk,
            defaults={"failures": task.attempts, "error": task.exception_class_path[:200]},
        )
    return made


def _forget_old() -> None:
    beats = DBTaskResult.objects.filter(task_path=beat.module_path)
    beats.exclude(status=TaskResultStatus.RUNNING).filter(enqueued_at__lt=Now() - timedelta(hours=1)).delete()
    for status, kept in _KEPT.items():
        DBTaskResult.objects.filter(status=status, finished_at__lt=Now() - kept).delete()
