"""A board report as a tagged PDF (PDF/UA-1), typeset from the same charts and words as the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trustwide.design.typesetting import typeset
from trustwide.engines.spc.draw import draw
from trustwide.engines.spc.icons import assurance_icon, variation_icon
from trustwide.rooms.measures.board_report import CHANGE_WORDS, TARGET_WORDS, Block, BoardReport

PAGE = Path(__file__).parent / "report.typ"
CHART = {"width": 720, "height": 260}


def report_as_pdf(report: BoardReport) -> bytes:
    """The bytes of the PDF. Text is passed as data, so nothing typed can be read as markup."""
    return typeset(PAGE, {"report": json.dumps(_content(report))})


def _content(report: BoardReport) -> dict[str, Any]:
    return {
        "title": report.title,
        "until": report.until,
        "summary": report.summary,
        "columns": [TARGET_WORDS[column] for column in report.columns],
        "assurances": [assurance_icon(column) for column in report.columns],
        "rows": [
            {
                "change": CHANGE_WORDS[change],
                "cells": [[f"{block.number}. {block.series.name}" for block in cell] for cell in cells.values()],
            }
            for change, cells in report.matrix.items()
        ],
        "blocks": [_block(block) for block in report.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    series = block.series
    return {
        "name": f"{block.number}. {series.name}",
        "chart": draw(series, prefix=f"{block.anchor}-", **CHART),
        "sentence": series.sentence,
        "question": block.question,
        "change": block.change_words,
        "target": block.target_words,
        "variation_icon": variation_icon(series.variation),
        "assurance_icon": assurance_icon(series.assurance),
    }
