"""DOCX and ODT: the words of the paragraphs, in order, a line each; not what was struck out or noted beside."""

from __future__ import annotations

from xml.parsers import expat

from trustwide.engines.archives import Archive
from trustwide.engines.documents.problem import BrokenError, LockedError, TooLongError

MOST_CHARACTERS = 5_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
#: What is saved under "strict" has other names for the same things.
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main "
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
ODT_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
ODT_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
AGAIN = "Open it in the program it came from, save it again, and try once more."


class Words:
    """Collects text from XML as it comes: in some elements, out of others, with line ends after paragraphs."""

    def __init__(self, name: str, inside: set[str], outside: set[str], after: dict[str, str]) -> None:
        self.name, self.inside, self.outside, self.after = name, inside, outside, after
        self.kept: list[str] = []
        self.length = self.deep = self.hidden = 0

    def started(self, element: str, _: object) -> None:
        self.deep += element in self.inside
        self.hidden += element in self.outside

    def ended(self, element: str) -> None:
        self.deep -= element in self.inside
        self.hidden -= element in self.outside
        if element in self.after and not self.hidden:
            self._keep(self.after[element])

    def heard(self, text: str) -> None:
        if self.deep and not self.hidden:
            self._keep(text)

    def _keep(self, text: str) -> None:
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise TooLongError(f"{self.name} has more than 5 million characters.", "Split it into shorter documents.")
        self.kept.append(text)


def word_text(name: str, archive: Archive) -> str:
    names = (WORD, STRICT_WORD)
    inside = {f"{space}t" for space in names}
    outside = {f"{space}{each}" for space in names for each in ("del", "moveFrom")} | {f"{COMPATIBILITY}Fallback"}
    ends = {"p": "\n", "br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
    after = {f"{space}{each}": said for space in names for each, said in ends.items()}
    return _read(archive, "word/document.xml", Words(name, inside, outside, after))


def odt_text(name: str, archive: Archive) -> str:
    if b"encryption-data" in archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.parts else b"":
        raise LockedError(f"{name} is under a password.", "Save it without the password, and try once more.")
    inside = {f"{ODT_TEXT}p", f"{ODT_TEXT}h"}
    outside = {f"{ODT_OFFICE}annotation", f"{ODT_TEXT}tracked-changes"}
    after = {f"{ODT_TEXT}{each}": "\n" for each in ("p", "h", "line-break")}
    after |= {f"{ODT_TEXT}{each}": " " for each in ("s", "tab")}
    return _read(archive, "content.xml", Words(name, inside, outside, after))


def _read(archive: Archive, part: str, words: Words) -> str:
    """Document types are refused, as they could declare entities; the archive looked only at the beginning."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = words.started, words.ended
    parser.CharacterDataHandler = words.heard

    def refuse(*_: object) -> None:
        raise BrokenError(f"{words.name} declares XML entities of its own, which can do harm.", AGAIN)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for block in archive.blocks(part):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenError(f"{words.name} is damaged: its text cannot be read.", AGAIN) from error
    return "".join(words.kept)
