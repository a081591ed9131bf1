"""Django settings, made of Env alone."""

import os
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

from chengyun.config.database import database
from chengyun.kernel.env import Env
from chengyun.kernel.health.log import logging_config

ENV = Env.from_environ()
if ENV.stands:
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ENV.kernels_dir))  # what `init` compiled
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.key() if ENV.stands else token_urlsafe(48)  # looking into an empty folder leaves nothing in it
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "chengyun.config.urls"
WSGI_APPLICATION = "chengyun.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "ninja",
    "chengyun.kernel",
    "chengyun.places",
    "chengyun.accounts",
    "chengyun.indicators",
    "chengyun.cases",
    "chengyun.plans",
    "chengyun.services",
]

MIDDLEWARE = [
    "chengyun.kernel.health.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "chengyun.config.headers.OwnHostOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database(ENV.database_url, ENV.data)}

# --- who is logged in
AUTHENTICATION_BACKENDS = ["chengyun.accounts.authentication.PersonOfSession"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = ENV.session_hours * 3600
SESSION_COOKIE_NAME = "chengyun_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "chengyun_csrf"
CSRF_HEADER_NAME = "HTTP_X_CSRFTOKEN"
CSRF_FAILURE_VIEW = "chengyun.config.headers.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.base_url.startswith("https://")
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(ENV.base_url))]
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if ENV.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ADAPTER = "chengyun.accounts.oidc.CityAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # the login page links to it; what comes back is bound to the session by `state`
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "city",
                    "name": ENV.oidc_name or "OpenID Connect",
                    "client_id": ENV.oidc_client,
                    "secret": ENV.oidc_secret,
                    "settings": {"server_url": ENV.oidc_url},
                }
            ]
        }
    }
    if ENV.oidc_url
    else {}
)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Chengyun"
MFA_ADAPTER = "chengyun.accounts.second_factor.Sealed"

# --- language and time
LANGUAGE_CODE = "zh-hans" if ENV.language.startswith("zh") else "en"
TIME_ZONE = ENV.zone
USE_TZ = True
USE_I18N = True

LOGGING = logging_config(ENV.log_level)

# --- the built client
STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web"
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Za-z_-]{8}\.[a-z0-9]+$"  # the names that the client's build makes
DATA_UPLOAD_MAX_MEMORY_SIZE = (ENV.upload_megabytes + 1) * 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "chengyun.kernel.files.limits.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
NINJA_FIX_REQUEST_FILES_METHODS: set[str] = set()
