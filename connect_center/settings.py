# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Django's settings. Everything has an embedded default in one state folder (`CENTER_STATE`)."""

import os

from connect_center.state import secret_key, signing_key, state_folder

CENTER_STATE = state_folder()
CENTER_TERMS_VERSION = "2026-01"

# ---- secrets and hosts ---------------------------------------------------------------------------
SECRET_KEY = secret_key(CENTER_STATE)
DEBUG = False
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("CENTER_HOSTS", "").split(",")),
]
ROOT_URLCONF = "connect_center.urls"
WSGI_APPLICATION = "connect_center.wsgi.application"

INSTALLED_APPS = [
    "connect_center",
    "connect_center.accounts",
    "connect_center.organisations",
    "connect_center.mailbox",
    "connect_center.delivery",
    "connect_center.publisher",
    "connect_center.entitlements",
    "connect_center.applications",
    "connect_center.support",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_countries",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.idp.oidc",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "connect_center.headers.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # every answer gets an ETag
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "connect_center.organisations.context.organisation",
            ],
        },
    }
]

# ---- what is kept --------------------------------------------------------------------------------
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": CENTER_STATE / "center.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # writers wait for each other instead of failing
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms look like the other pages
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = CENTER_STATE / "media"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from the package; nothing to collect

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # a language is listed once all texts are there: pages never mix two
TIME_ZONE = "UTC"
USE_TZ = True

# ---- who may come in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CENTER_PASSWORD_LENGTH = 12
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": CENTER_PASSWORD_LENGTH},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_NAME = "center_session"

ACCOUNT_ADAPTER = "connect_center.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "connect_center.accounts.registration.RegistrationFields"
ACCOUNT_FORMS = {
    "login": "connect_center.accounts.forms.SignInForm",
    "request_login_code": "connect_center.accounts.forms.CodeRequestForm",
    "signup": "connect_center.accounts.forms.RegisterForm",
    "reset_password": "connect_center.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address per account: a new one replaces the old when it is confirmed
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # whoever has no password yet can still fetch the first download
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True

HEADLESS_CLIENTS = ("app",)

IDP_OIDC_ADAPTER = "connect_center.accounts.oidc.OidcAdapter"
IDP_OIDC_PRIVATE_KEY = signing_key(CENTER_STATE)
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600  # a client that is not started for a season signs in again

# ---- mail ----------------------------------------------------------------------------------------
# CENTER_SMTP=host:port names a mail server; without it mails stay here and are read at /mail/.
_smtp_host, _, _smtp_port = os.environ.get("CENTER_SMTP", "").partition(":")
CENTER_KEEPS_MAILS = not _smtp_host
CENTER_MAILS = CENTER_STATE / "mails"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _smtp_host else "connect_center.mailbox.sink.Backend"
)
EMAIL_HOST = _smtp_host or "127.0.0.1"
EMAIL_PORT = int(_smtp_port or 25)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("CENTER_FROM", "CONNECT Center <no-reply@connect-center.example>")
CENTER_SUPPORT_ADDRESS = os.environ.get("CENTER_SUPPORT", "support@connect-center.example")

# ---- what went wrong is written to standard error ------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is not there is no fault
}
