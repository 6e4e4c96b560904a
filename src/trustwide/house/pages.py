"""The Jinja environment that every page is written in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date as date_type
from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemBytecodeCache, PackageLoader
from jinja2.bccache import Bucket
from markupsafe import Markup

from trustwide import __version__
from trustwide.design.pictures import PICTURES
from trustwide.engines.text import to_html
from trustwide.rooms.front.menu import menu, notices_waiting
from trustwide.rooms.people import clock
from trustwide.rooms.places.links import leads_to, opens


def local_date(moment: datetime) -> str:
    """A moment's date here, as people write it."""
    return f"{localtime(moment):%-d %B %Y}"


def local_time(moment: datetime) -> str:
    """A moment's time of day here."""
    return f"{localtime(moment):%H:%M}"


def day(date: date_type) -> str:
    """A date as people write it."""
    return f"{date:%-d %B %Y}"


def capitalize_first(words: str) -> str:
    """With a capital to begin with; the rest as it was written."""
    return words[:1].upper() + words[1:]


def typed_html(text: str) -> Markup:
    """What somebody typed, as safe HTML: the engine's allow-list is the only way in."""
    return Markup(to_html(text))  # noqa: S704


def plain_number(number: float | None) -> str:
    """A number as it was typed: no zeros after the point that nobody wrote."""
    return "–" if number is None else f"{number:,.10g}"


def ago(moment: datetime) -> str:
    """How long ago, as people say it: "today", "yesterday", "on Tuesday", "12 March", "12 March 2025"."""
    then, now = localtime(moment).date(), clock.today()
    days = (now - then).days
    if days < 0:
        return day(then)
    if days < 7:
        return gettext("today") if days == 0 else gettext("yesterday") if days == 1 else f"{then:%A}"
    return f"{then:%-d %B}" if then.year == now.year else day(then)


class CompiledPages(FileSystemBytecodeCache):
    """Pages compiled, kept on disk; where the disk is full they are made all the same."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def environment(loader: Any, **options: Any) -> Environment:
    """Our templates first, then the NHS design system's; compiled once and kept on disk."""
    cache = settings.DATA / f"compiled-pages-{__version__}"  # it holds code: never where others may write
    cache.mkdir(mode=0o700, exist_ok=True)
    pages = Environment(  # noqa: S701 (autoescape is among the options)
        **{
            **options,
            "loader": ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")]),
            "autoescape": True,
            "undefined": ChainableUndefined,
            "bytecode_cache": CompiledPages(str(cache)),
            "extensions": ["jinja2.ext.i18n"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    pages.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    pages.filters["capitalize_first"] = capitalize_first
    pages.filters["local_time"] = local_time
    pages.filters.update(local_date=local_date, day=day, plain_number=plain_number, ago=ago, typed_html=typed_html)
    pages.globals.update(static=static, url=reverse, menu=menu, notices_waiting=notices_waiting, **PICTURES)
    pages.globals.update(opens=opens, leads_to=leads_to)
    return pages
