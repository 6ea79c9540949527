from . import appointments, bodies, letters, people, trays  # noqa: F401
