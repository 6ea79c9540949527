from . import appointments, bodies, people  # noqa: F401
