"""The portal's own Python environment in .venv, installed from requirements with hashes, once per change."""

import hashlib
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
MINIMUM = (3, 12)
PIP = ("-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--require-hashes")

Run = Callable[[Sequence[str | Path], Path], int]


class EnvironmentRefused(Exception):
    """The environment cannot be made; the message is one sentence for the newcomer."""


def ensure(requirements: str, *, run: Run, log: Path) -> None:
    """Make .venv hold what `requirements` names, unless it does already.

    `run` starts a program with its words going into a file and returns its exit code.
    Raises EnvironmentRefused.
    """
    wanted = fingerprint(BASE / requirements)
    if wanted in _installed() and _works():
        return
    started = time.monotonic()
    sys.stdout.write("Menyiapkan lingkungan Python di .venv (sekali saja, beberapa menit) …\n")
    sys.stdout.flush()
    if not _works("import pip"):
        _make()
    log.unlink(missing_ok=True)
    if code := run([PYTHON, *PIP, "-r", BASE / requirements], log):
        if code < 0:
            raise EnvironmentRefused("Pemasangan paket dihentikan.")
        raise EnvironmentRefused(explain(log.read_text(errors="replace"), log))
    # requirements-dev.txt is requirements.txt and more.
    held = {wanted, *([fingerprint(BASE / "requirements.txt")] if requirements.endswith("-dev.txt") else [])}
    STAMP.write_text("".join(f"{print_}\n" for print_ in sorted(held | _installed())))
    sys.stdout.write(f"Lingkungan siap dalam {time.monotonic() - started:.0f} detik.\n")


def fingerprint(requirements: Path) -> str:
    """What stands in .venv/installed once the file's packages are there."""
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def explain(words: str, log: Path) -> str:
    """One sentence from what pip said."""
    if "No space left on device" in words:
        return "Paket-paket tidak dapat dipasang karena ruang disk habis."
    if "DO NOT MATCH THE HASHES" in words or "Hashes are required" in words:
        return f"Isi paket dari indeks tidak sama dengan yang tercatat di requirements.txt; rincian di {log}."
    if re.search(
        r"NewConnectionError|from versions: none|Max retries|Temporary failure|ProxyError|SSLError|ConnectTimeout",
        words,
    ):
        return (
            "Paket-paket tidak dapat diunduh karena indeks paket Python tidak terjangkau; periksa sambungan "
            f"internet atau PIP_INDEX_URL (rincian di {log})."
        )
    if found := re.search(r"No matching distribution found for (\S+)", words):
        return (
            f"Paket {found[1]} tidak ditemukan di indeks paket Python; periksa sambungan internet atau "
            f"PIP_INDEX_URL (rincian di {log})."
        )
    lines = [line for line in words.splitlines() if line.strip()]
    return (
        f"Paket-paket tidak dapat dipasang: {lines[-1] if lines else 'tanpa keterangan'} (rincian di {log})."
    )


def _installed() -> set[str]:
    return set(STAMP.read_text().split()) if STAMP.exists() else set()


def _works(statement: str = "pass") -> bool:
    """Whether .venv has a Python of the right age: the one it was made from may have gone."""
    check = f"import sys; assert sys.version_info >= {MINIMUM}; {statement}"
    try:
        return not subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode
    except OSError:
        return False


def _make() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError as error:
        raise EnvironmentRefused(
            f"Python {sys.version.split()[0]} tidak lengkap (modul ensurepip tidak ada); "
            f"pasang paket python{sys.version_info[0]}.{sys.version_info[1]}-venv."
        ) from error
    except OSError as error:
        raise EnvironmentRefused(
            f"Folder {VENV} tidak dapat dibuat; periksa izin dan sisa ruang disk."
        ) from error
