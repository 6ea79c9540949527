from . import category, report, trays  # noqa: F401
