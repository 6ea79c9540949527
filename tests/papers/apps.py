from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Rows that exist in tests alone, for what the lowest floors promise to rows of any room."""

    name = "tests.papers"
    label = "papers"
