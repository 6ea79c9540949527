"""`make run` itself, on a database that has a village already: to readiness, and to silence, also after a kill."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from partisipasi.trial import environment
from partisipasi.trial.place import server_in
from partisipasi.trial.supervisor import _marked

BASE = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240
FOUND = """
from partisipasi.village.models import Host, Village
village = Village.objects.create(name="Contoh")
Host.objects.create(village=village, name="localhost")
"""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows whose process it is"),
    pytest.mark.skipif(
        not environment.STAMP.exists()
        or environment.fingerprint(BASE / "requirements.txt") not in environment.STAMP.read_text(),
        reason="runs in the environment that `make test` makes, and would wait for pip here",
    ),
]


class Run:
    """A `make run` under way, in a session of its own as in a terminal."""

    def __init__(self, var: Path, port: int, environment: dict[str, str]) -> None:
        self.log = var / "terminal.log"
        self.var, self.port = var, port
        with open(self.log, "wb") as terminal:
            self.process = subprocess.Popen(
                ["make", "run", f"PORT={port}"],
                cwd=BASE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def words(self) -> str:
        return self.log.read_text()

    def await_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while "Hentikan dengan Ctrl-C" not in self.words() and time.monotonic() < deadline:
            assert self.process.poll() is None, self.words()
            time.sleep(0.1)
        assert "Portal siap dalam" in self.words()

    def supervisor(self) -> int:
        """The process that holds the lock on this folder: it says so itself."""
        return int((self.var / "run.lock").read_text().rpartition(" ")[2])

    def leaves_nothing(self) -> bool:
        deadline = time.monotonic() + 40
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.1)
        return not self.running()

    def running(self) -> bool:
        return bool(_marked(str(self.var))) or server_in(self.var).is_ready()


@pytest.fixture
def surroundings() -> Iterator[dict[str, str]]:
    """The environment of a newcomer whose database already has one village."""
    var = Path(tempfile.mkdtemp(prefix="partisipasi-tests-"))
    var.chmod(0o755)
    ours = {
        "DATABASE_URL",
        "SECRET_KEY",
        "LEDGER_KEY",
        "DATA_KEY",
        "DJANGO_SETTINGS_MODULE",
        "MAKEFLAGS",
        "MAKELEVEL",
    }
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    newcomer = {**kept, "PARTISIPASI_VAR": str(var), "PARTISIPASI_TRIAL": "1"}
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", FOUND]):
        subprocess.run([environment.PYTHON, "manage.py", *arguments], cwd=BASE, env=newcomer, check=True)
    yield newcomer
    for pid in _marked(str(var)):
        os.kill(pid, signal.SIGKILL)
    server_in(var).stop()
    shutil.rmtree(var)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_it_runs_ends_and_outlives_a_kill(surroundings: dict[str, str], port: int) -> None:
    var = Path(surroundings["PARTISIPASI_VAR"])

    first = Run(var, port, surroundings)
    first.await_ready()
    assert f"http://127.0.0.1:{port}/" in first.words()
    assert urllib.request.urlopen(f"http://localhost:{port}/livez").status == 200
    second = subprocess.run(
        ["make", "run", f"PORT={port + 1}"],
        cwd=BASE,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode != 0
    assert "Portal ini sudah berjalan" in second.stderr
    os.killpg(first.process.pid, signal.SIGINT)
    first.process.wait(60)
    assert first.leaves_nothing()
    assert "Portal dihentikan." in first.words()
    assert (var / "static.stamp").exists()

    killed = Run(var, port, surroundings)
    killed.await_ready()
    assert "Mengumpulkan berkas statis" not in killed.words()
    os.kill(killed.supervisor(), signal.SIGKILL)
    killed.process.wait(60)
    assert killed.leaves_nothing()

    third = Run(var, port, surroundings)
    third.await_ready()
    os.killpg(third.process.pid, signal.SIGTERM)
    third.process.wait(60)
    assert third.leaves_nothing()
    access = (var / "log" / "portal.log").read_text()
    assert "GET /livez 200" in access
    assert "127.0.0.1 " not in access
