"""One PostgreSQL cluster of the trial: make it, start it, stop it, and clear away what a killed one left."""

import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SOCKET_PATH_LIMIT = 80
# Tests run a connection or two per thread and per worker; idle ones cost little.
MAX_CONNECTIONS = 300
PATIENCE = 60.0


class ServerRefused(Exception):
    """The trial's PostgreSQL cannot run; the message is one sentence for the newcomer."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL cluster: where its files and programs are, and the account that runs it (None: ours)."""

    data: Path
    binaries: Path
    account: pwd.struct_passwd | None

    def command(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's account; the result's stdout has all its words."""
        identity: dict[str, object] = {}
        if self.account:
            identity = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile("w+") as words:  # a pipe would stay open in the server that pg_ctl starts
            result = subprocess.run(
                [str(self.binaries / name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **identity,  # type: ignore[call-overload]
            )
            words.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, words.read())

    @property
    def postmaster(self) -> tuple[int, Path] | None:
        """Process number and socket folder from the server's own file, of a running or of a dead server."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), Path(lines[4])
        except (OSError, IndexError, ValueError):
            return None

    def is_ready(self) -> bool:
        """Whether the server accepts connections now."""
        if not (postmaster := self.postmaster):
            return False
        return self.command("pg_isready", "-q", "-h", str(postmaster[1])).returncode == 0

    def lives(self) -> bool:
        """Whether the process named in postmaster.pid is a PostgreSQL: the number may be another's by now."""
        if not (postmaster := self.postmaster):
            return False
        try:
            name = Path(f"/proc/{postmaster[0]}/comm").read_text()
        except OSError:
            if Path("/proc/self").exists():
                return False
            listing = ["ps", "-p", str(postmaster[0]), "-o", "comm="]
            name = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
        return "postgres" in name

    def ensure_running(self) -> None:
        """Start the server unless it runs; clears away what a killed one left.

        Raises ServerRefused if it does not accept connections within a minute.
        """
        self._create()
        deadline = time.monotonic() + PATIENCE
        words = ""
        while time.monotonic() < deadline:
            if self.is_ready():
                return
            if (self.data / "postmaster.pid").exists():
                if not self.lives():
                    (self.data / "postmaster.pid").unlink(missing_ok=True)
                    continue
            elif (started := self._pg_ctl_start()).returncode:
                words = started.stdout
                # Processes of a killed server leave within moments, and hold its memory until then.
                if "shared memory" not in words + self.log_tail():
                    break
            time.sleep(0.2)
        raise ServerRefused(
            f"PostgreSQL percobaan tidak dapat dijalankan: {_last_line(self.log_tail() or words)}"
        )

    def stop(self) -> None:
        """End the server cleanly, sessions or not."""
        postmaster = self.postmaster
        for mode in ("fast", "immediate"):
            if (
                self.command("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", "30", "stop").returncode
                == 0
            ):
                break
        if postmaster and postmaster[1] != self.data:
            shutil.rmtree(postmaster[1], ignore_errors=True)

    def log_tail(self) -> str:
        """The end of the server's log."""
        try:
            return (self.data / "server.log").read_text(errors="replace")[-2000:]
        except OSError:
            return ""

    def _create(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        unfinished = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._give(unfinished)
        locale = ["--locale=C.UTF-8"]
        if sys.platform == "darwin":
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = self.command(
            "initdb", "-D", str(unfinished), "-U", "postgres", "--auth=trust", "--encoding=UTF8", *locale
        )
        if made.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise ServerRefused(f"Basis data percobaan tidak dapat dibuat: {_last_line(made.stdout)}")
        unfinished.rename(self.data)

    def _give(self, folder: Path) -> None:
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def _pg_ctl_start(self) -> subprocess.CompletedProcess[str]:
        sockets = self.data
        if len(str(sockets)) > SOCKET_PATH_LIMIT or re.search(r"[^\w./-]", str(sockets)):
            sockets = Path(tempfile.mkdtemp(prefix="partisipasi-"))
            self._give(sockets)
        (self.data / "server.log").unlink(missing_ok=True)
        options = f"-h '' -k {shlex.quote(str(sockets))} -c max_connections={MAX_CONNECTIONS}"
        log = str(self.data / "server.log")
        return self.command(
            "pg_ctl", "-D", str(self.data), "-l", log, "-w", "-t", "30", "-o", options, "start"
        )


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["tanpa keterangan"])[-1]
