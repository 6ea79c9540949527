"""What settings read from the environment, each checked, and what is wrong told in one sentence.

docs/operations.md has the table of variables.
"""

import os
import re
import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32
MAIL_PORTS = {"smtp": 587, "smtps": 465}


def secret(name: str, *, kept_in: Path | None) -> str:
    """The secret `name` from the environment; without it one made once and kept in the folder, or a refusal.

    Production has no such folder: a secret that is made up silently would be lost silently.
    """
    if value := os.environ.get(name):
        if kept_in is None and len(value) < SHORTEST_SECRET:
            raise ImproperlyConfigured(
                f"Variabel lingkungan {name} terlalu pendek; isi dengan paling sedikit {SHORTEST_SECRET} karakter acak."
            )
        return value
    if kept_in is None:
        raise ImproperlyConfigured(f"Variabel lingkungan {name} belum diisi; lihat docs/operations.md.")
    return _kept_secret(kept_in / name)


def number(name: str, default: int) -> int:
    """The whole number in the variable `name`."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(
            f"Variabel lingkungan {name} harus berupa bilangan bulat, bukan {value!r}."
        )
    return int(value)


def map_tiles(address: str) -> str:
    """Where the map's tiles are: https://host/…/{z}/{x}/{y}.png, or nothing for a map without them."""
    if not address:
        return ""
    parts = urlsplit(address)
    complete = all(part in parts.path for part in ("{z}", "{x}", "{y}"))
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", parts.netloc) or not complete:
        raise ImproperlyConfigured(
            "MAP_TILES harus berbentuk https://server/{z}/{x}/{y}.png, dengan satu nama server yang tetap."
        )
    return address


def files_of(package: str) -> Path:
    """The folder of an installed package that cannot be imported while settings are read."""
    found = find_spec(package)
    if found is None or not found.origin:
        raise ImproperlyConfigured(f"Paket {package} belum terpasang.")
    return Path(found.origin).parent


def mailer(url: str, *, kept_in: Path) -> dict[str, object]:
    """Django's mailer for smtp://user:password@host:port or smtps://…; without an address mails become files."""
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": str(kept_in)}}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "MAILER_URL harus berbentuk smtp://pengguna:sandi@server:587 atau smtps://…."
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            # A password never travels in the clear; a relay on this machine asks for none.
            "use_tls": parts.scheme == "smtp" and bool(parts.username),
            "timeout": 20,
        },
    }


def media_storage() -> dict[str, object]:
    """Where stored files lie: a bucket if MEDIA_S3_BUCKET names one, else the folder MEDIA_ROOT.

    Nothing in the bucket is public: files only come out of views that check who asks.
    """
    bucket = os.environ.get("MEDIA_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("MEDIA_S3_ENDPOINT") or None,
            "region_name": os.environ.get("MEDIA_S3_REGION") or None,
            "access_key": os.environ.get("MEDIA_S3_ACCESS_KEY") or None,
            "secret_key": os.environ.get("MEDIA_S3_SECRET_KEY") or None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


def shared_cache(url: str) -> dict[str, object]:
    """The cache that all workers share: Redis if `url` names one, else a table of the database."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("CACHE_URL harus berbentuk redis://server:6379/0.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def _kept_secret(path: Path) -> str:
    """The secret in the file, made by whoever comes first; several processes may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        made = path.with_suffix(f".{os.getpid()}")
        with open(os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another was first; a link never shows half a secret
            os.link(made, path)
        made.unlink()
    return path.read_text()
