"""One settings file. What differs by environment is read from the environment (README, Settings).

Unset means safe: debug is off, HTTPS is expected, and a missing secret stops the start with a
sentence saying what to set. `make run` writes what a laptop needs into `.env`, which git ignores.
"""

import logging
import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from strongcities.environment import Environment, stop
from strongcities.slugs import path_to

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "var"
try:
    DATA_DIR.mkdir(mode=0o700, exist_ok=True)
except OSError as error:
    stop(f"The folder {DATA_DIR} cannot be made: {error.strerror}.")

env = Environment()
env.read_env(BASE_DIR / ".env")

# Security

DEBUG = env.bool("DJANGO_DEBUG", False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY", "")
if not SECRET_KEY:
    stop("Set DJANGO_SECRET_KEY to a long random text, or start with `make run`, which makes one.")
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])

HTTPS = env.bool("DJANGO_HTTPS", True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines, within the house
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = env.int("DJANGO_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("DJANGO_BEHIND_PROXY", False)
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "strongcities.editing.handed_back.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Applications

INSTALLED_APPS = [
    # First, so that `editing.admin` can take their pages out of the admin.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "members",
    "journeys",
    "strongcities.editing",
    "strongcities.staff",
    "strongcities.pagecache",
    "strongcities.operations",
    "tools",  # for two commands of developers
    "reversion",
    "django_filters",
    "django_countries",
    "strongcities.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "strongcities.apps.ShownFilesConfig",
]
MIDDLEWARE = [
    "strongcities.middleware.request_ids",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "strongcities.middleware.isolation_headers",
    "strongcities.for_programs.ForPrograms",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "strongcities.middleware.GZipTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "strongcities.middleware.bounded_bodies",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "strongcities.middleware.picture_files",
    "allauth.account.middleware.AccountMiddleware",
    "strongcities.middleware.bounded_queries",
]
ROOT_URLCONF = "strongcities.urls"
ABSOLUTE_URL_OVERRIDES = {  # pages of journeys, of which members knows nothing
    "members.city": lambda city: path_to("journeys:journey_detail", city.slug),
    "members.region": lambda region: path_to("journeys:region_detail", region.slug),
}
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our `i18n` stands for Django's
WSGI_APPLICATION = "strongcities.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "strongcities.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["strongcities.direction", "strongcities.partials"],
            "libraries": {"i18n": "strongcities.phrases"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "journeys.context_processors.of_every_page",
                "strongcities.staff.urls.account_page",
            ],
        },
    },
]

# Data

DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'journeys.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", 60)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers go on while one writes; a writer takes its lock at the start and waits for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "cached_statements": 32,  # a thread; of the usual 128 each process held 5 MB more
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # To compile a query takes PostgreSQL seconds, all of ours a tenth of one as they are.
    options = {"connect_timeout": 5, "options": "-c jit=off"}
    DATABASES["default"]["OPTIONS"] = options | DATABASES["default"].get("OPTIONS", {})
    if "DATABASE_REPLICA_URL" in env.ENVIRON:  # a copy that public pages read
        found = env.db_url("DATABASE_REPLICA_URL")
        found["OPTIONS"] = options | {"connect_timeout": 2} | found.get("OPTIONS", {})
        DATABASES["replica"] = DATABASES["default"] | found
        DATABASE_ROUTERS = ["strongcities.pagecache.replica.PublicReads"]
LONGEST_QUERY_MS = env.int("DJANGO_LONGEST_QUERY_MS", 5000)  # of a public page, on PostgreSQL
CACHES = {
    # For the limits of signing in alone: a table that all workers share, too large to be emptied.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Public pages kept ready: in memory of each process, or shared, as redis://host:6379/0.
    "pages": env.cache_url("PAGES_CACHE_URL", "locmemcache://pages?max_entries=1500")
    | {"TIMEOUT": 24 * 60 * 60},
    # Drawn for other sites to show: a month, files of some 15 KB, whatever else changes meanwhile.
    "cards": Environment.cache_url_config(
        f"filecache://{DATA_DIR}/cards?timeout=2592000&max_entries=1000"
    ),
}
if CACHES["pages"]["BACKEND"].endswith("RedisCache"):
    CACHES["pages"]["OPTIONS"] = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Staff

