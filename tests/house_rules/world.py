"""The addresses of Trustwide with an example of each, and the small world that the examples live in.

Most examples are generated: the resolver is walked, and each part of an address is filled from PARTS. Somebody with
every role in the world's trust asks for them, so a new page is held to every rule as soon as it has an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house_rules.doors import DOORS
from tests.house_rules.examples import Example
from tests.house_rules.of_rooms import told, told_together
from tests.house_rules.trusts import Trust, make_trust
from tests.kinds_asked import MODELS
from tests.makers import make_described_upload, make_group, make_open_data, make_report, make_upload
from tests.shares import sampled
from trustwide.engines.sheets import write_csv
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.devices.live import key_of
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.models import MeasureSet, Upload
from trustwide.rooms.notices.letters import stop_letter
from trustwide.rooms.people.gates import SIGNED_IN, Policy
from trustwide.rooms.places.actions_sheets import keep_sheet
from trustwide.rooms.places.models import KeptSheet
from trustwide.rooms.places.place_sheet import table_of

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
UNKNOWN: dict[str, object] = {"organisation": "nowhere", "number": NOBODY}
#: What a post that a person may make can be answered with.
ANSWERED = frozenset({200, 302, 409, 422})


#: Those whose parts need a word, or that answer in a way of their own.
TOLD = [
    *DOORS,
    Example("devices:worker", signed_in=False),
    Example("measures:organisation", {"code": "O1"}, unknown={"code": "ZZZ"}),
    Example("measures:remove-report", {"organisation": "", "number": ""}, get=405, post=302, unknown=UNKNOWN),
    *(example for examples in told("TOLD") for example in examples),
]
#: What fills a part of an address, by the part's name, or by the address and the part; "kind" is every kind in turn.
PARTS: dict[str, Callable[[World, Trust, str], object]] = {
    "organisation": lambda world, trust, kind: trust.place.slug,
    "kind": lambda world, trust, kind: kind,
    "record": lambda world, trust, kind: trust.records[kind].pk,
    "comment": lambda world, trust, kind: trust.hung[kind].comment,
    "link": lambda world, trust, kind: trust.hung[kind].link,
    "file": lambda world, trust, kind: trust.hung[kind].file,
    "team": lambda world, trust, kind: trust.ward.slug,
    "devices:offline-one what": lambda world, trust, kind: "thanks",
    "device": lambda world, trust, kind: trust.device.pk,
    "what": lambda world, trust, kind: "words",
    "channel": lambda world, trust, kind: trust.channel.pk,
    "job": lambda world, trust, kind: trust.job.pk,
    "notice": lambda world, trust, kind: trust.notice.pk,
    "key": lambda world, trust, kind: key_of(trust.ward),
    "letter": lambda world, trust, kind: stop_letter(trust.everyone),
    "reset": lambda world, trust, kind: trust.reset.pk,
    "person": lambda world, trust, kind: trust.people["staff"].pk,
    "held": lambda world, trust, kind: trust.people["staff"].roles.get().pk,
    "slug": lambda world, trust, kind: trust.ward.slug,
    "partnership": lambda world, trust, kind: trust.partnership,
    "places:look-people number": lambda world, trust, kind: world.people_sheet.pk,
    "places:look number": lambda world, trust, kind: world.sheet.pk,
    "measures:choose-columns number": lambda world, trust, kind: world.upload.pk,
    "measures:choose-measures number": lambda world, trust, kind: world.described.pk,
    "measures:report number": lambda world, trust, kind: world.report.pk,
    "measures:report-pdf number": lambda world, trust, kind: world.report.pk,
    "measures:remove-report number": lambda world, trust, kind: world.report.pk,
    "card": lambda world, trust, kind: trust.card.pk,
    "huddle": lambda world, trust, kind: trust.huddle.pk,
    "thanks": lambda world, trust, kind: trust.thanks.pk,
    "turn": lambda world, trust, kind: trust.turn.pk,
    **told_together("PARTS"),
}
#: The same pages asked in other ways: each shows something that the plain page does not.
VARIATIONS = [
    "/national/?change=all",
    "/national/?change=improvement&target=none",
    "/national/?q=nothing+fits+this",
    "/no-such-page/",
    "/willow-park/tried-before/?q=we+tried+it",
]


@dataclass
class World:
    open_data: MeasureSet
    report: MeasureSet
    upload: Upload
    described: Upload
    sheet: KeptSheet
    people_sheet: KeptSheet
    trust: Trust

    def path(self, example: Example, trust: Trust | None = None) -> str:
        """An example's address in a trust: the world's own, where none is named."""
        kind = example.kind
        parts: dict[str, object] = dict(example.parts)
        for name in parts:
            if fill := PARTS.get(f"{example.name} {name}", PARTS.get(name)):
                parts[name] = fill(self, trust or self.trust, kind)
        return reverse(example.name, kwargs=parts)

    def at(self, name: str) -> str:
        """The address of that name in the world's own trust."""
        return self.path(next(each for each in EXAMPLES if each.name == name))

    def pages(self, examples: Iterable[Example] | None = None) -> list[str]:
        """Every address that shows something, or those of some examples that do; and the variations."""
        asked = EXAMPLES if examples is None else examples
        return [self.path(each) for each in asked if each.get == 200 and each.signed_in] + VARIATIONS


