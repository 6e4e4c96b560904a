"""The PDF of a report: it opens, it is tagged, and every word is in it."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.tests.makers import make_series
from trustwide.rooms.measures.board_report import BoardReport
from trustwide.rooms.measures.report_pdf import report_as_pdf
from trustwide.rooms.measures.tests.samples import every_chart

HOSTILE = ["#panic()", "*a*", "$x$", '"quotes"', "\\ back", "= head", "[a](b) <c>", "@ref", "// gone"]


def opened(report: BoardReport) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(report_as_pdf(report)))


def words(text: str) -> str:
    """Text as it reads, wherever its lines and pages break."""
    return re.sub(r"\s+", "", text)


def text_of(pdf: pypdf.PdfReader) -> str:
    return words("".join(page.extract_text() for page in pdf.pages))


def structure(element: Any) -> list[Any]:
    """Every element under one of the tag tree."""
    element = element.get_object()
    if not isinstance(element, pypdf.generic.DictionaryObject):
        return []
    under = element.get("/K", [])
    under = under.get_object()
    children = under if isinstance(under, list) else [under]
    return [element, *(each for child in children for each in structure(child))]


@pytest.fixture(scope="module")
def report() -> BoardReport:
    return BoardReport.of("Board report, March 2019", Analysis(every_chart()))


@pytest.fixture(scope="module")
def pdf(report: BoardReport) -> pypdf.PdfReader:
    return opened(report)


def test_it_is_tagged_titled_and_in_english(pdf: pypdf.PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"].lower() == "en-gb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Board report, March 2019"


def test_it_claims_pdf_ua(pdf: pypdf.PdfReader) -> None:
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_every_chart_says_its_name_and_sentence_in_place_of_the_picture(
    report: BoardReport, pdf: pypdf.PdfReader
) -> None:
    elements = structure(pdf.trailer["/Root"]["/StructTreeRoot"])
    pictures = [each for each in elements if each.get("/S") == "/Figure"]
    told = [words(str(each.get("/Alt", ""))) for each in pictures]
    assert all("/Alt" in each for each in pictures)
    for block in report.blocks:
        assert told.count(words(f"{block.number}. {block.series.name}. {block.series.sentence}")) == 1
    assert len(pictures) == len(report.blocks), "icons have their words beside them and are no figures"


def test_every_name_sentence_and_question_is_in_it(report: BoardReport, pdf: pypdf.PdfReader) -> None:
    text = text_of(pdf)
    for block in report.blocks:
        assert words(f"{block.number}. {block.series.name}") in text
        assert words(block.series.sentence) in text
        assert words(block.question) in text
    for sentence in report.summary:
        assert words(sentence) in text


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_markup_stays_text(name: str) -> None:
    pdf = opened(BoardReport.of(name, [make_series([50, 51, 49], name=name, sentence=f"{name} is as usual.")]))
    assert pdf.metadata is not None
    assert pdf.metadata.title == name
    assert text_of(pdf).count(words(name)) >= 4


def test_a_report_of_no_measures_still_opens() -> None:
    assert len(opened(BoardReport.of("Nothing yet", [])).pages) == 1
