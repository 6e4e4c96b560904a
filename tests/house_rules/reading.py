"""What a page holds, read as a browser would: tags, attributes, and the words people see."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSEEN = {"script", "style", "svg", "title", "table", "code"}
SAID = {"p", "li", "dd", "dt", "h1", "h2", "h3", "label", "legend", "summary", "caption", "button", "a"}
#: Tags that end a sentence, since a heading or an item of a list, to read or to choose from, has no full stop.
ENDS = SAID - {"a"} | {"option"}
VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Reading(HTMLParser):
    """`tags` are (name, attributes); `seen` the words on the page, a full stop after each block."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    seen: str = ""
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass
        if tag in ENDS and self.seen.strip() and self.seen.rstrip()[-1] not in ".?!":
            self.seen = self.seen.rstrip() + ". "

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self.inside) and "body" in self.inside:
            self.seen += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)
