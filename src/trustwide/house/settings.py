"""Settings of one installation. Everything that differs between installations comes from TRUSTWIDE_… variables."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from trustwide.house.installation import data_folder, database, secret_key
from trustwide.house.logs import logging_settings
from trustwide.house.network_settings import *  # noqa: F403 (every name of it is a setting)
from trustwide.house.network_settings import ON_THIS_MACHINE, authorities, scanner, site
from trustwide.house.sign_in_settings import *  # noqa: F403 (every name of it is a setting)
from trustwide.house.variables import said, whole_number

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()
SECRET_KEY = secret_key(DATA, made_if_missing=ON_THIS_MACHINE)
DEBUG = False
DEMO = said("TRUSTWIDE_DEMO") == "1"  # `trustwide demo` sets it: a visitor may choose who to be

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "trustwide.house",
    "trustwide.rooms.people",
    "trustwide.rooms.places",
    "trustwide.rooms.devices",
    "trustwide.rooms.jobs",
    "trustwide.rooms.commons",
    "trustwide.rooms.notices",
    "trustwide.rooms.measures",
    "trustwide.rooms.purpose",
    "trustwide.rooms.boards",
    "trustwide.rooms.escalation",
    "trustwide.rooms.decisions",
    "trustwide.rooms.ideas",
    "trustwide.rooms.experiments",
    "trustwide.rooms.resources",
    "trustwide.rooms.projects",
    "trustwide.rooms.tools",
    "trustwide.rooms.gains",
    "trustwide.rooms.front",
]
AUTH_USER_MODEL = "people.Person"
MIDDLEWARE = [
    "trustwide.house.requests_told.tell_of_requests",
    "django.middleware.security.SecurityMiddleware",
    "trustwide.house.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "trustwide.house.middleware.sandbox_downloads",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a page of charts is a tenth of its size so; it pads against BREACH
    "trustwide.house.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trustwide.rooms.people.sessions.end_at_limits",
    "trustwide.rooms.people.gates.sign_in_first",
]
ROOT_URLCONF = "trustwide.house.urls"
WSGI_APPLICATION = "trustwide.house.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE / "design" / "templates",
            PACKAGE / "demo" / "templates",
            *sorted((PACKAGE / "rooms").glob("*/templates")),
        ],
        "OPTIONS": {"environment": "trustwide.house.pages.environment"},
    },
]

DATABASES = {"default": database(DATA)}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
#: Seconds after which a job that was begun and not ended is another worker's: longer than any job takes.
JOB_LEASE = whole_number("TRUSTWIDE_JOB_SECONDS", 300, 1, 24 * 3600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

#: Where people open Trustwide, for the links of e-mails and of messages to channels; `trustwide serve` knows its own.
SITE = site()
#: Hosts of our own network that messages may go to, and the file of the authorities that vouch for them.
MAY_REACH = said("TRUSTWIDE_MAY_REACH").replace(",", " ").split()
AUTHORITIES = authorities()

#: Where the scanner listens that looks at every file that is sent, and the bytes that an organisation's may take.
CLAMD = scanner()
MOST_ATTACHED = whole_number("TRUSTWIDE_FILES_MB", 20_000, 1, 10_000_000) * 1_000_000

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "design" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60  # a new version's pages never meet an old style sheet for long

FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
CSRF_FAILURE_VIEW = "trustwide.house.errors.form_too_old"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

LOGGING = logging_settings(usually_json=not ON_THIS_MACHINE)
