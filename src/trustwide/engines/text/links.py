"""Where links may lead, and links that say so honestly."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

#: http, https and mailto, with a plain host: no user name before it, nothing escaped in it.
ALLOWED = re.compile(
    r"https?://[a-z0-9_.-]+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?|mailto:[a-z0-9._%+'-]+@[a-z0-9.-]+(?:\?[!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
#: Reads addresses as browsers do, and drops one whose host can be nobody's, as https://xn--x.
BROWSER = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, link_rel=None)
BARE = re.compile(r"\bhttps?://[^\s<>\"`]+", re.IGNORECASE)
AFTER_AN_ADDRESS = ".,;:!?'\"*_~)]"
LOOKS_LIKE_A_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[^\W\d_]{2,}|xn--[\w-]+)|\d+(?:\.\d+){3}")
#: Browsers take these for full stops, and an eye does too.
FULL_STOPS = str.maketrans("。．｡", "...")


def may_lead(address: str) -> bool:
    """Whether a link may lead to an address: of an allowed kind, and one that a browser can read.

    >>> [may_lead(each) for each in ("https://www.nhs.uk/x", "mailto:a@b.example", "javascript:x", "https://xn--x")]
    [True, True, False, False]
    """
    return ALLOWED.fullmatch(address) is not None and "href" in BROWSER.clean(f'<a href="{html.escape(address)}"></a>')


def host_of(address: str) -> str:
    """The host of an address that may be led to, or the whole e-mail address.

    >>> host_of("https://Www.NHS.uk:443/x"), host_of("mailto:a@b.example?subject=x")
    ('www.nhs.uk', 'a@b.example')
    """
    parts = urlsplit(address)
    return (parts.path if parts.scheme == "mailto" else parts.netloc.partition(":")[0]).lower()


def claims(words: str) -> Iterator[str]:
    """The hosts and e-mail addresses that the text of a link seems to promise.

    >>> list(claims("see https://www.nhs.uk/x or me@b.example, not v1.2"))
    ['www.nhs.uk', 'me@b.example']
    """
    plain = unicodedata.normalize("NFKC", words.translate(FULL_STOPS))
    seen = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    for word in seen.lower().split():
        word = re.sub(r"^[^\w]+", "", re.sub(r"^\W*(?:https?:/*|mailto:)", "", word))
        claimed = re.split(r"[/?#:\\,;!()\[\]{}<>\"]", word, maxsplit=1)[0].rstrip(".'*_~")
        if LOOKS_LIKE_A_HOST.fullmatch(claimed.rpartition("@")[2]):
            yield claimed


def is_honest(words: str, address: str) -> bool:
    """Whether the text of a link promises no other host than it leads to; with or without www. is the same."""
    host = host_of(address).removeprefix("www.")
    return all(claimed.removeprefix("www.") == host for claimed in claims(words))


def link_bare_addresses(state: StateCore) -> None:
    """Addresses typed without any mark become links; those inside links and code stay."""
    for inline in state.tokens:
        if inline.children and any("://" in child.content for child in inline.children):
            inline.children = list(_with_links(state.md, inline.children))


def _with_links(md: MarkdownIt, children: list[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text" and not depth:
            yield from _split(md, child.content)
        else:
            yield child


def _split(md: MarkdownIt, content: str) -> Iterator[Token]:
    done = 0
    for found in BARE.finditer(content):
        words = _address_in(found.group())
        address = md.normalizeLink(words)
        if may_lead(address):
            yield from _text(content[done : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield from _text(words)
            yield Token("link_close", "a", -1)
            done = found.start() + len(words)
    yield from _text(content[done:])


def _address_in(found: str) -> str:
    """The address without the full stop or bracket that ends the sentence it stands in."""
    words = found.rstrip(AFTER_AN_ADDRESS)
    wanted = {")": words.count("(") - words.count(")"), "]": words.count("[") - words.count("]")}
    kept = 0
    for place, mark in enumerate(found[len(words) :], start=1):
        if wanted.get(mark, 0) > 0:
            wanted[mark] -= 1
            kept = place
    return found[: len(words) + kept]


def _text(content: str) -> Iterator[Token]:
    if content:
        yield Token("text", "", 0, content=content)


def name_true_hosts(state: StateCore) -> None:
    """A link whose text promises another host, or that has no text, gets its true host beside it in brackets."""
    for inline in state.tokens:
        if inline.children and any(child.type == "link_open" for child in inline.children):
            inline.children = list(_named(inline.children))


def _named(children: list[Token]) -> Iterator[Token]:
    """The tokens of a line; a link to nowhere, [x](), is the text it was typed as."""
    address, words = "", ""
    for child in children:
        if child.type == "link_open":
            address, words = str(child.attrs.get("href", "")), ""
        elif child.type == "link_close":
            if address and (not words.strip() or not is_honest(words, address)):
                yield from _text(f"{' ' if words else ''}[{host_of(address)}]")
        else:
            words += child.content or ("\n" if child.type.endswith("break") else "")
        if child.type.startswith("link_") and not address:
            yield from _text("[" if child.nesting == 1 else "]()")
        else:
            yield child