AUTHENTICATION_BACKENDS = ["strongcities.staff.adapters.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

OTHERS_DECIDE = env.bool("DJANGO_OTHERS_DECIDE", False)  # nobody decides their own proposals
PREVIEW_DAYS = env.int("DJANGO_PREVIEW_DAYS", 7)  # how long a preview link holds
# How long `delete_old_records` keeps what is told of staff; 0 is for ever.
KEEP_LOG_DAYS = env.int("DJANGO_KEEP_LOG_DAYS", 730)
KEEP_SIGN_IN_DAYS = env.int("DJANGO_KEEP_SIGN_IN_DAYS", 90)
KEEP_REPORTS_DAYS = env.int("DJANGO_KEEP_REPORTS_DAYS", 365)  # of readers, not of staff
KEEP_HISTORY_DAYS = env.int("DJANGO_KEEP_HISTORY_DAYS", 0)
SESSION_COOKIE_AGE = env.int("DJANGO_SESSION_DAYS", 14) * 24 * 60 * 60

SECOND_FACTOR = env.bool("DJANGO_SECOND_FACTOR", HTTPS)

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "strongcities.staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_METHODS = ["mfa"]
# Wrong passwords and codes are counted by `staff.limits`.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": False,
    "reset_password": "20/m/ip,3/h/key",
}
# Allauth's own keeps a copy of each address, and asks the database for it.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_FORMS = {"reset_password": "strongcities.staff.mails.ForgottenForm"}
MFA_ADAPTER = "strongcities.staff.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "strongcities.staff.limits.CodeForm",
    "reauthenticate": "strongcities.staff.limits.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Member Journeys"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 16
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": False}  # nothing to guess
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Mail: to the console unless a server is named.

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
MAIL_IS_SET_UP = "EMAIL_URL" in env.ENVIRON
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "journeys@localhost")
PUBLIC_ADDRESS = env.str("DJANGO_PUBLIC_ADDRESS", "").rstrip("/")
scheme, host, path, *_more = urlsplit(PUBLIC_ADDRESS)
if HTTPS and (scheme != "https" or not host or path):
    stop(
        "Set DJANGO_PUBLIC_ADDRESS to where the portal is, as https://journeys.example, with no "
        "path: mails lead there. Or set DJANGO_HTTPS=off where nobody but you reaches it."
    )
if HTTPS and not validate_host(host.partition(":")[0].lower(), ALLOWED_HOSTS):
    stop(f"DJANGO_ALLOWED_HOSTS has to name {host}, as DJANGO_PUBLIC_ADDRESS does.")
PUBLIC_ADDRESS = PUBLIC_ADDRESS or "http://localhost:8000"

# Language and time

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
FORMAT_MODULE_PATH = "strongcities.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]  # manage.py makemessages makes it
TIME_ZONE = "UTC"
COUNTRIES_OVERRIDE = {"XK": _("Kosovo")}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/pictures/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024**2  # a page too large to import is answered
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024**2  # all that staff may post: no disk is needed to read it
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
MEDIA_ROOT = env.path("DJANGO_MEDIA_ROOT", default=str(DATA_DIR / "pictures"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if bucket := env.str("PICTURES_S3_BUCKET", ""):
    if find_spec("storages") is None or find_spec("boto3") is None:
        stop("PICTURES_S3_BUCKET needs a package: pip install 'django-storages[s3]'")
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {  # shown by `views.picture`, at our own address; nobody else reads the bucket
            "bucket_name": bucket,
            "default_acl": None,
            "file_overwrite": False,
            "custom_domain": PUBLIC_ADDRESS.partition("://")[2] + MEDIA_URL.rstrip("/"),
            "url_protocol": PUBLIC_ADDRESS.partition("//")[0],
        },
    }
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs: to standard error, where the process supervisor picks them up.

SLOW_QUERY_MS = env.int("DJANGO_SLOW_QUERY_MS", 1000)
LOG_LEVEL = env.str("DJANGO_LOG_LEVEL", "WARNING").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    stop("DJANGO_LOG_LEVEL is DEBUG, INFO, WARNING, ERROR or CRITICAL.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "strongcities.operations.logs.JsonLines"},
    },
    "filters": {"refusals": {"()": "strongcities.operations.logs.Refusals"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if env.bool("DJANGO_LOG_JSON", False) else "line",
            "filters": ["refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": ["console"], "propagate": False}},
}

# Who is told of errors on a page: by mail, else on the Network's page about itself.

CONTACT_MAIL = env.str("DJANGO_CONTACT_MAIL", "")

# On which terms texts and data may be used: said on the page about these pages.

CONTENT_LICENCE = env.str("DJANGO_CONTENT_LICENCE", "")

# All that is published as one file, which `write_archive` writes and /data/ offers.

ARCHIVE = Path(env.str("DJANGO_ARCHIVE", str(DATA_DIR / "archive.zip")))

# Who is told of weaknesses: in /.well-known/security.txt.

SECURITY_CONTACT = env.str("DJANGO_SECURITY_CONTACT", "")

# Errors to Sentry, figures to Prometheus: where they are set, packages of their own are needed.

METRICS_TOKEN = env.str("DJANGO_METRICS_TOKEN", "")
if METRICS_TOKEN and find_spec("prometheus_client") is None:
    stop("DJANGO_METRICS_TOKEN needs a package: pip install prometheus-client")
folder = env.str("PROMETHEUS_MULTIPROC_DIR", "")
if METRICS_TOKEN and folder and not os.access(folder, os.W_OK):
    stop("PROMETHEUS_MULTIPROC_DIR has to name a folder that is there and may be written in.")
if dsn := env.str("SENTRY_DSN", ""):
    if find_spec("sentry_sdk") is None:
        stop("SENTRY_DSN needs a package: pip install sentry-sdk")
    import sentry_sdk

    try:
        sentry_sdk.init(
            dsn,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=lambda event, hint: {**event, "request": {}},
        )
    except ValueError:
        stop("SENTRY_DSN is no address that Sentry gives.")
