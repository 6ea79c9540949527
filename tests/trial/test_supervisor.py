"""The supervisor with tiny programs in place of the portal: start, fall, restart, end, nothing left."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from partisipasi.trial import supervisor as module
from partisipasi.trial.supervisor import MARK, Child, Ended, GaveUp, Supervisor, end_leftovers

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows and signals orphans")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(module, "GRACE", 1.0)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)
    with Supervisor(dict(os.environ), folder=tmp_path, say=said.append) as ours:
        yield ours


def program(tmp_path: Path, source: str, name: str = "Portal", every: float | None = None) -> Child:
    """A child that runs `source` as Python."""
    command = [sys.executable, "-c", textwrap.dedent(source)]
    return Child(name, command, tmp_path / f"{name}.log", every=every)


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def lives(pid: int) -> bool:
    """Whether the process runs; a zombie that nobody has collected does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_child_stays_until_we_stop(supervisor: Supervisor, tmp_path: Path) -> None:
    child = program(tmp_path, "import time; time.sleep(60)")
    supervisor.start(child)
    assert child.process is not None
    pid = child.process.pid
    assert lives(pid)

    supervisor.stop()

    assert not lives(pid)


def test_a_child_that_falls_is_started_again(supervisor: Supervisor, tmp_path: Path, said: list[str]) -> None:
    source = f"""
        import pathlib, sys, time
        fallen = pathlib.Path({str(tmp_path / "fallen")!r})
        if not fallen.exists():
            fallen.touch()
            sys.exit(7)
        pathlib.Path({str(tmp_path / "stands")!r}).touch()
        time.sleep(60)
    """
    supervisor.start(program(tmp_path, source))

    supervisor.watch(until=(tmp_path / "stands").exists)

    assert len(said) == 1
    assert "Portal berhenti (kode 7) dan dijalankan lagi" in said[0]


def test_a_child_that_keeps_falling_ends_the_run_with_its_last_words(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(program(tmp_path, "import sys; sys.exit('Kunci tidak cocok.')"))

    with pytest.raises(GaveUp, match=r"Portal berhenti 3 kali berturut-turut: Kunci tidak cocok\."):
        supervisor.watch()


def test_a_child_that_falls_after_standing_for_long_has_its_chances_back(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STEADY", 0.0)
    runs = tmp_path / "runs"
    supervisor.start(program(tmp_path, f"open({str(runs)!r}, 'a').write('x'); raise SystemExit(1)"))

    supervisor.watch(until=lambda: runs.exists() and len(runs.read_text()) > 4)

    assert len(runs.read_text()) > 4


def test_a_periodic_child_comes_back_and_its_failure_ends_nothing(
    supervisor: Supervisor, tmp_path: Path, said: list[str]
) -> None:
    runs = tmp_path / "runs"
    source = f"open({str(runs)!r}, 'a').write('x'); raise SystemExit(3)"
    supervisor.start(program(tmp_path, source, "Pemeriksa tenggat", every=0.3))

    supervisor.watch(until=lambda: len(said) >= 4)

    assert len(runs.read_text()) >= 4
    assert "Pemeriksa tenggat gagal (kode 3)" in said[0]


def test_a_periodic_child_never_runs_twice_at_once(supervisor: Supervisor, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    source = f"import time; open({str(runs)!r}, 'a').write('x'); time.sleep(60)"
    supervisor.start(program(tmp_path, source, every=0.01))
    assert wait_for(runs.exists)
    later = time.monotonic() + 0.5

    supervisor.watch(until=lambda: time.monotonic() > later)

    assert runs.read_text() == "x"


@linux
def test_a_child_that_does_not_listen_is_killed_with_all_it_started(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    source = f"""
        import os, pathlib, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        pids = [os.getpid(), os.fork() or os.getpid()]
        if pids[0] == os.getpid():
            pathlib.Path({str(tmp_path / "pids")!r}).write_text(" ".join(map(str, pids)))
        time.sleep(60)
    """
    supervisor.start(program(tmp_path, source))
    assert wait_for(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text() != "")
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(set(pids)) == 2
    assert all(lives(pid) for pid in pids)

    supervisor.stop()

    assert wait_for(lambda: not any(lives(pid) for pid in pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_ends_the_watch(supervisor: Supervisor, tmp_path: Path, number: signal.Signals) -> None:
    supervisor.start(program(tmp_path, "import time; time.sleep(60)"))

    def interrupt() -> bool:
        os.kill(os.getpid(), number)
        return False

    with pytest.raises(Ended):
        supervisor.watch(until=interrupt)


def test_the_first_child_ends_last(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    source = """
        import signal, sys, time
        def end(*_):
            open({order!r}, "a").write({name!r} + " ")
            sys.exit()
        signal.signal(signal.SIGTERM, end)
        open({ready!r}, "w").close()
        time.sleep(60)
    """
    for name in ("database", "portal"):
        ready = tmp_path / f"{name}.ready"
        filled = source.format(order=str(order), name=name, ready=str(ready))
        supervisor.start(program(tmp_path, filled, name))
        assert wait_for(ready.exists)

    supervisor.stop()

    assert order.read_text() == "portal database "


def test_a_program_run_to_its_end_leaves_its_words_and_code(supervisor: Supervisor, tmp_path: Path) -> None:
    code = supervisor.run([sys.executable, "-c", "print('halo'); raise SystemExit(4)"], tmp_path / "log")

    assert code == 4
    assert (tmp_path / "log").read_text() == "halo\n"


def test_handlers_are_as_before_when_the_block_is_left(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)

    with Supervisor({}, folder=tmp_path):
        assert signal.getsignal(signal.SIGTERM) != before

    assert signal.getsignal(signal.SIGTERM) == before


@linux
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    source = f"""
        import os, pathlib, sys
        from partisipasi.trial.supervisor import Child, Supervisor
        with Supervisor(dict(os.environ), folder=pathlib.Path({str(tmp_path)!r})) as supervisor:
            child = Child("Portal", ["sleep", "60"], pathlib.Path({str(tmp_path / "log")!r}))
            supervisor.start(child)
            print(child.process.pid, flush=True)
            supervisor.watch()
    """
    command = [sys.executable, "-c", textwrap.dedent(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout is not None
        child = int(ours.stdout.readline())
        assert lives(child)

        ours.kill()

    assert wait_for(lambda: not lives(child))


@linux
def test_what_a_killed_run_left_is_ended_and_nothing_else(tmp_path: Path) -> None:
    ours = subprocess.Popen(["sleep", "60"], env={**os.environ, MARK: str(tmp_path)})
    foreign = subprocess.Popen(["sleep", "60"], env={**os.environ, MARK: str(tmp_path / "lain")})
    try:
        assert wait_for(lambda: module._marked(str(tmp_path)) == [ours.pid])

        assert end_leftovers(str(tmp_path)) == [ours.pid]

        assert ours.wait(5) == -signal.SIGTERM
        assert foreign.poll() is None
    finally:
        for process in (ours, foreign):
            process.kill()
            process.wait()
