"""Copies what pages and PDFs need out of the installed front-end packages, so that serving needs no Node."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

STYLES = "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css"
IMAGES = "nhsuk-frontend/dist/nhsuk/assets/images"
FONTS = "@expo-google-fonts/arimo"
CUTS = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
#: The style sheet names its map, which is not shipped, and a licensed font on another host, which nobody may fetch.
MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
OUTSIDE_FONT = re.compile(r"@font-face\{[^}]*https?://[^}]*\}")
WHOLE = re.MULTILINE | re.DOTALL


def copy_vendor(packages: Path, into: Path) -> int:
    """Fill the folder `into` from `node_modules`; return how many files it holds. Raises FileNotFoundError."""
    shutil.rmtree(into, ignore_errors=True)
    styles = clean_styles((packages / STYLES).read_text(encoding="utf-8"))
    (into / "nhsuk" / "images").mkdir(parents=True)
    (into / "nhsuk" / "nhsuk-frontend.min.css").write_text(styles, encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(images/([\w.-]+)\)", styles))):
        shutil.copy(packages / IMAGES / name, into / "nhsuk" / "images" / name)
    (into / "nhsuk" / "LICENCE.txt").write_text(licence(packages / "nhsuk-frontend"), encoding="utf-8")
    (into / "fonts").mkdir()
    for cut in CUTS:
        shutil.copy(packages / FONTS / cut / f"Arimo_{cut}.ttf", into / "fonts")
    shutil.copy(packages / FONTS / "LICENSE_FONT", into / "fonts" / "LICENSE")
    return sum(file.is_file() for file in into.rglob("*"))


def clean_styles(styles: str) -> str:
    """The design system's style sheet with nothing that lies elsewhere: images beside it, no map, no outside font.

    >>> clean_styles("@font-face{src:url(https://example.org/a.woff)}i{background:url(/assets/images/x.svg)}")
    'i{background:url(images/x.svg)}'
    """
    return OUTSIDE_FONT.sub("", MAP.sub("", styles)).replace("url(/assets/images/", "url(images/")


def licence(package: Path) -> str:
    """What a package that comes without a licence file says of its licence."""
    said = json.loads((package / "package.json").read_text(encoding="utf-8"))
    chapter = re.search(r"^## Licen[cs]e\n(.*?)(?=^## |\Z)", (package / "README.md").read_text(encoding="utf-8"), WHOLE)
    return f"{said['name']} {said['version']}: {said['license']}\n\n{chapter[1].strip() if chapter else ''}\n"
