"""The settings as a fresh process reads them, and the one sentence that production gets where something is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
KEY = "makna-acak-yang-cukup-panjang-untuk-produksi"
PRODUCTION = {
    "DATABASE_URL": "postgresql://desa:sandi-basis-data@127.0.0.1:1/partisipasi",
    "SECRET_KEY": KEY,
    "LEDGER_KEY": KEY,
    "DATA_KEY": KEY,
}
SHOW = """
import json
from partisipasi import settings
print(json.dumps({name: getattr(settings, name, None) for name in NAMES}, default=str))
"""


def clean(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a process that knows nothing of this test run's own database and secrets."""
    ours = {*PRODUCTION, "PARTISIPASI_TRIAL", "PARTISIPASI_VAR", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in ours} | environment


def settings_under(environment: dict[str, str], *names: str) -> dict:
    source = SHOW.replace("NAMES", repr(names))
    command = [sys.executable, "-c", source]
    shown = subprocess.run(command, cwd=BASE, env=clean(environment), capture_output=True, check=True)
    return json.loads(shown.stdout)


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=BASE, env=clean(environment), capture_output=True, text=True, check=False
    )


def test_production_is_safe_without_further_words() -> None:
    shown = settings_under(
        PRODUCTION, "DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "TRIAL", "SITE_ORIGIN"
    )

    assert shown == {
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "TRIAL": False,
        "SITE_ORIGIN": "https://{host}",
    }


def test_a_replica_is_read_through_its_router() -> None:
    replica = {"DATABASE_REPLICA_URL": "postgresql://baca@replika/partisipasi"}

    shown = settings_under(PRODUCTION | replica, "DATABASES", "DATABASE_ROUTERS")

    assert shown["DATABASES"]["replica"]["HOST"] == "replika"
    assert shown["DATABASE_ROUTERS"] == ["partisipasi.replica.ReplicaRouter"]
    assert settings_under(PRODUCTION, "DATABASE_ROUTERS") == {"DATABASE_ROUTERS": None}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "LEDGER_KEY", "DATA_KEY"])
def test_production_without_a_secret_is_one_sentence(missing: str) -> None:
    environment = {key: value for key, value in PRODUCTION.items() if key != missing}

    refused = manage(environment, "check")

    assert refused.returncode == 1
    assert refused.stderr == f"Variabel lingkungan {missing} belum diisi; lihat docs/operations.md.\n"


def test_production_that_lost_its_database_gets_no_trial_one(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "DATABASE_URL": "", "PARTISIPASI_VAR": str(tmp_path / "var")}

    refused = manage(environment, "migrate")

    assert refused.returncode == 1
    assert refused.stderr == "DATABASE_URL belum diisi. Untuk mencoba, jalankan `make run`.\n"
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("partisipasi", "DATABASE_URL harus berbentuk postgresql://pengguna:sandi@server:5432/basisdata."),
        (
            PRODUCTION["DATABASE_URL"],
            "Server PostgreSQL dalam DATABASE_URL tidak terjangkau; periksa nama server, port, dan jaringannya.",
        ),
    ],
)
def test_a_wrong_database_is_one_sentence(url: str, sentence: str) -> None:
    refused = manage(PRODUCTION | {"DATABASE_URL": url}, "migrate")

    assert refused.returncode == 1
    assert refused.stderr == f"{sentence}\n"


def test_a_folder_without_rights_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")

    refused = manage({"PARTISIPASI_VAR": str(tmp_path / "berkas" / "var")}, "check")

    assert refused.returncode == 1
    folder = tmp_path / "berkas" / "var"
    assert (
        refused.stderr == f"Folder {folder} tidak dapat dibuat; periksa pemilik dan izin folder di atasnya.\n"
    )


def test_every_static_file_names_only_files_that_exist(tmp_path: Path) -> None:
    collected = manage(PRODUCTION | {"PARTISIPASI_VAR": str(tmp_path)}, "collectstatic", "--noinput", "-v0")

    assert collected.stderr == ""
    assert collected.returncode == 0
    assert list((tmp_path / "static" / "bootstrap").glob("bootstrap-reboot.min.*.css.br"))
