"""The portal's settings with what tests need: secrets of their own, plain passwords, mails in memory."""

import os
import tempfile

os.environ.setdefault("DATABASE_URL", "postgresql://localhost/partisipasi")
os.environ.setdefault("PARTISIPASI_TRIAL", "1")
os.environ["PARTISIPASI_VAR"] = tempfile.mkdtemp(prefix="partisipasi-tests-")
for name in ("SECRET_KEY", "LEDGER_KEY", "DATA_KEY"):
    os.environ.setdefault(name, f"only for tests, nothing is kept with it: {name}")

from partisipasi.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
WHITENOISE_USE_FINDERS = True
