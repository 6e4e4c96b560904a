"""Any file is either kept, made harmless, or refused with a reason; nothing else happens."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from trustwide.engines.uploads import Accepted, Refused, check
from trustwide.engines.uploads.tests import corpus

ENDINGS = ("jpg", "png", "gif", "webp", "pdf", "docx", "xlsx", "odt", "csv", "txt", "exe", "")
WHOLE = {"jpg": corpus.photograph(), "png": corpus.picture("PNG"), "gif": corpus.picture("GIF"), "pdf": corpus.PDF}
WHOLE |= {"webp": corpus.picture("WEBP"), "docx": corpus.office(corpus.WORD), "odt": corpus.open_document("text")}


def kept(name: str, content: bytes) -> Accepted:
    answer = check(name, content)
    assert isinstance(answer, Accepted), str(answer)
    return answer


@given(name=st.text(st.characters(), max_size=30), ending=st.sampled_from(ENDINGS), content=st.binary(max_size=300))
def test_any_name_and_bytes_get_an_answer(name: str, ending: str, content: bytes) -> None:
    answer = check(f"{name}.{ending}", content)
    if isinstance(answer, Refused):
        assert answer.message.endswith(".")
        assert answer.cure.endswith(".")
    else:
        assert answer.safe_name.encode()
        assert not set(answer.safe_name) & set('/\\<>:"|?*')
        assert not any(unicodedata.category(each)[0] == "C" for each in answer.safe_name)


@given(ending=st.sampled_from(sorted(WHOLE)), place=st.integers(0, 5_000), value=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_gets_an_answer(ending: str, place: int, value: int, cut: bool) -> None:
    content = bytearray(WHOLE[ending])
    content[place % len(content)] = value
    check(f"a.{ending}", bytes(content[: place % len(content)] if cut else content))


def test_a_photograph_stands_upright_and_tells_no_place() -> None:
    photograph = corpus.photograph()
    drawn = kept("a.jpg", photograph).content
    assert corpus.PLACE in photograph
    assert corpus.PLACE not in drawn
    assert b"Camera" not in drawn
    assert b"<script>" not in drawn
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (40, 60)
        assert not picture.getexif()


def test_a_large_picture_is_made_smaller() -> None:
    for kind, size, smaller in (("JPEG", (6_000, 300), (3_000, 150)), ("JPEG", (9_000, 300), (4_000, 133))):
        with Image.open(io.BytesIO(kept("a.jpg", corpus.picture(kind, size)).content)) as picture:
            assert picture.size == smaller
    with Image.open(io.BytesIO(kept("a.png", corpus.picture("PNG", (9_000, 300))).content)) as picture:
        assert picture.size == (3_000, 100)


def test_sixteen_bits_of_grey_stay_grey() -> None:
    with Image.new("I;16", (4, 4), 40_000) as grey:
        grey.save(out := io.BytesIO(), "PNG")
    with Image.open(io.BytesIO(kept("a.png", out.getvalue()).content)) as picture:
        assert picture.getpixel((0, 0)) == pytest.approx(156, abs=1)


def test_a_see_through_picture_stays_so() -> None:
    with Image.open(io.BytesIO(kept("a.webp", corpus.picture("WEBP", mode="RGBA")).content)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGBA")


def test_documents_are_kept_byte_for_byte() -> None:
    for name, content in (("a.pdf", corpus.PDF), ("a.docx", corpus.office(corpus.WORD)), ("a.txt", b"x\n")):
        assert kept(name, content).content == content
