"""The Jinja environment that every page is written in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemBytecodeCache, PackageLoader

from trustwide import __version__


def environment(loader: Any, **options: Any) -> Environment:
    """Our templates first, then the NHS design system's; compiled once and kept on disk."""
    cache = Path(tempfile.gettempdir()) / f"trustwide-pages-{__version__}"
    cache.mkdir(mode=0o700, exist_ok=True)
    pages = Environment(
        **{
            **options,
            "loader": ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")]),
            "autoescape": True,
            "undefined": ChainableUndefined,
            "bytecode_cache": FileSystemBytecodeCache(str(cache)),
            "extensions": ["jinja2.ext.i18n"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    pages.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    pages.globals.update(static=static, url=reverse)
    return pages
