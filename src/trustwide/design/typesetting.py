"""Documents as tagged PDF (PDF/UA-1): a room brings a page that says how it looks, and its words as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONTS = Path(__file__).parent / "static" / "vendor" / "fonts"


@cache
def _typesetter(page: Path) -> Any:
    """One typesetter a process and page, so that fonts are read once; its folder goes with the process."""
    import typst

    folder = TemporaryDirectory(prefix="trustwide-report-")
    copy = Path(folder.name) / page.name
    copy.write_bytes(page.read_bytes())
    compiler = typst.Compiler(str(copy), root=folder.name, font_paths=[str(FONTS)] if FONTS.is_dir() else [])
    return compiler, folder


def typeset(page: Path, inputs: dict[str, str]) -> bytes:
    """The bytes of the PDF. Text is passed as data, so nothing typed can be read as markup."""
    compiler, _ = _typesetter(page)
    made: bytes = compiler.compile(sys_inputs=inputs, format="pdf", pdf_standards="ua-1")
    return made
