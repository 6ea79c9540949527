"""`manage.py prepare_trial`: everything between an empty database and a portal that can be served."""

import hashlib
import time
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partisipasi.village.models import Village


class Command(BaseCommand):
    """Brings the trial's database and static files up to date, and loads the demo into an empty database.

    What is done already is not done again, so that a second start takes moments.
    """

    help = "Menyiapkan basis data, desa contoh, dan berkas statis untuk portal percobaan."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("prepare_trial hanya untuk portal percobaan.")
        self.step("Memigrasikan basis data", migrations_wait, self.migrate)
        self.step("Mengumpulkan berkas statis", static_files_changed, self.collect_static)
        self.step("Memuat desa contoh (sekali saja)", is_empty, self.load_demo)

    def step(self, title: str, needed: Any, work: Any) -> None:
        """Do `work` if `needed` says so, and tell how long it took."""
        if not needed():
            return
        started = time.monotonic()
        self.stdout.write(f"{title} … ", ending="")
        self.stdout.flush()
        work()
        self.stdout.write(f"{time.monotonic() - started:.0f} detik")

    def migrate(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)

    def collect_static(self) -> None:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        (settings.VAR / "static.stamp").write_text(static_fingerprint())

    def load_demo(self) -> None:
        self.stdout.write("")  # what follows shows how far it is
        call_command("load_demo")
        call_command("due", verbosity=0)


def migrations_wait() -> bool:
    """Whether the database lacks a migration or the cache's table."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return True
    cache = settings.CACHES["default"]
    in_table = str(cache["BACKEND"]).endswith("DatabaseCache")
    return in_table and cache["LOCATION"] not in connection.introspection.table_names()


def is_empty() -> bool:
    """Whether the database holds no village yet."""
    return not Village.objects.exists()


def static_files_changed() -> bool:
    """Whether what was collected last time is missing or no longer the same."""
    stamp = settings.VAR / "static.stamp"
    return (
        not stamp.exists() or not settings.STATIC_ROOT.exists() or stamp.read_text() != static_fingerprint()
    )


def static_fingerprint() -> str:
    """A value that changes with any static file's path, size or time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
