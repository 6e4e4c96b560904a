"""What HTML from typed text may hold, read by a parser that the renderer does not use."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "a"}
REL = "noopener noreferrer nofollow"
SCHEMES = ("http://", "https://", "mailto:")
#: Browsers skip these inside an address, so java\nscript: runs.
SKIPPED = re.compile(r"[\0-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
DEEPEST = 40


class Reader(HTMLParser):
    """Notes all that should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        if tag != "br":
            self.open.append(tag)
        if len(self.open) > DEEPEST:
            self.wrong.append("too deep")
        if tag == "a" and [name for name, _ in attrs] != ["href", "rel"]:
            self.wrong.append(f"<a> with {attrs}")
        for name, value in attrs:
            self.attribute(tag, name, value or "")

    def attribute(self, tag: str, name: str, value: str) -> None:
        if (tag, name) == ("a", "href"):
            self.links.append(value)
            if not SKIPPED.sub("", value).lower().startswith(SCHEMES) or SKIPPED.search(value):
                self.wrong.append(f"href {value!r}")
        elif (tag, name) == ("ol", "start"):
            self.wrong += [] if value.isdigit() else [f"start {value!r}"]
        elif (tag, name, value) != ("a", "rel", REL):
            self.wrong.append(f"{tag} {name}={value!r}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> out of place")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"declaration {data!r}")


def wrong_in(html: str) -> list[str]:
    """All in a piece of HTML that typed text should never lead to."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong + [f"<{tag}> never closed" for tag in reader.open]


#: Pieces that matter to Markdown, to HTML or to somebody with bad intent.
PIECES = (
    "[www.nhs.uk](https://b.example/x)", "<https://nhs.uk>", "https://a.example/x ", "[](mailto:a@b.example)",
    "*", "**", "_", "`", "```\n", "# ", "## ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "\t", "\\", "[", "]", "](",
    ")", "(", "<", ">", "![", "---\n", "|", "~~", "&", "&amp;", "&#106;", "&#x6A", "&colon;", "&Tab;", "&NewLine;",
    '"', "'", "=", ":", "/", "//", "?", "javascript:", "JaVaScRiPt:", "java\nscript:", "data:text/html,",
    "vbscript:", "file:///", "https://", "http://", "mailto:", "www.nhs.uk", "a.example", "@", "%0a", "%6a", "\0",
    "\x01", "\x1b", "\x85", "\u00a0", "\u00ad", "\u200b", "\u2028", "\u202e", "\ufeff", "\ud800", "\udfff",
    "\U0001f600", "é", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=", "<!--", "-->",
    "<![CDATA[", "]]>", "<?", "<a href=", "</p>", "<style>", "<math>", "<template>", "<textarea>", "<iframe ",
    " onclick=", " style=", "alert(1)", "Falls", "ward 7", " ", " ", "x",
)  # fmt: skip


def made_up(random: random.Random) -> str:
    """Typed text of hostile pieces, mostly short, now and then with one piece many times over."""
    pieces = random.choices(PIECES, k=random.randint(1, 24))
    if random.random() < 0.05:
        pieces.insert(random.randrange(len(pieces)), random.choice(PIECES) * random.randint(20, 200))
    return "".join(pieces)


#: What somebody might well write.
PROSE = (
    "## What we tried\n\nThe ward team met on **Monday** to look at falls.\n"
    "They agreed to try *one* change with two nurses.\n\n"
    "- ask each patient what matters to them\n- write it on the board by the bed\n\n"
    "See [the guide](https://guide.example/falls) or https://guide.example/boards.\n\n> It felt calmer. A nurse\n\n"
)
