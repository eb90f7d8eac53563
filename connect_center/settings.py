# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Django's settings. Everything has an embedded default in one state folder (`CENTER_STATE`).

What operators change by environment variables stands in `environment.py` and in docs/operating-center.md.
"""

import os

from connect_center import environment
from connect_center.delivery import storage_settings
from connect_center.state import secret_key, signing_keys, state_folder

CENTER_STATE = state_folder()
CENTER_PLACE = environment.place()
CENTER_INVITATION_DAYS = environment.number("CENTER_INVITATION_DAYS", 14)  # then an invitation ends
CENTER_TERMS_VERSION = "2026-01"

# ---- secrets and hosts ---------------------------------------------------------------------------
SECRET_KEY = environment.secret("CENTER_SECRET_KEY_FILE") or secret_key(CENTER_STATE)
DEBUG = False
ALLOWED_HOSTS = list(CENTER_PLACE.hosts)
CSRF_TRUSTED_ORIGINS = [CENTER_PLACE.url] if CENTER_PLACE.url else []
ALLAUTH_TRUSTED_PROXY_COUNT = CENTER_PLACE.proxies  # whose X-Forwarded-For says who asks
if CENTER_PLACE.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if CENTER_PLACE.is_https:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = (
        False  # other names are not this Center's to decide
    )
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS for other names, see above
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
    "connect_center.policy",
    "connect_center.applications",
    "connect_center.news",
    "connect_center.support",
    "connect_center.kept",
    "connect_center.operation",
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
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "connect_center.operation.metrics.measured",
    "connect_center.operation.health.answered_first",
    "connect_center.problems.told_as_problems",
    "django.middleware.security.SecurityMiddleware",
    "connect_center.headers.content_security_policy",
    "connect_center.kept.answers.kept_answers",  # before everything that only pages need
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # every answer gets an ETag
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "connect_center.accounts.language.account_decides",
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
                "connect_center.accounts.language.languages",
            ],
        },
    }
]

# ---- what is kept --------------------------------------------------------------------------------
DATABASES = {"default": environment.database(CENTER_STATE)}
CACHES = {"default": environment.cache(), "answers": environment.cache_of_answers()}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms look like the other pages
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = CENTER_STATE / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    **storage_settings.packages(),  # object storage, where the operator names one
}
CENTER_ACCEL_REDIRECT = os.environ.get("CENTER_ACCEL_REDIRECT", "")  # nginx then sends the packages itself
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files are served from the package; nothing to collect

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("pl", "Polski"),
    ("cs", "Čeština"),
    ("pt-pt", "Português"),  # the texts of libraries are kept under this name
    ("ja", "日本語"),
    ("ar", "العربية"),
]
LANGUAGE_COOKIE_NAME = "center_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CENTER_PLACE.is_https
FORMAT_MODULE_PATH = ["connect_center.formats"]
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

# Five wrong passwords shut an account's door; it opens by itself after this time.
CENTER_LOCKOUT_SECONDS = environment.number("CENTER_LOCKOUT_SECONDS", 300)
ACCOUNT_RATE_LIMITS = {"login_failed": f"20/m/ip,5/{CENTER_LOCKOUT_SECONDS}s/key"}

# A second step: a code of an authenticator, a passkey, or a recovery code.
MFA_ADAPTER = "connect_center.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CONNECT Center"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones may be off by half a minute
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CENTER_PLACE.is_https  # http://localhost, as browsers allow

# An organisation's own identity provider, chosen by the mail domain.
SOCIALACCOUNT_ADAPTER = "connect_center.organisations.federation.FederationAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the organisation's provider answers for its own addresses

HEADLESS_CLIENTS = ("app",)

IDP_OIDC_ADAPTER = "connect_center.accounts.oidc.OidcAdapter"
IDP_OIDC_PRIVATE_KEYS = signing_keys(CENTER_STATE)
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600  # a client that is not started for a season signs in again

# ---- mail ----------------------------------------------------------------------------------------
# Without a mail server mails stay here and are read at /mail/.
_mail = environment.mail_server()
CENTER_KEEPS_MAILS = not _mail.host
CENTER_MAILS = CENTER_STATE / "mails"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _mail.host else "connect_center.mailbox.sink.Backend"
)
EMAIL_HOST, EMAIL_PORT = _mail.host or "127.0.0.1", _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.tls, _mail.starttls
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
