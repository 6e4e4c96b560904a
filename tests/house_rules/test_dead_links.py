"""No page that somebody may read has a link to one that they may not: guests and service-user partners least of all."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from tests.house_rules.trusts import Trust
from tests.house_rules.world import World
from tests.kinds_asked import MODELS
from tests.makers import client_of
from tests.shares import sampled
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Record
from trustwide.rooms.places import links as home_links
from trustwide.rooms.places.reach import Reach

pytestmark = pytest.mark.seen_once  # which links stand on a page is in the code

ROLES = ("partner-guest", "service-user-partner", "staff")
LINK = re.compile(r'<a [^>]*?href="([^"#]+)')


def kinds_asked() -> list[Kind]:
    """Each kind's page has links of its own, so more of them than of what all share; all in a full run."""
    return [kind for kind in KINDS.values() if kind.address in MODELS or sampled(f"links of {kind.key}", one_in=2)]


def pages_of(trust: Trust) -> list[str]:
    """Their own pages, the ward's board, and of each kind asked a record and the form of a new one."""
    home, found = (
        trust.place.slug,
        ["/", "/notices/choose/", reverse("devices:board", args=[trust.place.slug, trust.ward.slug])],
    )
    for kind in kinds_asked():
        found += [f"/{home}/{kind.address}/{trust.records[kind.address].pk}/", f"/{home}/{kind.address}/new/"]
    return [*found, f"/{home}/projects/start/"]


def dead_links(client: Client, pages: list[str]) -> tuple[int, set[tuple[str, str]]]:
    """How many of the pages open, and each link on them that does not: the page, the link."""
    opened, answers, dead = 0, {}, set()
    for page in pages:
        answer = client.get(page)
        if answer.status_code != 200:
            continue
        opened += 1
        for link in set(LINK.findall(answer.content.decode())):
            to = urljoin(page, unescape(link))
            if not to.startswith("/") or to.startswith("/static/"):
                continue
            if to not in answers:
                answers[to] = client.get(to).status_code
            if answers[to] in (403, 404):
                dead.add((page, to))
    print(f"{opened} of {len(pages)} pages open, {len(answers)} links on them")
    return opened, dead


@pytest.fixture(autouse=True)
def all_at_the_ward(world: World) -> None:
    """A guest reads what stands at the ward that they were asked to."""
    Record.objects.filter(organisation=world.trust.place).update(place=world.trust.ward)


@pytest.mark.parametrize("role", ROLES)
def test_no_link_leads_to_what_its_reader_may_not_open(world: World, role: str) -> None:
    client = client_of(world.trust.people[role])
    opened, dead = dead_links(client, pages_of(world.trust))
    assert opened > len(kinds_asked())
    assert dead == set()


def test_control_a_link_to_a_list_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(world.trust.people["partner-guest"])
    monkeypatch.setattr(home_links, "reach_of", lambda person: Reach.of(world.trust.people["staff"]))
    _opened, dead = dead_links(client, pages_of(world.trust))
    assert f"/{world.trust.place.slug}/messages/" in {to for _page, to in dead}
