"""Settings, read from the environment; docs/operations.md has the table of variables."""

import os
from pathlib import Path

import bootstrap_wrapper
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from whitenoise.compress import Compressor

from partisipasi import environ
from partisipasi.database import database_from

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PARTISIPASI_VAR") or BASE_DIR / "var")

# The trial is what a newcomer starts on his own machine: embedded database, demo, secrets of its own.
TRIAL = os.environ.get("PARTISIPASI_TRIAL") == "1"
DEBUG = False


if not os.environ.get("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_URL belum diisi. Untuk mencoba, jalankan `make run`.")
DATABASES = {"default": database_from(os.environ["DATABASE_URL"])}

if replica_url := os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = database_from(replica_url, variable="DATABASE_REPLICA_URL")
    DATABASE_ROUTERS = ["partisipasi.replica.ReplicaRouter"]

_secrets = VAR / "secrets" if TRIAL else None
SECRET_KEY = environ.secret("SECRET_KEY", kept_in=_secrets)
LEDGER_KEY = environ.secret("LEDGER_KEY", kept_in=_secrets).encode()
DATA_KEY = environ.secret("DATA_KEY", kept_in=_secrets).encode()

# Which village a request belongs to is decided by partisipasi.http from the villages' own host names, and an
# unknown one gets 421; ALLOWED_HOSTS is a second fence around the whole installation.
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host] or ["*"]
# The form of every absolute address; {host} is the village's first host name.
SITE_ORIGIN = os.environ.get("SITE_ORIGIN") or (
    f"http://{{host}}:{os.environ.get('PORT', '8000')}" if TRIAL else "https://{host}"
)
# How many proxies of ours stand before the portal and write X-Forwarded-For; 0 believes no such header.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = environ.number("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "partisipasi.portal",
    "feedback",
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
    "partisipasi.http.CompressionMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "partisipasi.http.PageCacheMiddleware",
    "partisipasi.http.VillageMiddleware",
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
                "partisipasi.ledger.pages.latest_head",
                "partisipasi.residents.notices.unread_notices",
                "announcements.banners.banners",
                "announcements.menu.menu",
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
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "partisipasi.residents.accounts.AccountAdapter"
# A confirmed phone number is a further name, known to SignInBackend; allauth's own phone sign-in needs an SMS gateway.
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*", "email"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An address that somebody has may be given by another, who can never confirm it: so sign-up tells nobody.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
# A whole village may share one address, so the limits per address are wide and those per account narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,8/5m/key",
    "signup": "20/m/ip,300/d/ip",
    "reset_password": "20/m/ip,3/10m/key",
}
ACCOUNT_FORMS = {
    "login": "partisipasi.residents.forms.SignInForm",
    "signup": "partisipasi.residents.forms.SignUpForm",
    "add_email": "partisipasi.residents.forms.AddEmailForm",
    "change_password": "partisipasi.residents.forms.ChangePasswordForm",
    "set_password": "partisipasi.residents.forms.SetPasswordForm",
    "reset_password": "partisipasi.residents.forms.ForgottenPasswordForm",
    "reset_password_from_key": "partisipasi.residents.forms.NewPasswordForm",
    "reauthenticate": "partisipasi.residents.forms.ReauthenticateForm",
}
MFA_ADAPTER = "partisipasi.residents.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "partisipasi.residents.forms.CodeForm",
    "reauthenticate": "partisipasi.residents.forms.ReauthenticateCodeForm",
    "activate_totp": "partisipasi.residents.forms.ActivateTOTPForm",
}

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
    ("leaflet", environ.files_of("leaflet") / "static" / "leaflet"),
]
MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or VAR / "media"
STORAGES = {
    "default": environ.media_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Maps are for who takes the scripts apart; to compress the editor's would take half of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

CACHES: dict[str, dict[str, object]] = {
    # Counters of allauth and of ours must be the same for all workers, so not in one process's memory.
    "default": environ.shared_cache(os.environ.get("CACHE_URL", "")),
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


MAILERS = {"default": environ.mailer(os.environ.get("MAILER_URL", ""), kept_in=VAR / "mail")}
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "partisipasi@localhost")
# Who hears of errors, from the same sender as all mails.
ADMINS = [address.strip() for address in os.environ.get("ADMINS", "").split(",") if address.strip()]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "[Partisipasi] "

# AGPL-3.0, section 13: who uses the portal may have its source, as it runs here.
SOURCE_URL = os.environ.get("SOURCE_URL", "")

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
# The map's tiles come from elsewhere or not at all; only the page of the map allows their host.
MAP_TILES = environ.map_tiles(os.environ.get("MAP_TILES", ""))
MAP_CREDIT = os.environ.get("MAP_CREDIT") or "© kontributor OpenStreetMap"
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
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "admins": {"class": "partisipasi.error_mail.ErrorMailHandler", "level": "ERROR"},
    },
    # Django's own mail of an error would hold what people sent.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
    "root": {"handlers": ["stderr", "admins"], "level": "WARNING"},
}
