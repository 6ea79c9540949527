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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partisipasi.settings")
    from partisipasi import embedded

    embedded.provide_database_url()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
