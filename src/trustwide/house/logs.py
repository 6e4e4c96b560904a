"""Logs: one JSON object a line, of what we chose to say alone. No typed text, no address as it was asked, no secret.

What others log may hold anything (an exception's words quote what was typed), so of it only the kind and the place
are told: the logger, the line that logged, the exception's class and the lines that it came through.
"""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from trustwide.house.variables import one_of

LEVELS = ("INFO", "WARNING", "ERROR")
REQUESTS = "trustwide.requests"
FRAMES = 12
#: What a line about a request tells.
TOLD = ("method", "route", "status", "ms", "person", "request_id")


class OnlyOurWords(JsonFormatter):
    """The allow-list: nothing reaches a line but by name."""

    def format(self, record: logging.LogRecord) -> str:
        return str(self.serialize_log_record(line_of(record)))


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    """What one line says."""
    ours = record.name == REQUESTS
    line = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        **({name: getattr(record, name, None) for name in TOLD} if ours else {"where": where(record)}),
    }
    if not ours and isinstance(status := getattr(record, "status_code", None), int):
        line["status"] = status
    if record.exc_info and record.exc_info[1]:
        line |= _told_of(record.exc_info[1])
    return line


def where(record: logging.LogRecord) -> str:
    return f"{record.module}:{record.lineno}"


def _told_of(error: BaseException) -> dict[str, Any]:
    """An exception's class and where it came through, the latest last; never its words."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "through": [
            f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames
        ],
    }


def logging_settings(*, usually_json: bool) -> dict[str, Any]:
    """Django's LOGGING: to standard error, as TRUSTWIDE_LOG and TRUSTWIDE_LOG_LEVEL say."""
    form = one_of("TRUSTWIDE_LOG", "json" if usually_json else "plain", "json", "plain")
    level = one_of("TRUSTWIDE_LOG_LEVEL", "INFO" if form == "json" else "WARNING", *LEVELS)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "trustwide.house.logs.OnlyOurWords"}, "plain": {"format": "%(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
    }
