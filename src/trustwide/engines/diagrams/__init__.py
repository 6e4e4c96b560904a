"""Thinking tools: nine ways to draw what a team thinks, from an outline that can be written, changed and read.

>>> fishbone = TOOLS["fishbone"]
>>> rows = read(fishbone, "- People\\n  - Nobody covers the dispensary")
>>> drawing = Drawing(fishbone, "Tablets come late", tuple(rows))
>>> readings(drawing)
['1 cause on 1 bone.']
>>> draw(drawing, "Ward 7").startswith("<svg")
True
"""

from trustwide.engines.diagrams.drawing import Told, draw, outline, said_of
from trustwide.engines.diagrams.lines import read, read_kindly, write
from trustwide.engines.diagrams.model import LONGEST, MOST_ROWS, Branch, Detail, DiagramError, Drawing, Row, Tool
from trustwide.engines.diagrams.tools import TOOLS
from trustwide.engines.diagrams.words import readings

__all__ = [
    "LONGEST",
    "MOST_ROWS",
    "TOOLS",
    "Branch",
    "Detail",
    "DiagramError",
    "Drawing",
    "Row",
    "Told",
    "Tool",
    "draw",
    "outline",
    "read",
    "read_kindly",
    "readings",
    "said_of",
    "write",
]
