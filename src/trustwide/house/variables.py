"""The environment variables that Trustwide reads: the one list, which docs/hosting.md shows too."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass

PREFIX = "TRUSTWIDE_"
#: Read by the tests, or set by Trustwide itself for a program that it starts.
NOT_FOR_HOSTS = {
    "TRUSTWIDE_CHROMIUM",
    "TRUSTWIDE_DEMO",
    "TRUSTWIDE_FULL",
    "TRUSTWIDE_MIGRATED",
    "TRUSTWIDE_SECONDS",
    "TRUSTWIDE_SHARE",
    "TRUSTWIDE_TEST_POSTGRES",
}
UNKNOWN = "{name} is set, and Trustwide knows no such variable. {cure} See docs/hosting.md."


@dataclass(frozen=True)
class Variable:
    """One of them: its name without the prefix, what it does, and what holds where it is not set."""

    name: str
    does: str
    usual: str = ""


VARIABLES = {
    PREFIX + each.name: each
    for each in (
        Variable("DATA", "the data folder, where `--data` is not given. `./run` does not read it", "`var` here"),
        Variable("DATABASE", "a PostgreSQL database: `postgresql://user:password@host/name`", "SQLite in a file"),
        Variable(
            "HOSTS",
            "the names by which people reach Trustwide, parted by commas: `trustwide.example.nhs.uk`. "
            "With it cookies are for https alone, and what is missing for real work stops the start",
            "this machine alone, over http",
        ),
        Variable("TLS", "`proxy`: a proxy beside Trustwide does TLS. It must be said where `TRUSTWIDE_HOSTS` is"),
        Variable("PROXIES", "how many proxies stand between people and Trustwide, 1 to 5", "1"),
        Variable(
            "SITE",
            "where people open Trustwide: the links of e-mails and of messages to channels begin with it",
            "`https://` and the first of `TRUSTWIDE_HOSTS`",
        ),
        Variable(
            "SECRET_KEY", "the key that signs cookies and seals secrets, 50 characters or more", "`secret-key`, a file"
        ),
        Variable("EMAIL_HOST", "the mail server that letters go through", "letters are files in the data folder"),
        Variable("EMAIL_PORT", "its port", "587, or 465 for `tls`"),
        Variable("EMAIL_SECURITY", "`starttls`, `tls` or `none`", "`starttls`"),
        Variable("EMAIL_USER", "who signs in to the mail server, if anybody must"),
        Variable("EMAIL_PASSWORD", "their password"),
        Variable("EMAIL_FROM", "whom letters come from. It must be said where `TRUSTWIDE_EMAIL_HOST` is"),
        Variable(
            "MAY_REACH",
            "hosts of your own network that messages to channels may go to, such as a chat server, parted by commas",
            "machines on the open internet alone",
        ),
        Variable("AUTHORITIES", "a file of certificates to trust for those messages", "the machine's own"),
        Variable(
            "CLAMD",
            "the virus scanner that looks at every file people send: `host:port` of clamd, or the path of its socket. "
            "Where it does not answer no file is taken",
            "no scanner looks at them",
        ),
        Variable("FILES_MB", "megabytes of attached files that one organisation may keep, up to 10,000,000", "20000"),
        Variable("JOB_SECONDS", "after so many seconds a job that did not end is given to another worker", "300"),
        Variable("IDLE_MINUTES", "a session ends after so many minutes without use, 1 to 1440", "30"),
        Variable("SESSION_HOURS", "a session ends after so many hours in any case, 1 to 168", "12"),
        Variable("LOG", "`json`, a JSON object on each line, or `plain`", "`json` where `TRUSTWIDE_HOSTS` is set"),
        Variable(
            "LOG_LEVEL", "`INFO`, a line for each request, `WARNING` or `ERROR`", "`INFO` in JSON, else `WARNING`"
        ),
        Variable(
            "METRICS_TOKEN", "who shows it may read `/metrics` from elsewhere, 20 characters or more", "nobody may"
        ),
    )
}


def said(name: str, usual: str = "") -> str:
    """What an environment variable says, blanks around it aside; `usual` where it is not set."""
    if name not in VARIABLES and name not in NOT_FOR_HOSTS:
        raise KeyError(f"{name} is not in the list of variables")
    return os.environ.get(name, "").strip() or usual


def whole_number(name: str, usual: int, least: int, most: int) -> int:
    """A whole number that an environment variable names; SystemExit with the cure where it is none."""
    text = said(name, str(usual))
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise SystemExit(f"{name} is {text!r}. Write a whole number from {least} to {most}, such as {usual}.")
    return int(text)


def one_of(name: str, usual: str, *allowed: str) -> str:
    text = said(name, usual)
    if text not in allowed:
        raise SystemExit(f"{name} is {text!r}. Write {' or '.join(allowed)}.")
    return text


def refuse_unknown() -> None:
    """A name with a slip in it would be passed over in silence, so it stops the start."""
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in VARIABLES and name not in NOT_FOR_HOSTS:
            near = difflib.get_close_matches(name, VARIABLES, 1, cutoff=0.85)
            raise SystemExit(UNKNOWN.format(name=name, cure=f"Did you mean {near[0]}?" if near else "Unset it."))


def as_table() -> str:
    """The list as docs/hosting.md shows it."""
    rows = [f"| `{name}` | {each.does} | {each.usual or 'nothing'} |" for name, each in VARIABLES.items()]
    return "\n".join(["| name | what it does | where it is not set |", "|---|---|---|", *rows])
