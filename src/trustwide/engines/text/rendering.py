"""Typed text to HTML by CommonMark, then through an allow-list, so that a fault in the first does no harm."""

from __future__ import annotations

import html
from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from trustwide.engines.text.links import ALLOWED, link_bare_addresses, may_lead, name_true_hosts
from trustwide.engines.text.tidying import tidy

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "a"}
REL = "noopener noreferrer nofollow"
#: Text that is longer, has more of these marks or is nested deeper is shown as it was typed, its marks without
#: meaning: nobody writes so, and reading it as marks would hold everybody else up.
LONGEST, MOST_BRACKETS, MOST_STARS, DEEPEST = 100_000, 500, 2_000, 18
#: Pictures and tables have no place here. The other rules surprise people who know no Markdown: a line under a line
#: is no heading, a space before a line is no code, and what stands in brackets does not vanish.
LEFT_OUT = ["image", "reference", "hr", "lheading", "code", "html_block", "html_inline"]


def to_html(text: str) -> str:
    r"""Safe HTML of typed text, from any string; of the tags in TAGS, links with an address and lists with a start.

    >>> to_html("# Falls\nSee <b>www.nhs.uk</b>")
    '<h3>Falls</h3>\n<p>See &lt;b&gt;www.nhs.uk&lt;/b&gt;</p>\n'
    >>> to_html("[www.nhs.uk](https://elsewhere.example)").partition("w.")[2]
    'nhs.uk [elsewhere.example]</a></p>\n'
    """
    text = tidy(text)
    tokens = _parse(text)
    rendered = _as_typed(text) if tokens is None else str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return _CLEANER.clean(rendered)


def to_plain(text: str) -> str:
    r"""The words of typed text on one line, without its marks: for search, titles and notices. It is not HTML.

    >>> to_plain("# Falls\n\n1. *Look* & [learn](https://www.nhs.uk)")
    'Falls Look & learn'
    """
    text = tidy(text)
    tokens = _parse(text)
    return " ".join((text if tokens is None else " ".join(map(_words, tokens))).split())


def _parse(text: str) -> list[Token] | None:
    """The text's tokens, or None where it is to be shown as it was typed."""
    stars = text.count("*") + text.count("_")
    if len(text) > LONGEST or text.count("[") > MOST_BRACKETS or stars > MOST_STARS:
        return None
    tokens = _MARKDOWN.parse(text)
    return None if any(_depth(token) >= DEEPEST for token in tokens) else tokens


def _depth(token: Token) -> int:
    return max(token.level, *(child.level for child in token.children)) if token.children else token.level


def _as_typed(text: str) -> str:
    paragraphs = (part.strip("\n") for part in text.split("\n\n"))
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>\n" for part in paragraphs if part.strip())


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(child.content or (" " if child.type.endswith("break") else "") for child in token.children)


def _lower_headings(state: StateCore) -> None:
    """A page has its own h1 and h2: the highest heading so far is h3, those below it h4. An empty one is its marks."""
    highest = 6
    for heading, inline, end in _headings(state.tokens):
        level = int(heading.tag[1])
        highest = min(highest, level)
        heading.tag = end.tag = "h3" if level == highest else "h4"
        if not _words(inline).strip():
            heading.tag = end.tag = "p"
            inline.children = [Token("text", "", 0, content=heading.markup)]


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[place + 1], tokens[place + 2]


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).disable(LEFT_OUT)
    markdown.validateLink = may_lead  # type: ignore[assignment,method-assign]  # the library's own way to say what may be linked
    for name, rule in (
        ("bare_addresses", link_bare_addresses),
        ("true_hosts", name_true_hosts),
        ("lower_headings", _lower_headings),
    ):
        markdown.core.ruler.push(name, rule)
    return markdown


def _safe_attribute(_tag: str, attribute: str, value: str) -> str | None:
    """A link's address and relation, or the number that a list goes on from."""
    if attribute == "href":
        return value if ALLOWED.fullmatch(value) else None
    return value if value == REL or (value.isascii() and value.isdigit()) else None


_MARKDOWN = _markdown()
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    attribute_filter=_safe_attribute,
    link_rel=REL,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
