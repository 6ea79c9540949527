from . import privacy_request, village  # noqa: F401
