"""Settings: environment or `.env` first, then what `manage.py up` wrote to var/services.json."""

import json
import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clinic import environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environment.read(BASE_DIR / ".env")

PORT = env.str("PORT", default="8000")
# Made by `manage.py up` for a copy that started beside a running one.
BESIDE = BASE_DIR / "var" / f"port-{PORT}"
VAR_DIR = Path(env.str("VAR_DIR", default=str(BESIDE if BESIDE.exists() else BASE_DIR / "var")))


def running_services() -> dict[str, str]:
    """What `manage.py up` started here; empty when nothing was started."""
    try:
        return json.loads((VAR_DIR / "services.json").read_text())
    except (FileNotFoundError, PermissionError):
        return {}


def needed(name: str, what: str) -> str:
    """A setting without a safe default: the environment's, else the running services'."""
    value = env.str(name, default="") or running_services().get(name, "")
    if not value and sys.argv[1:2] not in (
        ["up"],
        ["collectstatic"],
        ["makemigrations"],
        ["compilemessages"],
    ):
        raise ImproperlyConfigured(
            f"Set {name} ({what}) in the environment or in .env, or start with `make run`."
        )
    return value


SECRET_KEY = needed("SECRET_KEY", "a long random text") or "only-for-commands-that-keep-no-secret"
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
FAILPOINTS = env.bool("FAILPOINTS", default=False)  # fault tests only: a deploy check refuses it

INSTALLED_APPS = [
    "reminders",
    "progress",
    "programs",
    "education",
    "clinic",  # before wagtail.admin and allauth: its templates replace some of theirs
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.search",
    "clinic.apps.QuietEditorConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "lucide",
    "csp",
    "clinic.apps.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.forms",  # FORM_RENDERER looks here for what we do not replace
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
if DEMO:
    INSTALLED_APPS.insert(0, "demo")

MIDDLEWARE = [
    "clinic.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # above WhiteNoise: what is served uncollected is compressed too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "clinic.middleware.WholeForm",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinic.middleware.TryAgainSoon",
    "clinic.middleware.LoginRequired",  # deny by default
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "clinic.middleware.StaffSecondFactor",
    "clinic.middleware.EditorPolicy",
    "clinic.middleware.NoStore",
    "clinic.middleware.WhosePage",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context.site",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": environ.Env.db_url_config(
        needed("DATABASE_URL", "postgres://user:password@host/name") or "postgres:///hipwise"
    )
}
DATABASES["default"] |= {
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": False,
    "OPTIONS": {
        "connect_timeout": 3,
        "application_name": "hipwise",
        "options": "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s -c timezone=UTC",
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = needed("REDIS_URL", "redis://host:6379/0") or "redis://127.0.0.1:6379/0"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "hipwise",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # survives a wiped Valkey
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "clinic.views.csrf_failure"
STAFF_SESSION_SECONDS = 60 * 60 * 12

SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews pages of ours in a frame of ours
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which would have it deny even that
DATA_UPLOAD_MAX_MEMORY_SIZE = 262_144
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    }
}

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "clinic.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # nobody has a password: everyone signs in by an emailed code or a passkey
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the adapter posts nothing, taking as long as a code takes
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "clinic.adapters.MFAAdapter"
MFA_TOTP_ISSUER = "Hipwise"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

WAGTAIL_SITE_NAME = "Hipwise"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False
)
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "education.on_approval.publish_reviewed"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or sys.argv[1:2] == ["collectstatic"]
WHITENOISE_USE_FINDERS = not COLLECTED  # `make run` serves straight from the packages: collecting takes 20 s
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

EMAIL_CONFIG = environ.Env.email_url_config(
    needed("EMAIL_URL", "smtp://user:password@host:25") or "smtp://127.0.0.1:25"
)
vars().update({name: value for name, value in EMAIL_CONFIG.items() if name.startswith("EMAIL_")})
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Hipwise <no-reply@localhost>")
MAIL_LEASE_SECONDS = 10 * EMAIL_TIMEOUT

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = (
    False  # tasks are nudges and sweeps: losing one is harmless, a poison loop is not
)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": True,
    "health_check_interval": 25,
}
# A web request must not hang on a dead broker: the row is committed, the nudge may be lost.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# `expires` keeps a stopped worker from replaying a backlog of ticks.
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 60}}
CELERY_BEAT_SCHEDULE = {
    "beat heartbeat": {"task": "clinic.tasks.beat_tick", "schedule": 30.0, "options": {"expires": 30}},
    "send mail": {"task": "clinic.tasks.drain_mail", "schedule": 15.0, "options": {"expires": 15}},
    "plan reminders": {"task": "reminders.tasks.plan_reminders", **EVERY_MINUTE},
    "refresh stale states": {"task": "progress.tasks.refresh_stale_states", **EVERY_MINUTE},
    "tell staff again": {"task": "progress.tasks.tell_again", **EVERY_MINUTE},
    "reconsider plans": {"task": "progress.tasks.reconsider_stale", **EVERY_MINUTE},
    "publish scheduled content": {"task": "education.tasks.publish_scheduled", **EVERY_MINUTE},
    "clear old sessions": {
        "task": "clinic.tasks.clear_sessions",
        "schedule": crontab(hour=3, minute=17),
        "options": {"expires": 3600},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "clinic.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks": {"level": "WARNING"},  # Wagtail's search index: two lines for each row saved
        "wagtail": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},  # each page of a handout: a line
        "fontTools": {"level": "WARNING"},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "clinic.logs.NothingPersonal"
