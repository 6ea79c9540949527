"""The trial's PostgreSQL starts, is shared, ends with its last user, and survives being killed."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from partisipasi.trial import place, postgres
from partisipasi.trial.place import server_in, whereabouts
from partisipasi.trial.postgres import Server, ServerRefused

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the server's account")
BASE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may enter, which pytest's own are not."""
    ours = Path(tempfile.mkdtemp(prefix="partisipasi-tests-"))
    ours.chmod(0o755)
    yield ours
    shutil.rmtree(ours)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    ours = server_in(folder)
    ours.ensure_running()
    yield ours
    ours.stop()


def sockets(server: Server) -> str:
    assert server.postmaster is not None
    return str(server.postmaster[1])


def pid(server: Server) -> int:
    assert server.postmaster is not None
    return server.postmaster[0]


def lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_speaks_utf8_and_has_the_extensions_we_need(server: Server) -> None:
    with psycopg.connect(host=sockets(server), user="postgres", autocommit=True) as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}")

        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), lower('É') FROM pg_database"
        ).fetchone()

    assert row == ("UTF8", "é")


def test_it_listens_on_no_network(server: Server) -> None:
    with psycopg.connect(host=sockets(server), user="postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_starting_it_twice_is_starting_it_once(server: Server) -> None:
    before = pid(server)

    server.ensure_running()

    assert pid(server) == before


def test_a_stopped_server_leaves_no_process(folder: Path) -> None:
    server = server_in(folder)
    server.ensure_running()
    postmaster = pid(server)

    server.stop()

    assert not lives(postmaster)
    assert server.postmaster is None


def test_a_session_does_not_keep_it_from_stopping(folder: Path) -> None:
    server = server_in(folder)
    server.ensure_running()
    with psycopg.connect(host=sockets(server), user="postgres"):
        started = time.monotonic()

        server.stop()

    assert time.monotonic() - started < 10
    assert server.postmaster is None


def test_after_a_kill_it_starts_with_all_that_was_committed(server: Server) -> None:
    with psycopg.connect(host=sockets(server), user="postgres", autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(pid(server), signal.SIGKILL)

    server.ensure_running()

    with psycopg.connect(host=sockets(server), user="postgres") as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_process_number_that_now_belongs_to_another_is_no_server(folder: Path) -> None:
    server = server_in(folder)
    server.ensure_running()
    left = (server.data / "postmaster.pid").read_text().splitlines()
    server.stop()
    (server.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")

    server.ensure_running()
    try:
        assert pid(server) != os.getpid()
        assert server.is_ready()
    finally:
        server.stop()


def test_a_path_that_is_long_and_has_spaces_and_quotes(folder: Path) -> None:
    var = folder / ("desa 'kami', " * 6)
    var.mkdir()
    server = server_in(var)

    server.ensure_running()
    elsewhere = Path(sockets(server))
    try:
        assert elsewhere != server.data
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    finally:
        server.stop()

    assert not elsewhere.exists()


def test_a_server_that_cannot_run_says_why(folder: Path) -> None:
    server = server_in(folder)
    server.ensure_running()
    server.stop()
    (server.data / "postgresql.conf").write_text("tidak_dikenal = ya\n")

    with pytest.raises(ServerRefused, match="configuration file"):
        server.ensure_running()


def test_a_broken_creation_is_begun_anew(folder: Path) -> None:
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "sisa").write_text("dari jalan yang terputus")
    server = server_in(folder)

    server.ensure_running()
    server.stop()

    assert not (folder / "postgres.new").exists()
    assert not (server.data / "sisa").exists()


@root
def test_in_a_closed_folder_it_runs_elsewhere_and_opens_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder / "home"
    var = home / "clone" / "var"
    var.mkdir(parents=True)
    home.chmod(0o700)
    monkeypatch.setattr(place, "ELSEWHERE", folder / "lib")
    monkeypatch.setattr(place, "_may_run", lambda account, program: folder / "lib" in program.parents)

    server = server_in(var)
    server.ensure_running()
    again = server_in(var)
    server.stop()

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert server == again
    assert (var / "postgres").resolve() == server.data
    assert folder / "lib" in server.data.parents
    assert folder / "lib" in server.binaries.parents
    assert f"berjalan dari salinannya di {folder / 'lib'}/, begitu pula datanya." in whereabouts(var)
    assert whereabouts(folder) == ""


def user_of(var: Path, *, seconds: float) -> subprocess.Popen[str]:
    """Another process that uses the server under `var` for so many seconds and has said where it is."""
    source = f"""
import sys, time
from partisipasi import embedded
print(embedded.start(), flush=True)
time.sleep({seconds})
"""
    environment = {**os.environ, "PARTISIPASI_VAR": str(var)}
    process = subprocess.Popen(
        [sys.executable, "-c", source], cwd=BASE, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://postgres@/partisipasi?host=")
    return process


def test_the_last_user_stops_it(folder: Path) -> None:
    long, short = user_of(folder, seconds=60), user_of(folder, seconds=0)
    server = server_in(folder)
    try:
        short.wait(120)
        assert server.is_ready()
        long.send_signal(signal.SIGINT)
        long.wait(120)
        assert not server.is_ready()
    finally:
        for process in (long, short):
            process.kill()
            process.communicate()


def test_a_killed_user_does_not_keep_it_for_ever(folder: Path) -> None:
    killed = user_of(folder, seconds=60)
    killed.kill()
    killed.communicate()
    server = server_in(folder)
    assert server.is_ready()

    user_of(folder, seconds=0).communicate(timeout=120)

    assert not server.is_ready()


def test_a_holder_ends_the_server_when_asked(folder: Path) -> None:
    environment = {**os.environ, "PARTISIPASI_VAR": str(folder)}
    command = [sys.executable, "-m", "partisipasi.embedded", str(folder / "address")]
    with subprocess.Popen(command, cwd=BASE, env=environment) as holder:
        deadline = time.monotonic() + 60
        while not (folder / "address").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        with psycopg.connect((folder / "address").read_text()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        server = server_in(folder)

        holder.terminate()
        assert holder.wait(120) == 0

    assert not server.is_ready()


def test_a_holder_ends_with_its_server_so_that_it_is_started_again(folder: Path) -> None:
    environment = {**os.environ, "PARTISIPASI_VAR": str(folder)}
    command = [sys.executable, "-m", "partisipasi.embedded", str(folder / "address")]
    with subprocess.Popen(command, cwd=BASE, env=environment, stderr=subprocess.PIPE, text=True) as holder:
        deadline = time.monotonic() + 60
        while not (folder / "address").exists() and time.monotonic() < deadline:
            time.sleep(0.05)

        os.kill(pid(server_in(folder)), signal.SIGKILL)

        assert holder.wait(120) == 1
        assert holder.stderr is not None
        assert holder.stderr.read() == "PostgreSQL percobaan berhenti dengan sendirinya.\n"


def test_patience_has_an_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = server_in(folder)
    server.ensure_running()
    server.stop()
    monkeypatch.setattr(postgres, "PATIENCE", 0.0)

    with pytest.raises(ServerRefused):
        server.ensure_running()
