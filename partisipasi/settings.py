"""Settings, read from the environment; docs/operations.md has the table of variables."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bootstrap_wrapper
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from partisipasi.database import database_from

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PARTISIPASI_VAR") or BASE_DIR / "var")

# The trial is what a newcomer starts on his own machine: embedded database, demo, secrets of its own.
TRIAL = os.environ.get("PARTISIPASI_TRIAL") == "1"
DEBUG = False


def _secret(name: str) -> str:
    """The secret `name` from the environment; in the trial made once and kept in var/."""
    if value := os.environ.get(name):
        return value
    if not TRIAL:
        raise ImproperlyConfigured(f"Variabel lingkungan {name} belum diisi. Lihat docs/operations.md.")
    path = VAR / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as secret:
                secret.write(secrets.token_urlsafe(48))
        except FileExistsError:  # another process of the same start was first
            pass
    return path.read_text()


if not os.environ.get("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_URL belum diisi. Untuk mencoba, jalankan `make run`.")
DATABASES = {"default": database_from(os.environ["DATABASE_URL"])}

SECRET_KEY = _secret("SECRET_KEY")
LEDGER_KEY = _secret("LEDGER_KEY").encode()
DATA_KEY = _secret("DATA_KEY").encode()

# Which village a request belongs to is decided by partisipasi.http from the village's own host names;
# ALLOWED_HOSTS only adds names that no village has, for health checks behind a proxy.
ALLOWED_HOSTS = ["*"]
# The form of every absolute address; {host} is the village's first host name.
SITE_ORIGIN = os.environ.get("SITE_ORIGIN") or (
    f"http://{{host}}:{os.environ.get('PORT', '8000')}" if TRIAL else "https://{host}"
)
EXTRA_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
# How many proxies of ours stand before the portal and write X-Forwarded-For; 0 believes no such header.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))

INSTALLED_APPS = [
    "partisipasi.portal",
    "announcements",
    "forums",
    "attendance",
    "partisipasi.residents",
    "partisipasi.files",
    "partisipasi.ledger",
    "partisipasi.village",
    "partisipasi.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "partisipasi.apps.StaticFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_prose_editor",
    "django_tasks_db",
    "heroicons",
]

MIDDLEWARE = [
    "partisipasi.http.LiveMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "partisipasi.http.VillageMiddleware",
    "partisipasi.http.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "partisipasi.urls"
WSGI_APPLICATION = "partisipasi.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partisipasi.http.page_context",
            ],
            "builtins": ["heroicons.templatetags.heroicons"],
        },
    },
]

AUTH_USER_MODEL = "residents.User"
AUTHENTICATION_BACKENDS = [
    "partisipasi.residents.accounts.SignInBackend",
    "partisipasi.residents.permissions.AppointmentBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partisipasi.residents.accounts.AccountAdapter"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Of Bootstrap only the reboot is served; partisipasi.apps.StaticFilesConfig leaves the rest where it is.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir() / "css"),
]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES: dict[str, dict[str, object]] = {
    # Counters of allauth and of ours must be the same for all workers, so not in one process's memory.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}
if cache_url := os.environ.get("CACHE_URL"):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_url}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def _mailer(url: str) -> dict[str, object]:
    """Django's mailer for smtp://user:password@host:port, smtps://…, or nothing: mails into var/mail/."""
    parts = urlsplit(url)
    if not url:
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(VAR / "mail")},
        }
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and bool(parts.username),
        },
    }


MAILERS = {"default": _mailer(os.environ.get("MAILER_URL", ""))}
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "partisipasi@localhost")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Portal pages are cached whole, so they carry no nonce; admin's policy is in partisipasi.admin.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "partisipasi.http.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
if not TRIAL:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
