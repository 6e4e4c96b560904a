"""A board report as one web page that stands alone: it can be sent, opened and printed without Trustwide."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup

from trustwide.design.pictures import PICTURES
from trustwide.rooms.measures.board_report import BoardReport

ROOM = Path(__file__).parent
DESIGN = ROOM.parents[1] / "design"


@cache
def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader([ROOM / "templates", DESIGN / "templates"]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    pages.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    pages.globals.update(PICTURES)
    return pages


def report_as_html(report: BoardReport) -> str:
    styles = (DESIGN / "static" / "trustwide" / "report.css").read_text()
    return _environment().get_template("measures/report-alone.jinja").render(report=report, styles=Markup(styles))  # noqa: S704 (our own file)
