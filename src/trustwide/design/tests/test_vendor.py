"""What is copied out of the front-end packages: all that pages name, and nothing that lies on another machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from trustwide.design import vendor

ROOT = Path(__file__).resolve().parents[4]
CSS = (
    "@font-face{font-family:Frutiger;src:url(https://elsewhere.example/a.woff2)}"
    '@font-face{font-family:"Frutiger W01";src:url("https://elsewhere.example/b.woff2")}'
    "a{color:#005eb8}i{background:url(/assets/images/arrow.svg)}\n/*# sourceMappingURL=nhsuk-frontend.min.css.map */"
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Front-end packages made up for the test."""
    folder = tmp_path / "node_modules"
    files = {
        vendor.STYLES: CSS,
        f"{vendor.IMAGES}/arrow.svg": "<svg/>",
        "nhsuk-frontend/package.json": json.dumps({"name": "made-up", "version": "1.2.3", "license": "MIT"}),
        "nhsuk-frontend/README.md": "# Made up\n\n## Licence\n\nAs free as air.\n\n## Help\n\nNone.\n",
        f"{vendor.FONTS}/LICENSE_FONT": "SIL Open Font License",
    } | {f"{vendor.FONTS}/{cut}/Arimo_{cut}.ttf": cut for cut in vendor.CUTS}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def outside(styles: str) -> list[str]:
    return re.findall(r"url\([\"']?(?:https?:)?//[^)]*\)|sourceMappingURL\S*", styles)


def missing(styles: Path) -> list[str]:
    """Files that a style sheet names and that are not beside it."""
    named = re.findall(r"url\(([^)#:]+)\)", styles.read_text(encoding="utf-8"))
    return [name for name in named if not (styles.parent / name).is_file()]


def test_styles_name_only_what_is_beside_them(packages: Path, tmp_path: Path) -> None:
    vendor.copy_vendor(packages, tmp_path / "vendor")
    styles = tmp_path / "vendor" / "nhsuk" / "nhsuk-frontend.min.css"
    assert outside(styles.read_text()) == []
    assert missing(styles) == []
    assert "a{color:#005eb8}" in styles.read_text()


def test_control_outside_and_missing_are_seen(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text(CSS)
    assert len(outside(CSS)) == 3
    assert missing(tmp_path / "x.css") == ["/assets/images/arrow.svg"]


def test_licences_and_fonts_come_along(packages: Path, tmp_path: Path) -> None:
    files = vendor.copy_vendor(packages, tmp_path / "vendor")
    assert files == 1 + 1 + 1 + 1 + len(vendor.CUTS)
    assert (tmp_path / "vendor/nhsuk/LICENCE.txt").read_text() == "made-up 1.2.3: MIT\n\nAs free as air.\n"
    assert "SIL" in (tmp_path / "vendor/fonts/LICENSE").read_text()


def test_a_second_copy_leaves_nothing_of_the_first(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "old.css").write_text("x")
    vendor.copy_vendor(packages, tmp_path / "vendor")
    assert not (tmp_path / "vendor" / "old.css").exists()


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nhsuk-frontend"):
        vendor.copy_vendor(tmp_path, tmp_path / "vendor")


def test_the_real_packages_are_whole(tmp_path: Path) -> None:
    packages = ROOT / "node_modules"
    if not (packages / "nhsuk-frontend").is_dir():
        pytest.skip("the front-end packages are not installed; ./run --prepare installs them")
    vendor.copy_vendor(packages, tmp_path / "vendor")
    styles = tmp_path / "vendor" / "nhsuk" / "nhsuk-frontend.min.css"
    assert outside(styles.read_text(encoding="utf-8")) == []
    assert missing(styles) == []
    for cut in vendor.CUTS:
        start = (tmp_path / "vendor" / "fonts" / f"Arimo_{cut}.ttf").read_bytes()[:4]
        assert start == b"\x00\x01\x00\x00", f"{cut} is no TrueType font"
