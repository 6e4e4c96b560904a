"""`./run`: set up what is needed, load the demo group and the open data, and open Trustwide."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

from front_end import set_up
from steps import BIN, ROOT, is_fresh, main, mark_fresh, say, step


def work() -> int:
    parser = argparse.ArgumentParser(prog="./run", description="Set up Trustwide and open it.")
    parser.add_argument("--prepare", action="store_true", help="only set up")
    parser.add_argument("--port", default="8000", help="default 8000")
    usual = os.environ.get("TRUSTWIDE_DATA") or str(ROOT / "var")
    parser.add_argument("--data", metavar="DIR", default=usual, help="where the data is kept (default: var)")
    options = parser.parse_args()
    say("Trustwide: setting up" if options.prepare else "Trustwide: starting")
    set_up()
    data = Path(options.data).absolute()
    prepare_data(data)
    if options.prepare:
        say("Ready. Start it with ./run, or use .venv/bin/trustwide")
        return 0
    demo = [str(BIN / "trustwide"), "demo", "--port", options.port, "--data", str(data), "--browser", "--ready"]
    os.execv(demo[0], demo)  # noqa: S606 (our own program)
    return 1


def prepare_data(data: Path) -> None:
    """The database and the charts, made ready again only when the code or the place has changed."""
    code = sorted((ROOT / "src" / "trustwide").rglob("*.py")) + sorted((ROOT / "src" / "trustwide").rglob("*.csv"))
    name = f"data-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    if is_fresh(name, code) and (data / "trustwide.sqlite3").exists() and not os.environ.get("TRUSTWIDE_DATABASE"):
        return
    cure = "Remove the data folder to begin again; it holds nothing but what you loaded."
    step("making the data ready", BIN / "trustwide", "demo", "--prepare", "--data", data, cure=cure, quiet=False)
    mark_fresh(name, code)


if __name__ == "__main__":
    raise SystemExit(main(work))
