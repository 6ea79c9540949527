from typing import Any, Self

from django.db import models

from partisipasi import clock
from partisipasi.db import ScopedManager, VillageRow


class FailedWorkQuerySet(models.QuerySet["FailedWork"]):
    def waiting(self) -> Self:
        """What failed so often that somebody must look, and nobody has yet."""
        return self.filter(failures__gte=FailedWork.VISIBLE_AFTER, dismissed_at__isnull=True)

    def note(self, name: str, error: BaseException) -> None:
        """Remember that due work failed once more."""
        work, _ = self.get_or_create(name=name, task=None, defaults={"failures": 0})
        work.failures += 1
        work.error = error_path(error)
        work.last_failed_at = clock.now()
        work.save()


class FailedWork(VillageRow):
    """Work without a person before the screen that failed again and again: due work, or a background task.

    Due work is tried each minute and its row goes once it succeeds; a task has been tried four times, and is tried
    anew when an administrator says so. What exactly happened is in the log: it may name people.
    """

    VISIBLE_AFTER = 3

    name = models.CharField("pekerjaan", max_length=200)
    task = models.UUIDField("tugas", null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField("berapa kali gagal")
    error = models.CharField("jenis galat", max_length=200)
    first_failed_at = models.DateTimeField("pertama gagal pada", default=clock.now)
    last_failed_at = models.DateTimeField("terakhir gagal pada", default=clock.now)
    dismissed_at = models.DateTimeField("diabaikan pada", null=True, blank=True)

    objects = ScopedManager(FailedWorkQuerySet)

    class Meta:
        verbose_name = "pekerjaan gagal"
        verbose_name_plural = "pekerjaan gagal"
        ordering = ["-last_failed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name", "task"], nulls_distinct=False, name="failed_work_noted_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def retry(self) -> None:
        """Try a failed task again, as often as a new one; due work is tried by itself."""
        if self.task:
            from partisipasi.village import task_care

            task_care.try_anew(self.task)
            self.delete()

    def dismiss(self) -> None:
        """Nothing more is to be done about it."""
        self.dismissed_at = clock.now()
        self.save(update_fields=["dismissed_at"])


def error_path(error: BaseException) -> str:
    """What kind of error it was: its words may name people, its kind does not."""
    kind: Any = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"[:200]
