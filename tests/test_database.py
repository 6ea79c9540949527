"""DATABASE_URL is read as PostgreSQL's own programs read it; what is wrong with it is one sentence."""

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from partisipasi.database import database_from, why_unreachable


def test_a_server_with_user_and_password() -> None:
    settings = database_from("postgresql://desa:r%40hasia@db.contoh.id:6432/partisipasi?sslmode=require")

    assert settings["NAME"] == "partisipasi"
    assert settings["USER"] == "desa"
    assert settings["PASSWORD"] == "r@hasia"
    assert settings["HOST"] == "db.contoh.id"
    assert settings["PORT"] == "6432"
    assert settings["OPTIONS"] == {
        "application_name": "partisipasi",
        "connect_timeout": "10",
        "sslmode": "require",
    }


def test_a_socket_folder_in_the_query_or_in_the_host() -> None:
    assert database_from("postgresql:///partisipasi?host=/run/postgresql")["HOST"] == "/run/postgresql"
    assert database_from("postgres://desa@%2Frun%2Fpostgresql/partisipasi")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "partisipasi",
        "mysql://desa@localhost/partisipasi",
        "sqlite:///db.sqlite3",
        "postgresql://localhost",
        "postgresql://localhost/",
        "postgresql://localhost:limaribu/partisipasi",
        "postgresql://localhost/satu/dua",
        "postgresql://[::1/partisipasi",
    ],
)
def test_another_address_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        database_from(url, variable="DATABASE_REPLICA_URL")

    assert str(refusal.value) == (
        "DATABASE_REPLICA_URL harus berbentuk postgresql://pengguna:sandi@server:5432/basisdata."
    )


def test_a_server_that_is_not_there() -> None:
    for url in (
        "postgresql://desa@127.0.0.1:1/partisipasi",
        "postgresql:///partisipasi?host=/tidak/ada",
        "postgresql://desa@tidak.ada.invalid/partisipasi",
    ):
        with pytest.raises(psycopg.OperationalError) as failure:
            psycopg.connect(url, connect_timeout=5)

        assert "tidak terjangkau" in why_unreachable(failure.value)


def test_a_database_and_a_user_that_do_not_exist(django_db_blocker: object) -> None:
    from django.db import connection

    address = connection.get_connection_params() | {"dbname": "tidak_ada_di_sini"}
    for key in ("cursor_factory", "context", "prepare_threshold"):
        address.pop(key, None)
    with pytest.raises(psycopg.OperationalError) as failure:
        psycopg.connect(**address)

    assert why_unreachable(failure.value).startswith("Basis data yang disebut dalam DATABASE_URL belum ada")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            'connection failed: FATAL:  password authentication failed for user "desa"',
            "Kata sandi atau nama pengguna dalam DATABASE_URL ditolak oleh PostgreSQL.",
        ),
        (
            'connection failed: FATAL:  role "desa" does not exist',
            "Pengguna yang disebut dalam DATABASE_URL tidak dikenal oleh PostgreSQL.",
        ),
        (
            "connection failed: FATAL:  sorry, too many clients already",
            "Sambungan ke PostgreSQL dalam DATABASE_URL gagal: "
            "connection failed: FATAL:  sorry, too many clients already.",
        ),
    ],
)
def test_each_failure_has_its_sentence(words: str, sentence: str) -> None:
    assert why_unreachable(OperationalError(words)) == sentence


def test_an_error_of_another_kind_is_left_alone() -> None:
    assert why_unreachable(OperationalError("deadlock detected")) == ""
