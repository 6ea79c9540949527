#!/usr/bin/env python
"""Django's command line; without DATABASE_URL it starts the trial's own PostgreSQL first."""

import os
import sys

MINIMUM = (3, 12)

if sys.version_info < MINIMUM:
    sys.exit(
        f"Partisipasi membutuhkan Python 3.12 atau lebih baru; yang dipakai sekarang {sys.version.split()[0]}."
    )


def main() -> None:
    """Run the command; what the newcomer can mend is told in one sentence, without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partisipasi.settings")
    try:
        from partisipasi import embedded

        embedded.provide_database_url()
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import OperationalError
    except ModuleNotFoundError as missing:
        sys.exit(f"Paket {missing.name} belum terpasang; jalankan `make run`, atau pakai .venv/bin/python.")
    except embedded.ServerRefused as refusal:
        sys.exit(str(refusal))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    except OperationalError as error:
        from partisipasi.database import why_unreachable

        sentence = why_unreachable(error)
        if not sentence:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
