"""The steps that set Trustwide up on a fresh machine. Standard library only: nothing else is there yet."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
RUN_LOCK, TEST_LOCK, NODE_LOCK = (ROOT / f"requirements{kind}.lock" for kind in ("", "-test", "-node"))
STAMPS = VENV / "trustwide-stamps"
VENV_CURES = {
    "apt-get": "sudo apt-get install python3-venv",
    "dnf": "sudo dnf install python3",
    "zypper": "sudo zypper install python3",
    "brew": "brew install python",
}


#: pip's settings, by the names they have as environment variables, and uv's names for the same.
PIP_TO_UV = {
    "PIP_CERT": "SSL_CERT_FILE",
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_NO_INDEX": "UV_NO_INDEX",
    "PIP_TIMEOUT": "UV_HTTP_TIMEOUT",
    "PIP_TRUSTED_HOST": "UV_INSECURE_HOST",
}


#: Held while there is a line that is not whole yet.
LINE = threading.Lock()


class Stopped(Exception):
    """Setting up cannot go on; the message says why and what to type."""


def main(work: Callable[[], int]) -> int:
    """Run, and turn whatever stops the work into one plain message."""
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # or each program we start would compile all that it uses anew
    try:
        return work()
    except Stopped as reason:
        print(f"\nStopped: {reason}", file=sys.stderr)
    except OSError as error:
        print(f"\nStopped: {error}. Is the disk full, or the folder not yours to write to?", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


def say(words: str) -> None:
    print(words, flush=True)


def step(words: str, *command: str | Path, cure: str, quiet: bool = True, env: dict[str, str] | None = None) -> None:
    """Run a command, saying what it does and how long it took; with what it printed if it fails.

    One that goes on beside others, in a thread of its own, is said in one line once it is done.
    """
    started = time.monotonic()
    if threading.current_thread() is not threading.main_thread():
        _run(words, command, cure, quiet, env)
        with LINE:
            say(f"  {words} … done ({time.monotonic() - started:.1f} s)")
        return
    with LINE:
        print(f"  {words} …", end=" " if quiet else "\n", flush=True)
        _run(words, command, cure, quiet, env)
        say(f"done ({time.monotonic() - started:.1f} s)")


def _run(words: str, command: Sequence[str | Path], cure: str, quiet: bool, env: dict[str, str] | None) -> None:
    output = subprocess.PIPE if quiet else None
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, env={**os.environ, **(env or {})}, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip
    if done.returncode:
        raise Stopped(f"{words} failed.\n{(done.stdout or '')[-2000:]}\n{cure}")


def is_fresh(name: str, files: Sequence[Path]) -> bool:
    """Whether a step was done for these very files."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == _digest(files)


def mark_fresh(name: str, files: Sequence[Path]) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(_digest(files))


def _digest(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files) + str(ROOT).encode()).hexdigest()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def make_venv() -> None:
    """A .venv that works from here: one that was moved, or whose Python has gone, is made anew."""
    place = STAMPS / "place"
    if place.exists() and place.read_text() == str(ROOT) and _starts(BIN / "python"):
        return
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        _install_venv()
    cure = "Is the folder yours to write to, and is there room on the disk? Then remove .venv and try again."
    step("making .venv", sys.executable, "-m", "venv", "--clear", VENV, cure=cure)
    STAMPS.mkdir(parents=True)
    place.write_text(str(ROOT))


def _starts(python: Path) -> bool:
    if not (python.exists() and (BIN / "pip").exists()):
        return False
    return not subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode


def _install_venv() -> None:
    """Debian and Ubuntu part Python from its venv module."""
    cure = next((words for tool, words in VENV_CURES.items() if shutil.which(tool)), "Install Python's venv module.")
    if not (is_root() and shutil.which("apt-get")):
        raise Stopped(f"this Python has no venv module. Type:\n\n    {cure}\n\nand run this again.")
    apt_install(f"python{sys.version_info.major}.{sys.version_info.minor}-venv", "python3-venv")


def apt_install(*packages: str) -> None:
    """Install Debian packages as root."""
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    step("looking up system packages", "apt-get", "update", "-q", cure="Is there a network?", env=quietly)
    names = ", ".join(packages)
    command = ("apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)
    step(f"installing {names}", *command, cure=f"Type: apt-get install {' '.join(packages)}", env=quietly)


def install_python_packages(*, with_tests: bool) -> None:
    """Everything in the lock, hashes checked, and nothing else; test tools stay once they are there."""
    make_venv()
    with_tests = with_tests or (STAMPS / "tests").exists()  # what ./test added, ./run leaves
    lock = TEST_LOCK if with_tests else RUN_LOCK
    needed = [lock, ROOT / "pyproject.toml", ROOT / "src" / "trustwide" / "__init__.py"]
    if is_fresh("python", needed):
        return
    network = "Is there a network, and do the package settings of this machine reach a Python package index?"
    if not (BIN / "uv").exists():
        only_uv = VENV / "uv.lock"
        only_uv.write_text(block_of("uv", lock.read_text()))
        step("installing the installer", BIN / "pip", "install", "-q", "--require-hashes", "-r", only_uv, cure=network)
    uv = (BIN / "uv", "pip")
    python = ("--python", BIN / "python", "-q")
    env = uv_settings()
    step("installing Python packages", *uv, "sync", *python, "--require-hashes", lock, cure=network, env=env)
    own = ("--no-build-isolation", "--no-deps", "-e", ROOT)
    step("installing Trustwide", *uv, "install", *python, *own, cure=network, env=env)
    if with_tests:
        mark_fresh("tests", [lock])
    mark_fresh("python", needed)


def uv_settings() -> dict[str, str]:
    """What this machine tells pip about where packages are, for uv, which does not read pip's settings."""
    command = (str(BIN / "python"), "-m", "pip", "config", "list")
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return {name: value for name, value in translate(said).items() if name not in os.environ}


def translate(pip_says: str) -> dict[str, str]:
    """`pip config list` as uv's variables; what the environment says comes first there, as it does for pip.

    >>> translate("global.cert='/a.pem'\\nglobal.timeout='60'\\n:env:.timeout='90'\\n")
    {'UV_SYSTEM_CERTS': '1', 'SSL_CERT_FILE': '/a.pem', 'UV_HTTP_TIMEOUT': '90'}
    """
    found = re.findall(r"^(?:global|install)\.([\w-]+)='(.*)'$", pip_says, re.MULTILINE)
    found += re.findall(r"^:env:\.([\w-]+)='(.*)'$", pip_says, re.MULTILINE)
    said = {f"PIP_{name.upper().replace('-', '_')}": value for name, value in found}
    settings = {"UV_SYSTEM_CERTS": "1"}  # trusts put certificates of their own into the system's store
    settings |= {uv: said[pip] for pip, uv in PIP_TO_UV.items() if pip in said}
    if "UV_INDEX" in settings:  # pip takes the best of all indexes; the hashes say that it is the right one
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def block_of(name: str, lock: str) -> str:
    """One package's lines of a lock file.

    >>> block_of("b", "a==1 \\\\\\n    --hash=x\\nb==2 \\\\\\n    --hash=y\\nc==3\\n")
    'b==2 \\\\\\n    --hash=y\\n'
    """
    lines = lock.splitlines(keepends=True)
    start = next(place for place, line in enumerate(lines) if line.startswith(f"{name}=="))
    stop = next((at for at in range(start + 1, len(lines)) if not lines[at].startswith(" ")), len(lines))
    return "".join(lines[start:stop])
