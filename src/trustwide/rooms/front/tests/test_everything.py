"""The page of everything, and the menu that leads to it: all that may be opened, and nothing that may not."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.front.everything import _joined
from trustwide.rooms.places.models import Place


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation())


def addresses(client: Client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return re.findall(r'href="(/[^"#]*)"', main)


def test_every_kind_stands_there_and_every_link_opens(client: Client, ward: Place) -> None:
    client.force_login(make_person("Bob", "staff", ward))
    found = addresses(client, "/st-brides/everything/")
    assert {f"/st-brides/{kind.address}/" for kind in KINDS.values()} <= set(found)
    assert len(found) == len(set(found)), "each stands there once"
    answers = {each: client.get(each).status_code for each in found}
    print(f"{len(answers)} pages")
    assert {each for each, status in answers.items() if status not in (200, 403)} == set()


def test_a_stranger_is_told_nothing(client: Client, ward: Place) -> None:
    client.force_login(make_person("Dan", "staff", make_team(make_organisation("Riverside"))))
    assert client.get("/st-brides/everything/").status_code == 404


def test_the_menu_leads_there_from_every_page(client: Client, ward: Place) -> None:
    client.force_login(make_person("Bob", "staff", ward))
    menu = client.get("/").content.decode().partition("Main menu")[2].partition("</nav>")[0]
    assert "/st-brides/everything/" in menu
    on_phones = [each for each in menu.split("<li") if "not-on-phones" not in each and "href" in each]
    assert 2 < len(on_phones) < 6


def test_neighbours_of_a_list_stand_beside_it() -> None:
    assert _joined("/st-brides/items/", "../asks/") == "/st-brides/asks/"
    assert _joined("/st-brides/items/", "feed/") == "/st-brides/items/feed/"
