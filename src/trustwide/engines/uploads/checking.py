"""One file, from its name and its bytes to what may be kept of it."""

from __future__ import annotations

import re

from trustwide.engines.uploads.documents import MICROSOFT_KINDS, OPEN_KINDS, check_office, check_pdf
from trustwide.engines.uploads.names import split_name
from trustwide.engines.uploads.outcome import Accepted, Refused, RefusedError
from trustwide.engines.uploads.pictures import draw_anew

MOST_BYTES = 10_000_000
PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
TEXTS = {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"}
OFFICE = {*MICROSOFT_KINDS, *OPEN_KINDS}
#: What files begin with, and what people call them.
MAGIC = (
    (b"\xff\xd8\xff", "JPEG", "a JPEG picture"),
    (b"\x89PNG\r\n\x1a\n", "PNG", "a PNG picture"),
    (b"GIF87a", "GIF", "a GIF picture"),
    (b"GIF89a", "GIF", "a GIF picture"),
    (b"%PDF-", "PDF", "a PDF"),
    (b"PK\x03\x04", "ZIP", "a ZIP file or an office document"),
    (b"\xd0\xcf\x11\xe0", "OLE", "an old office document, or one under a password"),
    (b"MZ", "program", "a program"),
    (b"\x7fELF", "program", "a program"),
    (b"#!", "program", "a program"),
    (b"{\\rtf", "RTF", "a rich text document"),
)
PAGES = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|!--)", re.IGNORECASE)
ATTACH = "Attach a picture, a PDF, an office document, a CSV file or plain text."
AS_IT_IS = "Check that it is the file you meant, save it again from the program it came from, and attach that."
#: Endings that people do try, and what helps them.
CURES = {
    "svg": "Save the drawing as PNG, and attach that.",
    "html": "Print the page to a PDF, and attach that.",
    "htm": "Print the page to a PDF, and attach that.",
    "heic": "Save the photograph as JPEG, and attach that.",
    "tif": "Save the picture as JPEG or PNG, and attach that.",
    "tiff": "Save the picture as JPEG or PNG, and attach that.",
    "bmp": "Save the picture as JPEG or PNG, and attach that.",
    "doc": "Save the document as DOCX, and attach that.",
    "xls": "Save the workbook as XLSX, and attach that.",
    "ppt": "Save the slides as PPTX, and attach that.",
    "docm": "Save it without macros, as DOCX, and attach that.",
    "xlsm": "Save it without macros, as XLSX, and attach that.",
    "pptm": "Save it without macros, as PPTX, and attach that.",
    "rtf": "Save the document as DOCX, and attach that.",
    "zip": "Attach the files one by one.",
}


def check(name: str, content: bytes) -> Accepted | Refused:
    """What may be kept of a file that somebody attaches, or why it is refused. Any name and any bytes will do.

    A kind is known by name and content, which must agree. Pictures are drawn anew; other kinds are kept byte for byte.
    """
    stem, ending = split_name(name)
    try:
        _check_size(content)
        content_type, ending, kept = _kept(ending, content)
    except RefusedError as error:
        return error.refused
    return Accepted(f"{stem}.{ending}", content_type, kept)


def _check_size(content: bytes) -> None:
    if not content:
        raise RefusedError("The file is empty.", "Check that it opens on your computer, and attach it again.")
    if len(content) > MOST_BYTES:
        raise RefusedError("The file is larger than 10 MB.", "Make it smaller or split it, and attach that.")


def _kept(ending: str, content: bytes) -> tuple[str, str, bytes]:
    """The content type, the ending and the bytes to keep."""
    if ending in PICTURES:
        _check_magic(ending, content, PICTURES[ending])
        drawn, kept = draw_anew(PICTURES[ending], content, MOST_BYTES)
        return PICTURE_TYPES[drawn], drawn, kept
    if ending == "pdf":
        _check_magic(ending, content, "PDF")
        check_pdf(content)
        return "application/pdf", ending, content
    if ending in OFFICE:
        _check_magic(ending, content, "ZIP")
        return check_office(ending, content), ending, content
    if ending in TEXTS:
        _check_magic(ending, content, "")
        _check_text(content)
        return TEXTS[ending], ending, content
    if not ending:
        raise RefusedError("The name of the file has no ending, such as .pdf, that tells its kind.", ATTACH)
    raise RefusedError(f"This kind of file (.{ending[:20]}) cannot be attached.", CURES.get(ending, ATTACH))


def _check_magic(ending: str, content: bytes, wanted: str) -> None:
    kind, words = _kind(content)
    if kind != wanted:
        what = f"it holds {words}" if words else "that is not what it holds"
        raise RefusedError(f"The name of the file ends in .{ending}, but {what}.", AS_IT_IS)


def _kind(content: bytes) -> tuple[str, str]:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP", "a WebP picture"
    start = content[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0\r\n\t ")
    if PAGES.match(start.replace(b"\0", b"")):
        return "page", "a web page or a drawing that can run programs"
    if content.startswith(b"MZ") and b"\0" not in content[:256]:
        return "", ""  # somebody's initials
    return next(((kind, words) for magic, kind, words in MAGIC if content.startswith(magic)), ("", ""))


def _check_text(content: bytes) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise RefusedError("The file is not text in UTF-8.", "Save it as text or CSV in UTF-8, and attach that.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        cure = "Save it as text or CSV in UTF-8, and attach that."
        raise RefusedError("The file is not text in UTF-8.", cure) from error
