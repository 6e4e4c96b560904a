"""Every kind of document into the same text, and a named error for what cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustwide.engines.documents import (
    MOST_PAGES,
    BrokenError,
    DocumentError,
    LockedError,
    ScannedError,
    TooLongError,
    UnknownKindError,
    read,
    sentences,
)
from trustwide.engines.documents.tests.makers import docx, docx_of, odt, packed, pdf

LONG = "You will work with people from every part of the hospital and with the teams that look after them at home."


def test_word_documents_without_what_was_struck_out_or_doubled() -> None:
    struck = "<w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><w:t>Be</w:t><w:tab/><w:t>kind.</w:t></w:r></w:p>"
    doubled = "<w:p><mc:AlternateContent><mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:p>"
    assert read("a.docx", docx(struck + doubled)).text == "Be kind.\n\n"
    assert read("a.docx", docx_of("Be kind.", "Job plan", "Listen &amp; act.")).quotes() == [
        "Be kind.",
        "Job plan",
        "Listen & act.",
    ]


def test_open_documents_without_notes() -> None:
    body = "<t:h>Post</t:h><t:p>Be<t:s/>kind<o:annotation><t:p>really?</t:p></o:annotation>.</t:p>"
    assert read("a.odt", odt(body)).quotes() == ["Post", "Be kind."]


def test_pdf_lines_become_sentences() -> None:
    document = read("a.pdf", pdf(f"= Post\n\n{LONG} {LONG}\n\n- Be kind.\n- Be open."))
    assert document.quotes()[:3] == ["Post", LONG, LONG]
    assert [each.lstrip("•‣– ") for each in document.quotes()[3:]] == ["Be kind.", "Be open."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_plain_text_in_its_encodings(encoding: str) -> None:
    assert read("a.txt", "Be kind – é.".encode(encoding)).text == "Be kind – é."


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(LONG)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def bomb() -> bytes:
    return packed({"word/document.xml": b" " * (201 << 20)})


ENTITIES = b"<!--" + b" " * 20_000 + b"--><!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>"
REFUSED: list[tuple[Callable[[], bytes], type[DocumentError], str]] = [
    (lambda: pdf("#rect(width: 50%)\n#pagebreak()\n#rect()"), ScannedError, "pictures of pages"),
    (lambda: pdf(LONG)[:400], BrokenError, "damaged"),
    (lambda: b"%PDF-1.7 nonsense", BrokenError, "damaged"),
    (locked_pdf, LockedError, "password"),
    (lambda: pdf("x #pagebreak()\n" * (MOST_PAGES + 1)), TooLongError, "pages"),
    (bomb, BrokenError, "unpacks to more than 200 MB"),
    (lambda: docx_of("x")[:-30], BrokenError, "damaged"),
    (lambda: packed({"word/document.xml": "<w:document"}), BrokenError, "damaged"),
    (lambda: packed({"word/document.xml": ENTITIES}), BrokenError, "entities"),
    (lambda: docx_of(*["x" * 100_000] * 51), TooLongError, "5 million"),
    (lambda: b"x" * 5_000_001, TooLongError, "5 million"),
    (lambda: packed({"xl/workbook.xml": "<x/>"}), UnknownKindError, "not a text document"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", LockedError, "old office document"),
    (lambda: b"{\\rtf1 hello}", UnknownKindError, "rich text"),
    (lambda: b"\x89PNG\r\n", UnknownKindError, "picture"),
    (lambda: b"caf\xe9", UnknownKindError, "UTF-8"),
    (lambda: b"a\0b", UnknownKindError, "UTF-8"),
    (lambda: b"\0" * 50_000_001, TooLongError, "50 MB"),
]


@pytest.mark.parametrize(("make", "error", "said"), REFUSED)
def test_what_cannot_be_read_is_named_with_its_cure(
    make: Callable[[], bytes], error: type[DocumentError], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        read("post.docx", make())
    assert type(caught.value) is error
    assert caught.value.message.startswith("post.docx ")
    assert caught.value.cure.endswith(".")


STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xd0\xcf\x11\xe0",
    docx_of("Kind.")[:-9],
    odt("Kind."),
]


@given(st.sampled_from(STARTS), st.binary(max_size=300))
@example(b"\xff\xfe", b"\x00\xd8")
def test_any_bytes_are_read_or_refused_by_name(start: bytes, rest: bytes) -> None:
    try:
        document = read("x", start + rest)
    except DocumentError:
        return
    assert all(document.text[at:end].strip() for at, end in document.places)


@given(
    st.lists(
        st.sampled_from(["Be kind.", " ", "\n", "\r\n", "e.g. this", "Dr. Li", "\u2028", "A" * 700, "1.", "• "])
    ).map("".join)
)
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    places = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in places) == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(places))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in places)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See Dr. Li, e.g. Monday. Be kind! Are you?", ["See Dr. Li, e.g. Monday.", "Be kind!", "Are you?"]),
        (
            "You will work with the ward team and with\nthe family. Listen.",
            ["You will work with the ward team and with\nthe family.", "Listen."],
        ),
        ("Duties\n• Be kind\n• Be open", ["Duties", "• Be kind", "• Be open"]),
        ("One paragraph.\n\nand another", ["One paragraph.", "and another"]),
    ],
)
def test_where_sentences_end(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == wanted
