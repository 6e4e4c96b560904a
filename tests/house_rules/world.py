"""The addresses of Trustwide with an example of each, and the small world that the examples live in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.makers import make_described_upload, make_open_data, make_report, make_upload
from trustwide.rooms.measures.models import MeasureSet, Upload

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
REPORT, UPLOAD, DESCRIBED = "the report", "the upload", "the described upload"


@dataclass(frozen=True)
class Example:
    """How one address answers: its parts, a GET, an empty POST, and parts that nothing has (404)."""

    name: str
    parts: dict[str, str] = field(default_factory=dict)
    get: int = 200
    post: int = 405
    unknown: dict[str, object] = field(default_factory=dict)


EXAMPLES = [
    Example("front:home", get=302, post=302),
    Example("demo:personas"),
    Example("demo:sign-in", get=405, post=422),
    Example("measures:numbers", {"organisation": "st-brides", "record": str(NOBODY)}, get=302, post=302),
    Example("measures:resets", {"organisation": "st-brides", "record": str(NOBODY)}, get=302, post=302),
    Example(
        "measures:remove-reset",
        {"organisation": "st-brides", "record": str(NOBODY), "reset": str(NOBODY)},
        get=302,
        post=302,
    ),
    Example("measures:comparison"),
    Example("measures:organisation", {"code": "O1"}, unknown={"code": "ZZZ"}),
    Example("measures:reading-charts"),
    Example("measures:reports"),
    Example("measures:new-report", post=422),
    Example("measures:choose-columns", {"number": UPLOAD}, post=422, unknown={"number": NOBODY}),
    Example("measures:choose-measures", {"number": DESCRIBED}, post=422, unknown={"number": NOBODY}),
    Example("measures:report", {"number": REPORT}, unknown={"number": NOBODY}),
    Example("measures:report-pdf", {"number": REPORT}, unknown={"number": NOBODY}),
    Example("measures:remove-report", {"number": REPORT}, get=405, post=302, unknown={"number": NOBODY}),
]
#: The same pages asked in other ways: each shows something that the plain page does not.
VARIATIONS = [
    "/national/?change=all",
    "/national/?change=improvement&target=none",
    "/national/?q=nothing+fits+this",
    "/no-such-page/",
]


@dataclass(frozen=True)
class World:
    open_data: MeasureSet
    report: MeasureSet
    upload: Upload
    described: Upload

    def path(self, example: Example) -> str:
        ids = {REPORT: self.report.pk, UPLOAD: self.upload.pk, DESCRIBED: self.described.pk}
        return reverse(example.name, kwargs={name: ids.get(part, part) for name, part in example.parts.items()})

    def pages(self) -> list[str]:
        """Every address that shows something, and the variations."""
        return [self.path(each) for each in EXAMPLES if each.get == 200] + VARIATIONS


def make_world() -> World:
    return World(make_open_data(4, 14), make_report(measures=4, points=14), make_upload(), make_described_upload())


def url_names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address, found by walking; an address without a name is told by its pattern."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from url_names(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"
