"""PDF: the text layer, page by page, with the lines of a paragraph joined again."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from trustwide.engines.documents.problem import BrokenError, LockedError, ScannedError, TooLongError
from trustwide.engines.documents.sentences import BULLET

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

#: PDFium does one thing at a time, whatever the thread.
ONE_AT_A_TIME = threading.Lock()
#: A page of text has hundreds; a scanned one may have a stamped page number.
FEWEST_CHARACTERS_A_PAGE = 15
AGAIN = "Download it or print it to PDF again, and try once more."
UNSEEN = re.compile("[\ufffe\uffff\x00-\x08\x0b-\x1f\xad]|[\ud800-\udfff]")


def portable_text(name: str, content: bytes, most_pages: int) -> str:
    """The text of every page. Raises ScannedError where there is none to speak of."""
    from pypdfium2 import PdfDocument, PdfiumError

    with ONE_AT_A_TIME:
        try:
            document = PdfDocument(content)
        except PdfiumError as error:
            raise _refusal(name, str(error)) from error
        try:
            pages = _pages(name, document, most_pages)
        except PdfiumError as error:
            raise BrokenError(f"{name} is damaged: a page cannot be read.", AGAIN) from error
        finally:
            document.close()
    if sum(len(page.strip()) for page in pages) < FEWEST_CHARACTERS_A_PAGE * len(pages):
        cure = "Ask for the document it was scanned from, or have its text recognised (OCR), and try once more."
        raise ScannedError(f"{name} holds pictures of pages and no text.", cure)
    return "\n\n".join(joined(page) for page in pages)


def _refusal(name: str, said: str) -> BrokenError | LockedError:
    if "password" in said.lower() or "security" in said.lower():
        return LockedError(f"{name} is under a password.", "Save it without the password, and try once more.")
    return BrokenError(f"{name} is damaged: it cannot be opened as PDF.", AGAIN)


def _pages(name: str, document: PdfDocument, most_pages: int) -> list[str]:
    count = len(document)
    if count > most_pages:
        cure = "Split it, and check the part that you need."
        raise TooLongError(f"{name} has {count:,} pages; {most_pages:,} are read.", cure)
    if not count:
        raise BrokenError(f"{name} has no pages.", AGAIN)
    pages = []
    for number in range(count):
        page = document[number]
        text = page.get_textpage().get_text_range()
        page.close()
        pages.append(UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return pages


def joined(page: str) -> str:
    """Lines that ended only because the page was full become one paragraph."""
    lines = [line.rstrip() for line in page.split("\n")]
    full = max((len(line) for line in lines), default=0)
    made: list[str] = []
    before = ""
    for line in lines:
        if made and before and line and _goes_on(before, line, full):
            made[-1] += line.lstrip() if made[-1].endswith("-") and line[0].islower() else " " + line.lstrip()
        else:
            made.append(line)
        before = line
    return "\n".join(made)


def _goes_on(before: str, line: str, full: int) -> bool:
    if BULLET.match(line):
        return False
    return line.lstrip()[0].islower() or len(before) > 0.75 * full
