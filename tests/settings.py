"""The portal's settings with what tests need: secrets of their own, plain passwords, mails in memory."""

import atexit
import os
import tempfile

from partisipasi import embedded

os.environ.setdefault("PARTISIPASI_TRIAL", "1")
# The controller of a parallel run comes here first; its workers inherit the address it found.
embedded.provide_database_url()
_var = tempfile.TemporaryDirectory(prefix="partisipasi-tests-")
atexit.register(_var.cleanup)
os.environ["PARTISIPASI_VAR"] = _var.name
for name in ("SECRET_KEY", "LEDGER_KEY", "DATA_KEY"):
    os.environ.setdefault(name, f"only for tests, nothing is kept with it: {name}")

from partisipasi.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.papers"]  # noqa: F405
# A server that a test starts shares it.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
