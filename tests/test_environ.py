"""What the environment says becomes settings, or one sentence."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage.handler import StorageHandler

from partisipasi import environ
from tests.s3 import bucket_server

MADE_UP = "makna-acak-yang-cukup-panjang-untuk-produksi"


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEDGER_KEY", MADE_UP)

    assert environ.secret("LEDGER_KEY", kept_in=None) == MADE_UP
    assert environ.secret("LEDGER_KEY", kept_in=tmp_path) == MADE_UP
    assert not list(tmp_path.iterdir())


def test_the_trial_makes_a_secret_once_and_shows_it_to_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATA_KEY", raising=False)

    made = environ.secret("DATA_KEY", kept_in=tmp_path / "secrets")

    assert len(made) >= 48
    assert environ.secret("DATA_KEY", kept_in=tmp_path / "secrets") == made
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["DATA_KEY"]
    assert stat.S_IMODE((tmp_path / "secrets" / "DATA_KEY").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


@pytest.mark.parametrize("value", [None, "", "terlalu-pendek"])
def test_production_refuses_to_go_without_a_secret(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv("SECRET_KEY", raising=False)
    else:
        monkeypatch.setenv("SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY (belum diisi|terlalu pendek); .+\.$"):
        environ.secret("SECRET_KEY", kept_in=None)


def test_a_number_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environ.number("TRUSTED_PROXIES", 0) == 0
    monkeypatch.setenv("TRUSTED_PROXIES", "2")
    assert environ.number("TRUSTED_PROXIES", 0) == 2
    monkeypatch.setenv("TRUSTED_PROXIES", "dua")
    with pytest.raises(
        ImproperlyConfigured, match="TRUSTED_PROXIES harus berupa bilangan bulat, bukan 'dua'"
    ):
        environ.number("TRUSTED_PROXIES", 0)


def test_without_an_address_mails_become_files(tmp_path: Path) -> None:
    mailer = environ.mailer("", kept_in=tmp_path)

    assert mailer["BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert mailer["OPTIONS"] == {"file_path": str(tmp_path)}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://surat:r%40hasia@mail.contoh.id", 587, True, False),
        ("smtp://surat:r%40hasia@mail.contoh.id:2525", 2525, True, False),
        ("smtps://surat:r%40hasia@mail.contoh.id", 465, False, True),
    ],
)
def test_a_password_never_travels_in_the_clear(
    url: str, port: int, tls: bool, ssl: bool, tmp_path: Path
) -> None:
    options = environ.mailer(url, kept_in=tmp_path)["OPTIONS"]

    assert isinstance(options, dict)
    assert (options["host"], options["port"]) == ("mail.contoh.id", port)
    assert (options["username"], options["password"]) == ("surat", "r@hasia")
    assert (options["use_tls"], options["use_ssl"]) == (tls, ssl)


@pytest.mark.parametrize("url", ["mail.contoh.id", "imap://mail.contoh.id", "smtp://", "smtp://mail:dua"])
def test_another_mail_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAILER_URL harus berbentuk smtp://"):
        environ.mailer(url, kept_in=tmp_path)


def test_the_shared_cache_is_a_table_or_redis() -> None:
    assert environ.shared_cache("") == {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
    assert environ.shared_cache("redis://127.0.0.1:6379/1")["LOCATION"] == "redis://127.0.0.1:6379/1"
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL harus berbentuk redis://"):
        environ.shared_cache("memcached://127.0.0.1")


def test_without_a_bucket_files_lie_in_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDIA_S3_BUCKET", raising=False)

    assert environ.media_storage() == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_a_bucket_keeps_gives_and_forgets_files(monkeypatch: pytest.MonkeyPatch) -> None:
    with bucket_server() as (address, files):
        monkeypatch.setenv("MEDIA_S3_BUCKET", "desa")
        monkeypatch.setenv("MEDIA_S3_ENDPOINT", address)
        monkeypatch.setenv("MEDIA_S3_REGION", "ap-southeast-3")
        monkeypatch.setenv("MEDIA_S3_ACCESS_KEY", "kunci")
        monkeypatch.setenv("MEDIA_S3_SECRET_KEY", "rahasia")
        storage = StorageHandler({"default": environ.media_storage()})["default"]

        name = storage.save("1/berita-acara.pdf", ContentFile(b"%PDF-1.7 hadir"))

        assert files == {"/desa/1/berita-acara.pdf": b"%PDF-1.7 hadir"}
        assert storage.exists(name)
        with storage.open(name) as kept:
            assert kept.read() == b"%PDF-1.7 hadir"
        again = storage.save("1/berita-acara.pdf", ContentFile(b"lain"))
        assert again != name
        with pytest.raises(FileNotFoundError):
            storage.open("1/tidak-ada.pdf")
        storage.delete(name)
        assert not storage.exists(name)
