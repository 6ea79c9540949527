"""The only place that asks what time it is, and the register of what time alone makes due.

Tests, the demo and, in the trial only, `manage.py clock --at …` move the clock; nothing else reads the
system's time.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    if moved := _moved.get():
        return moved
    return datetime.now(UTC) + _trial_offset()


def today() -> date:
    """The present day in the village's time zone (the active one)."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is `moment` (aware) and stays so."""
    if timezone.is_naive(moment):
        raise ValueError("The clock needs an aware moment.")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def _offset_file() -> Path:
    return settings.VAR / "clock.json"


def _trial_offset() -> timedelta:
    if not settings.TRIAL:
        return timedelta()
    try:
        changed = _offset_file().stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    return _read_offset(_offset_file(), changed)


@lru_cache(maxsize=1)
def _read_offset(path: Path, changed: int) -> timedelta:
    return timedelta(seconds=json.loads(path.read_text())["seconds"])


def move_trial(moment: datetime | None) -> None:
    """Move the clock of the whole trial to `moment`, from where it runs on; None sets it right again."""
    if not settings.TRIAL:
        raise RuntimeError("Only the trial's clock can be moved.")
    if moment is None:
        _offset_file().unlink(missing_ok=True)
        return
    _offset_file().parent.mkdir(parents=True, exist_ok=True)
    fresh = _offset_file().with_suffix(".new")
    fresh.write_text(json.dumps({"seconds": (moment - datetime.now(UTC)).total_seconds()}))
    fresh.replace(_offset_file())


@dataclass(frozen=True)
class DueJob:
    """Work that time alone makes due in one village: a function without arguments, run in the village's scope.

    It finds for itself which rows are due by `clock.now()`, takes them by conditional update or row lock, and may be
    run again at any moment: twice is the same as once. It returns how many things it did.
    """

    name: str
    run: Callable[[], int]


_due: dict[str, DueJob] = {}


def due(name: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register a function as a DueJob. Called at start-up, from an app's `ready()` by import of its `due.py`."""

    def register(function: Callable[[], int]) -> Callable[[], int]:
        if name in _due and _due[name].run is not function:
            raise ValueError(f"Two due jobs are called {name}.")
        _due[name] = DueJob(name, function)
        return function

    return register


def due_jobs() -> list[DueJob]:
    return list(_due.values())
