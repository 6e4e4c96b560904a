"""How people sign in: limits of sessions and attempts, second steps, letters. Read by settings.py."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import Any

from trustwide.house.installation import data_folder
from trustwide.house.network_settings import ON_THIS_MACHINE
from trustwide.house.variables import one_of, said, whole_number


def letters(folder: Path) -> dict[str, Any]:
    """Where letters go: to the mail server that TRUSTWIDE_EMAIL_HOST names, else to files of the data folder."""
    host, user, password = (said(f"TRUSTWIDE_EMAIL_{name}") for name in ("HOST", "USER", "PASSWORD"))
    security = one_of("TRUSTWIDE_EMAIL_SECURITY", "starttls", "starttls", "tls", "none")
    sender = said("TRUSTWIDE_EMAIL_FROM", "trustwide@localhost")
    if not host:
        refuse_letters_without_a_server()
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": folder / "letters", "DEFAULT_FROM_EMAIL": sender}
    if "@" not in parseaddr(sender)[1] or sender.endswith("@localhost"):
        raise SystemExit("TRUSTWIDE_EMAIL_FROM must say whom letters come from: Trustwide <trustwide@example.nhs.uk>")
    if bool(user) != bool(password):
        raise SystemExit("Set both TRUSTWIDE_EMAIL_USER and TRUSTWIDE_EMAIL_PASSWORD, or neither.")
    if password and security == "none":
        raise SystemExit("TRUSTWIDE_EMAIL_PASSWORD would go over the network in the clear. Use starttls or tls.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": whole_number("TRUSTWIDE_EMAIL_PORT", 465 if security == "tls" else 587, 1, 65535),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }


def refuse_letters_without_a_server() -> None:
    for name in ("PORT", "USER", "PASSWORD", "FROM"):
        if said(f"TRUSTWIDE_EMAIL_{name}"):
            raise SystemExit(f"TRUSTWIDE_EMAIL_{name} is set and TRUSTWIDE_EMAIL_HOST is not. Name the mail server.")


SENDS_LETTERS = bool(said("TRUSTWIDE_EMAIL_HOST"))
globals().update(letters(data_folder()))

# Counts of attempts and used codes stand in the database, so that they hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "attempts",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}

IDLE_MINUTES = whole_number("TRUSTWIDE_IDLE_MINUTES", 30, 1, 24 * 60)
SESSION_HOURS = whole_number("TRUSTWIDE_SESSION_HOURS", 12, 1, 24 * 7)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"

LOGIN_URL, LOGIN_REDIRECT_URL = "/sign-in/", "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "trustwide.rooms.people.adapters.Accounts"
ACCOUNT_FORMS = {"reset_password": "trustwide.rooms.people.forms.ForgottenForm"}
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account's address comes from an invitation or from the trust itself
ACCOUNT_SESSION_REMEMBER = True  # for as long as SESSION_COOKIE_AGE: the hard limit
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
#: A whole trust may share one outside address, so limits by address are wide and those by person narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/5m/ip,5/5m/key",
    "reset_password": "60/5m/ip,5/5m/key",
    "reset_password_from_key": "60/5m/ip",
    "change_password": "5/5m/user",
    "reauthenticate": "10/5m/user",
    "signup": "60/5m/ip",
    "answer_posted": "300/m/ip",
}

MFA_ADAPTER = "trustwide.rooms.people.adapters.SecondSteps"
MFA_FORMS = {
    "add_webauthn": "trustwide.rooms.people.passkey_forms.AddPasskeyForm",
    "login_webauthn": "trustwide.rooms.people.passkey_forms.SignInForm",
    "authenticate_webauthn": "trustwide.rooms.people.passkey_forms.SecondStepForm",
    "reauthenticate_webauthn": "trustwide.rooms.people.passkey_forms.AgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Trustwide"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are half a minute out
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_THIS_MACHINE

SOCIALACCOUNT_ADAPTER = "trustwide.rooms.people.identities.Identities"
SOCIALACCOUNT_LOGIN_ON_GET = (
    True  # our policy lets no form lead elsewhere; the state in the session guards the way back
)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # we look people up ourselves, by addresses the provider may speak for
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
