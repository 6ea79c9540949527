"""How the portal is served, in the trial and in production alike; bind and user come from the command line."""

import os
import sys
from typing import Any

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "30"))
# A worker that has served this many requests is replaced, so that no leak grows for months.
max_requests = 10_000
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True

accesslog = "-"
# Who asked is nobody's business: no address, no user agent, no referrer, and no search words.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s byte %(M)s ms"


def on_starting(server: Any) -> None:
    """Refuse to serve with a wrong environment, in one sentence instead of a traceback from each worker."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        import partisipasi.settings  # noqa: F401
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
