"""The story of `make run`: from a fresh clone to a working portal, and back to silence on Ctrl-C."""

import errno
import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from partisipasi import embedded
from partisipasi.trial import environment
from partisipasi.trial.place import whereabouts
from partisipasi.trial.supervisor import MARK, Child, Ended, GaveUp, Supervisor, end_leftovers, last_line

LARGEST_LOG = 5_000_000
PATIENCE = 90.0
HEALTH_PATIENCE = 15.0


class Refused(Exception):
    """The portal cannot start here; the message is one sentence for the newcomer."""


def run(host: str, port: str) -> int:
    """Run the trial at `host` and `port` until asked to end, and return the exit code."""
    try:
        with _one_run_at_a_time(embedded.VAR, f"http://{host}:{port}/"):
            _run(host, port)
    except Ended:
        sys.stdout.write("\nPortal dihentikan.\n")
        return 0
    except (Refused, GaveUp, environment.EnvironmentRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except SystemExit as ending:
        return int(ending.code or 0)
    return 0


def prepare_environment(requirements: str) -> int:
    """Make .venv hold what `requirements` names, and return the exit code."""
    try:
        _refuse_unwritable(embedded.VAR)
        with Supervisor(dict(os.environ), folder=environment.BASE) as supervisor:
            environment.ensure(requirements, run=supervisor.run, log=embedded.VAR / "log" / "pip.log")
    except Ended:
        return 130
    except (Refused, environment.EnvironmentRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def _run(host: str, port: str) -> None:
    started = time.monotonic()
    var = embedded.VAR.resolve()
    with Supervisor(_environment(var, port), folder=environment.BASE, say=_say) as supervisor:
        if end_leftovers(str(var)):
            _say("Sisa dari jalan sebelumnya dihentikan.")
        _refuse_taken_port(host, port)
        log = _fresh_logs(var / "log")
        environment.ensure("requirements.txt", run=supervisor.run, log=log / "pip.log")
        if not supervisor.environment.get("DATABASE_URL"):
            supervisor.environment["DATABASE_URL"] = _start_database(supervisor, var)
            if elsewhere := whereabouts(var):
                _say(elsewhere)
        if code := supervisor.run([environment.PYTHON, "manage.py", "prepare_trial"]):
            raise SystemExit(code)
        for child in _children(host, port, log):
            supervisor.start(child)
        _await_portal(supervisor, host, port, log)
        _say(_welcome(host, port, time.monotonic() - started))
        supervisor.watch()


def _environment(var: Path, port: str) -> dict[str, str]:
    return {
        **os.environ,
        MARK: str(var),
        "PARTISIPASI_VAR": str(var),
        "PARTISIPASI_TRIAL": "1",
        "PORT": port,  # for absolute addresses
        "DJANGO_SETTINGS_MODULE": "partisipasi.settings",
        "PYTHONUNBUFFERED": "1",
        "WEB_GRACEFUL_TIMEOUT": "5",
    }


def _start_database(supervisor: Supervisor, var: Path) -> str:
    """Start the embedded server as a child and return its address."""
    address = var / "database_url"
    address.unlink(missing_ok=True)
    hold: list[str | Path] = [environment.PYTHON, "-m", "partisipasi.embedded", address]
    supervisor.start(Child("Basis data", hold, var / "log" / "database.log"))
    supervisor.watch(until=address.exists, quick_failures=1)
    return address.read_text()


def _children(host: str, port: str, log: Path) -> list[Child]:
    manage: list[str | Path] = [environment.PYTHON, "manage.py"]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn: list[str | Path] = [
        environment.PYTHON,
        "-m",
        "gunicorn",
        "-c",
        "deploy/gunicorn.conf.py",
        "--bind",
        bind,
    ]
    return [
        Child("Portal", [*gunicorn, "partisipasi.wsgi"], log / "portal.log"),
        Child("Pekerja tugas", [*manage, "db_worker"], log / "tasks.log"),
        Child("Pemeriksa tenggat", [*manage, "due"], log / "due.log", every=60),
    ]


def _await_portal(supervisor: Supervisor, host: str, port: str, log: Path) -> None:
    """Return when the portal answers; raise GaveUp if it answers with an error, or not at all."""
    deadline = time.monotonic() + PATIENCE
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104

    def answers(path: str) -> bool:
        return time.monotonic() > deadline or 0 < _status(here, port, path) < 500

    supervisor.watch(until=lambda: answers("/livez"), quick_failures=1)
    if not 0 < _status(here, port, "/") < 500:
        raise GaveUp(f"Portal tidak menjawab sebagaimana mestinya: {last_line(log / 'portal.log')}.")
    deadline = time.monotonic() + HEALTH_PATIENCE
    supervisor.watch(until=lambda: answers("/healthz"))


def _status(host: str, port: str, path: str) -> int:
    """The status with which the portal answers, 0 if it does not answer."""
    connection = HTTPConnection(host, int(port), timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def _welcome(host: str, port: str, seconds: float) -> str:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    shown = f"[{shown}]" if ":" in shown else shown
    return f"""
Portal siap dalam {seconds:.0f} detik: http://{shown}:{port}/
  desa kedua   http://tetangga.localhost:{port}/
  admin        http://{shown}:{port}/admin/
Masuk dengan akun contoh, kata sandi semuanya partisipasi-demo:
  warga        warga, warga2, wargabaru (belum terverifikasi), tetangga (desa kedua)
  perangkat    admin, kades, operator, moderator, petugas, ppid, sekretaris, bpd, keuangan, kadus, kadus2
Log ada di {embedded.VAR / "log"}. Hentikan dengan Ctrl-C.
"""


def _refuse_unwritable(var: Path) -> None:
    for folder in (environment.BASE, var):
        if folder == environment.BASE and environment.STAMP.exists():
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(
                f"Folder {folder} tidak dapat dibuat; periksa pemilik dan izin folder di atasnya."
            ) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Refused(f"Folder {folder} tidak dapat ditulisi oleh akun Anda.")


@contextmanager
def _one_run_at_a_time(var: Path, address: str) -> Iterator[None]:
    """Refuse a second run on the same data; the kernel drops the lock however this process ends."""
    _refuse_unwritable(var)
    with open(var / "run.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            other = lock.read().strip()
            raise Refused(
                f"Portal ini sudah berjalan ({other}); hentikan dahulu dengan Ctrl-C di jendela itu."
            ) from None
        lock.truncate(0)
        lock.write(f"{address}, proses {os.getpid()}")
        lock.flush()
        yield


def _refuse_taken_port(host: str, port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Refused(f"PORT={port} bukan nomor port; contohnya: make run PORT=8001.")
    try:
        family, *_, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise Refused(f"HOST={host} tidak dikenal; contohnya: make run HOST=127.0.0.1.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = (
                f"Port {port} di {host} sudah dipakai program lain; pilih yang lain: make run PORT=8001."
            )
        elif error.errno == errno.EACCES:
            sentence = f"Port {port} hanya boleh dibuka oleh root; pilih yang lain: make run PORT=8001."
        else:
            sentence = f"HOST={host} bukan alamat komputer ini; contohnya: make run HOST=127.0.0.1."
        raise Refused(sentence) from error


def _fresh_logs(folder: Path) -> Path:
    """The folder of logs, without those that grew large in earlier runs."""
    folder.mkdir(parents=True, exist_ok=True)
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.unlink()
    return folder


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