def make_world() -> World:
    trust = make_trust("Willow Park", make_group("Two Hills"))
    make_open_data(4, 14)
    return world_of(trust, 4)


def world_of(trust: Trust, measures: int) -> World:
    """What somebody of a trust has on the way: a report of so many measures, and files."""
    open_data, by = queries.open_data_set(), trust.everyone
    assert open_data
    report = make_report(measures=measures, points=4, at=trust.place, by=by)
    described = make_described_upload(at=trust.place, by=by)
    own = write_csv(table_of(trust.place))
    sheet = keep_sheet(by=by, organisation=trust.place, what="places", name="places.csv", content=own.encode())
    joiner = b"name,email,role,place,action\nJo Hill,jo@example.org,staff,Ward 7,join\n"
    people = keep_sheet(by=by, organisation=trust.place, what="people", name="people.csv", content=joiner)
    return World(open_data, report, make_upload(at=trust.place, by=by), described, sheet, people, trust)


@dataclass(frozen=True)
class Address:
    """One address as the resolver has it."""

    name: str
    parts: tuple[str, ...]
    view: Any
    route: str = ""

    @property
    def kind(self) -> str:
        """The kind of record that a room's own address names, by the word that stands for it there."""
        return next((kind.address for kind in KINDS.values() if f"/{kind.address}/" in self.route), "")

    @property
    def policy(self) -> Policy:
        return getattr(self.view, "policy", SIGNED_IN)

    @property
    def methods(self) -> set[str]:
        """The methods that the view's own decorator lets through."""
        view = self.view
        while view is not None:
            names = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))
            if "request_method_list" in names:
                return set(names["request_method_list"].cell_contents)
            view = getattr(view, "__wrapped__", None)
        raise AssertionError(f"{self.name}: say which methods it takes, with require_safe or its like")


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[Address]:
    """Every address, found by walking; an address without a name is told by its pattern."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            parts = tuple(each.pattern.converters)  # type: ignore[attr-defined]
            yield Address(f"{space}{each.name or each.pattern}", parts, each.callback, f"/{each.pattern}")


@cache
def by_name() -> dict[str, Address]:
    return {each.name: each for each in addresses()}


def generated(address: Address) -> Iterator[Example]:
    """Examples of an address: one, or one for each kind of record."""
    methods = address.methods
    get, post = (200 if "GET" in methods else 405), (None if "POST" in methods else 405)
    unknown = {
        name: NOBODY if name not in ("organisation", "kind", "slug", "partnership") else "nowhere"
        for name in address.parts
    }
    if {"record", "slug", "partnership", "number", "team"} & unknown.keys() and "kind" not in unknown:
        unknown["organisation"] = "willow-park"
    for kind in [each.address for each in KINDS.values()] if "kind" in address.parts else [""]:
        parts = {name: kind if name == "kind" else name for name in address.parts}
        unknown_parts = unknown | ({"kind": kind} if kind else {})
        yield Example(address.name, parts, get, post, unknown_parts, kind=kind or address.kind or "measures")


def all_examples() -> list[Example]:
    told = {each.name for each in TOLD}
    return TOLD + [each for address in addresses() if address.name not in told for each in generated(address)]


#: Where a kind of record brings code of its own: asked for each kind. Its other pages are the same code for all kinds.
OWN_CODE = {"commons:list", "commons:record", "commons:add", "commons:change"}


def asked_shortly(example: Example) -> bool:
    """Whether a short run multiplies an address by people, methods or cases; `test_headers.py` opens every one."""
    if "kind" not in example.parts or example.name in OWN_CODE or example.kind in MODELS:
        return True
    return sampled(str(example), one_in=6)


EXAMPLES = all_examples()
#: Those that a short run asks in many ways: `./test --full` asks all.
ASKED = [each for each in EXAMPLES if asked_shortly(each)]
