"""What the repository holds: no addresses of registries or machines, locks with hashes, licences that fit MIT."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

pytestmark = pytest.mark.seen_once  # no database

ROOT = Path(__file__).resolve().parents[2]
#: Names that end in .example belong to nobody.
REGISTRIES = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|deb\.debian\.org"
    r"|conda\.anaconda\.org|(?:artifactory|nexus|devpi)[.-][\w.-]+|index-url\W+https?://[\w-]+\.(?!example\b)[\w.-]+)",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:work|root|Users/\w+|home/\w+|tmp/(?:bash_jobs|wt|req)|opt/pypi)(?:/|\b)")
HERE = Path(__file__).relative_to(ROOT).as_posix()  # it names what it looks for
LOCKS = ("*.lock", "*lock*.txt", "requirements*.txt", "package-lock.json", "locks/*")
#: What MIT-licensed software may stand on; LGPL only as an unmodified library that is asked for by name.
FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|ZPL|Zope|HPND|Unlicense|0BSD|CC0)", re.IGNORECASE
)
STRICT = re.compile(r"\b(?:A|L)?GPL|Affero|General Public", re.IGNORECASE)
LGPL_ALLOWED = {"psycopg", "psycopg-binary"}


def tracked(*patterns: str) -> list[Path]:
    """Files that are in the repository or would be with the next commit."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="ignore")


def matches(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found = {file.relative_to(ROOT).as_posix(): pattern.findall(text_of(file)) for file in tracked()}
    return {name: hits for name, hits in found.items() if hits and name != HERE}


def test_files_name_no_registry_and_no_machine() -> None:
    print(f"{len(tracked())} files")
    assert len(tracked()) > 50
    assert matches(REGISTRIES) == {}
    assert matches(MACHINE_PATHS) == {}


@pytest.mark.parametrize(
    "text", ["at https://pypi.org/simple", "--index-url https://packages.corp", "devpi.example.org", "nexus-1.corp"]
)
def test_control_a_registry_is_seen(text: str) -> None:
    assert REGISTRIES.search(text)


def test_control_a_machine_path_is_seen_and_others_are_not() -> None:
    assert MACHINE_PATHS.search('open("/root/x")')
    assert MACHINE_PATHS.search("see /work/notes")
    assert not MACHINE_PATHS.search("https://elsewhere.example/work/x and ~/work and network/work/")


def unlocked(text: str) -> list[str]:
    """Requirements of a lock that name no version or no hash, and any address in it."""
    joined = re.sub(r"\\\s*\n", " ", text)
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]
    loose = [
        line for line in lines if not line.startswith("-") and not re.search(r"==.*--hash=sha256:[0-9a-f]{64}", line)
    ]
    return loose + re.findall(r"\S*://\S*", text) + [line for line in lines if line.startswith("-")]


def unfunded(text: str) -> str:
    """A lock of npm without the pages where its packages ask for money: nothing is fetched from those."""
    lock = json.loads(text)
    for package in lock["packages"].values():
        package.pop("funding", None)
    return json.dumps(lock, indent=1)


def test_locks_have_hashes_and_no_addresses() -> None:
    locks = tracked(*LOCKS)
    if not locks:
        pytest.skip("no lock file yet")
    bad = {}
    for lock in locks:
        text = text_of(lock)
        is_python = "--hash=" in text or lock.suffix == ".txt"
        bad[lock.name] = unlocked(text) if is_python else re.findall(r'"resolved":\s*\S+|\S*://\S*', unfunded(text))
        assert "sha256" in text or "sha512" in text, f"{lock.name} carries no hashes"
    print(f"{len(locks)} lock files: {sorted(bad)}")
    assert {name: found for name, found in bad.items() if found} == {}


def test_control_a_loose_lock_is_seen() -> None:
    assert unlocked(f"a==1 \\\n    --hash=sha256:{'0' * 64}\n# a comment") == []
    assert unlocked("a==1") == ["a==1"]
    assert unlocked("--find-links x") == ["--find-links x"]
    assert unlocked(f"a==1 --hash=sha256:{'0' * 64} # from https://elsewhere.example") != []


def runtime(name: str, found: dict[str, str]) -> dict[str, str]:
    """The licence of a distribution and of all that it needs, by name; what is not installed is not needed here."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return found
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return found
    about = package.metadata
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    written = (about.get("License") or "").splitlines()[:1]
    found[key] = " ".join([about.get("License-Expression") or "", *written, *classifiers])
    for needed in wanted(package.requires or []):
        runtime(needed, found)
    return found


def wanted(requirements: list[str]) -> Iterator[str]:
    """Names that are needed always, and those of the extras we offer."""
    for line in requirements:
        if "extra ==" not in line or "postgres" in line or "binary" in line:
            yield re.split(r"[^\w.-]", line, maxsplit=1)[0]


def ill_fitting(licences: dict[str, str]) -> dict[str, str]:
    return {
        name: words
        for name, words in licences.items()
        if not (name in LGPL_ALLOWED and "LGPL" in words.replace("Lesser General Public License", "LGPL"))
        and (STRICT.search(words) or not FREE.search(words))
    }


def test_licences_of_what_we_need_fit_ours() -> None:
    licences = runtime("trustwide", {})
    print(f"{len(licences)} distributions: {', '.join(sorted(licences))}")
    assert len(licences) > 10
    assert ill_fitting(licences) == {}


def test_licences_of_what_pages_and_pdfs_carry_fit_ours() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    shipped = {name: each.get("license", "") for name, each in packages.items() if name and not each.get("dev")}
    print(f"{len(shipped)} front-end packages: {shipped}")
    assert shipped
    assert ill_fitting(shipped) == {}


def test_control_a_licence_that_does_not_fit_is_seen() -> None:
    assert ill_fitting({"a": "GPL-3.0-only", "b": "AGPLv3", "c": "LGPL-2.1", "d": "", "e": "MIT"}).keys() == set("abcd")
    assert ill_fitting({"psycopg": "LGPL-3.0-only"}) == {}
