"""`trustwide demo`: the made-up group of trusts, loaded and served to this machine."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from trustwide.house.prepare import prepare_data, use_data
from trustwide.house.serve import serve

ALREADY = (
    "The data folder {data} holds real people, and the demo does not go beside them. Name another folder: --data DIR"
)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="trustwide demo", description="Load the demo group and serve it.")
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day on which its history ends (default: today)")
    parser.add_argument("--scale", type=int, default=1, help="how many times as many teams (default 1)")
    parser.add_argument("--prepare", action="store_true", help="load it only")
    parser.add_argument("--browser", action="store_true", help="open a browser on it")
    parser.add_argument("--ready", action="store_true", help="everything is loaded already: only serve it")
    options = parser.parse_args(argv)
    if options.scale < 1:
        parser.error("--scale is 1 or more")
    os.environ["TRUSTWIDE_DEMO"] = "1"
    os.environ.setdefault("TRUSTWIDE_SITE", f"http://127.0.0.1:{options.port}")
    use_data(options.data)
    if not options.ready:
        prepare_data({"demo group": lambda: _load(options.today, options.scale)})
    return 0 if options.prepare else serve(options.port, open_browser=options.browser, first_page="/demo/")


def _load(day: date | None, scale: int) -> str:
    from django.conf import settings

    from trustwide.demo.load import NotADemo, load_demo

    try:
        return load_demo(day=day, scale=scale)
    except NotADemo:
        raise SystemExit(ALREADY.format(data=Path(settings.DATA))) from None
