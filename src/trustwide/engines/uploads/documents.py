"""PDF and office documents, known by what is in them; those that carry programs are refused."""

from __future__ import annotations

import io
import re

from trustwide.engines.archives import Archive, UnsafeArchiveError, look_into
from trustwide.engines.uploads.outcome import RefusedError

MOST_UNPACKED = 200 << 20
MICROSOFT = "application/vnd.openxmlformats-officedocument."
#: The content type by ending, and the part of an office document that must be there.
MICROSOFT_KINDS = {
    "docx": (f"{MICROSOFT}wordprocessingml.document", "word/document.xml"),
    "xlsx": (f"{MICROSOFT}spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": (f"{MICROSOFT}presentationml.presentation", "ppt/presentation.xml"),
}
OPEN_KINDS = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|/activex/|^basic/|^scripts/", re.IGNORECASE)
#: A template fetched from elsewhere as the document opens, which may hold macros.
FAR_TEMPLATE = re.compile(rb"attachedTemplate[^>]*TargetMode=.External|TargetMode=.External[^>]*attachedTemplate")
PDF_PROGRAMS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
PDF_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
NOT_WHAT_IT_SAYS = "Open it in the program it came from, save it again, and attach that."


def check_pdf(content: bytes) -> None:
    """Raises RefusedError where it is cut short, holds another file or has programs in plain sight."""
    before, found, after = content.rpartition(b"%%EOF")
    if not found:
        raise RefusedError("The PDF is cut short.", "Save or download it again, and attach that.")
    if after.strip(b"\r\n\t \0") or b"PK\x05\x06" in content[-(1 << 16) :]:
        raise RefusedError("The PDF has another file hidden in it.", "Print it to a new PDF, and attach that.")
    named = PDF_HEX.sub(lambda code: bytes([int(code.group(1), 16)]), before)
    if PDF_PROGRAMS.search(named):
        cure = "Print it to a new PDF, and attach that."
        raise RefusedError("The PDF holds a program or another file.", cure)


def check_office(ending: str, content: bytes) -> str:
    """The content type of an office document. Raises RefusedError where it is another kind or may do harm."""
    try:
        archive = look_into(io.BytesIO(content), most_unpacked=MOST_UNPACKED)
        _refuse_programs(archive)
        return _content_type(archive, ending)
    except UnsafeArchiveError as error:
        raise RefusedError(error.message, error.cure) from error


def _refuse_programs(archive: Archive) -> None:
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.parts else b""
    if any(map(MACROS.search, archive.names)) or b"macroenabled" in types.replace(b"\0", b"").lower():
        cure = "Save it without macros, as DOCX, XLSX or PPTX, and attach that."
        raise RefusedError("The document holds macros, which are small programs.", cure)
    for name in archive.names:
        if name.endswith("settings.xml.rels") and FAR_TEMPLATE.search(archive.read(name)):
            raise RefusedError("The document fetches a template from elsewhere.", NOT_WHAT_IT_SAYS)


def _content_type(archive: Archive, ending: str) -> str:
    if ending in MICROSOFT_KINDS:
        content_type, part = MICROSOFT_KINDS[ending]
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.parts else b""
        right = part in archive.parts and f"{content_type}.main+xml".encode() in types
    else:
        content_type = OPEN_KINDS[ending]
        said = archive.read("mimetype") if "mimetype" in archive.parts else b""
        right = said.strip() == content_type.encode() and "content.xml" in archive.parts
    if not right:
        message = f"The name ends in .{ending}, but the file is not a document of that kind."
        raise RefusedError(message, NOT_WHAT_IT_SAYS)
    return content_type
