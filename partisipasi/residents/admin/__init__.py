from . import appointments, bodies, letters, people  # noqa: F401
