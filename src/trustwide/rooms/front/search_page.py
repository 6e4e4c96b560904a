"""The search page: what its address asks for, and what was found. An address that makes no sense asks for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from trustwide.rooms.commons.kinds import KINDS, kind_at
from trustwide.rooms.commons.search import MOST_PAGES, Found, Question, find, find_people, find_places
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import reach_of


@dataclass(frozen=True)
class SearchPage:
    question: Question
    kind: str
    place: str
    number: int
    found: Found
    people: list[RoleHeld]
    places: list[Place]
    kinds: list[tuple[str, Any]]
    own_places: list[tuple[str, str]]
    home: str

    @property
    def nothing(self) -> bool:
        return not (self.found.hits or self.people or self.places)

    @property
    def by_meaning(self) -> str:
        """Where the same is looked for by its meaning: in the first of the person's organisations; "" without one."""
        return (
            f"/{self.home}/tried-before/?{urlencode({'q': self.question.typed}, errors='replace')}" if self.home else ""
        )

    def address(self, **changes: Any) -> str:
        """The same search with something else of it changed."""
        asked = {"q": self.question.typed, "kind": self.kind, "place": self.place, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value}, errors="replace")


def page_of(person: Person, asked: Mapping[str, str]) -> SearchPage:
    """Constant in queries, whatever there is to be found."""
    question, number = Question.of(asked.get("q", "")), _page_asked(asked.get("page", ""))
    kind, places = kind_at(asked.get("kind", "")), own_places(person)
    place = next((each for each in places if each.pk.hex == asked.get("place", "")), None)
    narrower = [Q(kind=kind.key)] if kind else []
    narrower += [Q(place__path__startswith=place.path)] if place else []
    whole = number == 1 and not narrower  # people and places stand beside the first page of everything
    return SearchPage(
        question,
        kind.address if kind else "",
        place.pk.hex if place else "",
        number,
        find(person, question, *narrower, page=number),
        find_people(person, question) if whole else [],
        find_places(person, question) if whole else [],
        [(each.address, each.many) for each in KINDS.values()],
        [(each.pk.hex, each.name) for each in places],
        next((each.slug for each in places if each.pk == each.organisation_id), ""),
    )


def own_places(person: Person) -> list[Place]:
    """Where the person holds roles, and the organisations of those places: what they may narrow a search to."""
    held = [each.place for each in reach_of(person).roles]
    return list({each.pk: each for place in held for each in (place.organisation, place)}.values())


def _page_asked(said: str) -> int:
    return int(said) if said in {str(each) for each in range(1, MOST_PAGES + 1)} else 1
