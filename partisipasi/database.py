"""The address of the database: DATABASE_URL read for Django, and what is wrong with it told in one sentence."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORM = "postgresql://pengguna:sandi@server:5432/basisdata"


def database_from(url: str, *, variable: str = "DATABASE_URL") -> dict[str, object]:
    """Django's settings for a postgresql:// address, host names and socket folders alike.

    Raises ImproperlyConfigured with one clear sentence where the address is not PostgreSQL's.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{variable} harus berbentuk {FORM}.") from None
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    name = unquote(parts.path.strip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name or "/" in name:
        raise ImproperlyConfigured(f"{variable} harus berbentuk {FORM}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "partisipasi", "connect_timeout": "10", **options},
    }


def why_unreachable(error: Exception) -> str:
    """One sentence on a failed connection, or "" if the error is of another kind.

    The driver gives no codes for these, and the server may speak any language: what is not recognised is quoted.
    """
    words = str(error)
    if not re.search(r"connection|resolve|could not translate|timeout expired|server closed", words):
        return ""
    if "password authentication failed" in words or "no password supplied" in words:
        return "Kata sandi atau nama pengguna dalam DATABASE_URL ditolak oleh PostgreSQL."
    if re.search(r'database ".*" does not exist', words):
        return "Basis data yang disebut dalam DATABASE_URL belum ada; buat dahulu dengan createdb."
    if re.search(r'role ".*" does not exist', words):
        return "Pengguna yang disebut dalam DATABASE_URL tidak dikenal oleh PostgreSQL."
    if re.search(
        r"refused|No such file|Permission denied|resolve|translate|timeout|timed out|unreachable|No route|reset by",
        words,
    ):
        return "Server PostgreSQL dalam DATABASE_URL tidak terjangkau; periksa nama server, port, dan jaringannya."
    lines = [line for line in words.splitlines() if line.strip()]
    return f"Sambungan ke PostgreSQL dalam DATABASE_URL gagal: {lines[0]}."
