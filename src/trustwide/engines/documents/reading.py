"""One document, from its bytes to its text. What it is, its content tells; its name is used only in what is said."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from trustwide.engines.archives import Archive, UnsafeArchiveError, look_into
from trustwide.engines.documents.portable import portable_text
from trustwide.engines.documents.problem import BrokenError, LockedError, TooLongError, UnknownKindError
from trustwide.engines.documents.sentences import Place, sentences
from trustwide.engines.documents.written import MOST_CHARACTERS, odt_text, word_text
from trustwide.engines.plain_text import decoded

MOST_BYTES = 50_000_000
MOST_PAGES = 300
MOST_UNPACKED = 200 << 20
AGAIN = "Open it in the program it came from, save it again, and try once more."
KINDS_READ = "Save it as DOCX, ODT, PDF or plain text, and try once more."
OTHERS = (
    (b"{\\rtf", "a rich text document"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text and the places of its sentences in it."""

    text: str
    places: list[Place] = field(repr=False)

    def quotes(self) -> list[str]:
        return [self.text[start:end] for start, end in self.places]


def document_of(text: str) -> Document:
    """Text that is at hand already."""
    return Document(text, sentences(text))


def read(name: str, content: bytes) -> Document:
    """The text of a DOCX, ODT, PDF or plain text document. Any bytes will do: raises DocumentError and nothing else."""
    if len(content) > MOST_BYTES:
        raise TooLongError(f"{name} is larger than 50 MB.", "Split it, or save it without its pictures.")
    text = _text(name, content)
    if len(text) > MOST_CHARACTERS:
        raise TooLongError(f"{name} has more than 5 million characters.", "Split it into shorter documents.")
    return document_of(text)


def _text(name: str, content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return portable_text(name, content, MOST_PAGES)
    if content.startswith(b"PK"):
        return _packed(name, content)
    if content.startswith(OLD_OFFICE):
        cure = "Take off its password if it has one, save it as DOCX, and try once more."
        raise LockedError(f"{name} is an old office document, or one under a password.", cure)
    for magic, kind in OTHERS:
        if content.startswith(magic):
            raise UnknownKindError(f"{name} holds {kind}, not text.", KINDS_READ)
    return _plain(name, content)


def _packed(name: str, content: bytes) -> str:
    try:
        archive = look_into(io.BytesIO(content), most_unpacked=MOST_UNPACKED)
        if "word/document.xml" in archive.parts:
            return word_text(name, archive)
        if "content.xml" in archive.parts and b"opendocument.text" in _kind(archive):
            return odt_text(name, archive)
    except UnsafeArchiveError as error:
        problem = LockedError if "password" in error.message else BrokenError
        raise problem(f"{name} cannot be read. {error.message}", error.cure) from error
    raise UnknownKindError(f"{name} is not a text document.", KINDS_READ)


def _kind(archive: Archive) -> bytes:
    return archive.read("mimetype") if "mimetype" in archive.parts else b""


def _plain(name: str, content: bytes) -> str:
    try:
        text = decoded(content)
    except UnicodeError as error:
        cure = "Save it as DOCX, ODT or PDF, or as text with the encoding UTF-8, and try once more."
        raise UnknownKindError(f"{name} is no document that can be read, and no text in UTF-8.", cure) from error
    if "\0" in text:
        raise UnknownKindError(f"{name} is no document that can be read, and no text in UTF-8.", KINDS_READ)
    return text
