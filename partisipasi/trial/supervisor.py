"""Keeps the trial's programs running together, and ends every one of them with itself."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

Command = Sequence[str | Path]

TICK = 0.1
STEADY = 30.0
LONGEST_PAUSE = 30.0
QUICK_FAILURES = 3
GRACE = 10.0
PR_SET_PDEATHSIG = 1
MARK = "PARTISIPASI_RUN"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(Exception):
    """Somebody asked us to end: Ctrl-C, SIGTERM or a closed terminal."""


class GaveUp(Exception):
    """A program does not stay up; the message is one sentence for the newcomer."""


@dataclass
class Child:
    """A program of the trial: one that stays (`every` is None), or one that comes back every so many seconds."""

    name: str
    command: Command
    log: Path
    every: float | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started_at: float = 0.0
    due_at: float = 0.0
    failures: int = 0

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts children each in a session of its own, restarts those that fall, ends all when asked.

    Used as a context manager: whatever way the block is left, no child is left behind.
    """

    def __init__(
        self, environment: dict[str, str], *, folder: Path, say: Callable[[str], object] = print
    ) -> None:
        self.environment = environment
        self.folder = folder
        self.say = say
        self.children: list[Child] = []
        self._ending = 0
        self._die_with_us = _death_signal(os.getpid())

    def __enter__(self) -> "Supervisor":
        self._handlers = {number: signal.signal(number, self._end) for number in ENDINGS}
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def run(self, command: Command, log: Path | None = None) -> int:
        """Run a program to its end, its words into `log` or to the terminal; return its exit code.

        Raises Ended if we are asked to end meanwhile.
        """
        process = self._popen(command, log)
        try:
            while process.poll() is None:
                self._pause()
        finally:
            end_all([process], GRACE)
        return process.returncode

    def start(self, child: Child) -> None:
        """Start a child that `watch` looks after from then on."""
        self.children.append(child)
        self._start(child)

    def watch(
        self, *, until: Callable[[], bool] = lambda: False, quick_failures: int = QUICK_FAILURES
    ) -> None:
        """Look after the children until `until` says so.

        Raises Ended, or GaveUp when one falls `quick_failures` times without having stood for half a minute.
        """
        while not until():
            for child in self.children:
                self._tend(child, quick_failures)
            self._pause()

    def stop(self) -> None:
        """End the children, those started first (the database) last; a second Ctrl-C kills what still runs."""
        if not self.children:
            return
        first, *rest = self.children
        self.children = []
        end_all(_processes(rest), GRACE, hurry=lambda: self._ending > 1)
        end_all(_processes([first]), 3 * GRACE, hurry=lambda: self._ending > 2)

    def _tend(self, child: Child, quick_failures: int) -> None:
        if child.runs:
            return
        if child.process is not None:
            self._note_end(child, child.process.returncode, quick_failures)
        if time.monotonic() >= child.due_at:
            self._start(child)

    def _note_end(self, child: Child, code: int, quick_failures: int) -> None:
        end_all(_processes([child]), 0)  # what it left in its group
        child.process = None
        now = time.monotonic()
        if child.every is not None:
            child.due_at = child.started_at + child.every
            if code:
                self.say(f"{child.name} gagal (kode {code}); rincian di {child.log}.")
            return
        child.failures = 1 if now - child.started_at > STEADY else child.failures + 1
        if child.failures >= quick_failures:
            times = f" {child.failures} kali berturut-turut" if child.failures > 1 else ""
            raise GaveUp(f"{child.name} berhenti{times}: {last_line(child.log)}")
        pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE)
        child.due_at = now + pause
        self.say(f"{child.name} berhenti (kode {code}) dan dijalankan lagi; rincian di {child.log}.")

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = self._popen(child.command, child.log)

    def _popen(self, command: Command, log: Path | None) -> subprocess.Popen[bytes]:
        if log:
            log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "ab") if log else nullcontext() as output:
            return subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if log else None,
                cwd=self.folder,
                env=self.environment,
                start_new_session=True,
                preexec_fn=self._die_with_us,
            )

    def _pause(self) -> None:
        if self._ending:
            raise Ended
        time.sleep(TICK)
        if self._ending:
            raise Ended

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending += 1


def end_all(
    processes: Sequence[subprocess.Popen[bytes]], grace: float, *, hurry: Callable[[], bool] = lambda: False
) -> None:
    """Ask whole process groups to end, and kill after `grace` seconds those that did not."""
    for process in processes:
        _signal_group(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while any(process.poll() is None for process in processes) and time.monotonic() < deadline:
        if hurry():
            break
        time.sleep(TICK)
    for process in processes:
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def _processes(children: Sequence[Child]) -> list[subprocess.Popen[bytes]]:
    return [child.process for child in children if child.process is not None]


def end_leftovers(mark: str, *, grace: float = GRACE) -> list[int]:
    """End the processes of an earlier run that was killed, and return their numbers.

    They carry `mark` in their environment, which Linux shows; elsewhere there is nothing to see, and nothing ends.
    """
    found = _marked(mark)
    for pid in found:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while (left := _marked(mark)) and time.monotonic() < deadline:
        time.sleep(TICK)
    for pid in left:
        _signal(pid, signal.SIGKILL)
    return found


def last_line(log: Path) -> str:
    """The last words in a log, for a sentence on the terminal."""
    try:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    except OSError:
        lines = []
    return f"{lines[-1].strip()} (rincian di {log})" if lines else f"lihat {log}"


def _marked(mark: str) -> list[int]:
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = entry.read_bytes().split(b"\0")
        except OSError:  # ended meanwhile, or another account's
            continue
        if wanted in environment and int(entry.parent.name) != os.getpid():
            found.append(int(entry.parent.name))
    return found


def _death_signal(parent: int) -> Callable[[], None] | None:
    """What a child does before its program starts, so that it ends when we are killed. Linux alone has it."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_for_signal() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # killed in between
            os._exit(1)

    return ask_for_signal


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _signal_group(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # gone, or on macOS: only zombies left
        os.killpg(pid, number)
