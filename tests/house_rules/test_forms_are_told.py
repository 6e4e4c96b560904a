"""Whatever form somebody sends, what it writes is told in the same transaction: a view has no write of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.house_rules.forms_filled import Body, filled
from tests.house_rules.forms_found import FormFound, forms_to
from tests.house_rules.put_back import put_back
from tests.house_rules.watching import AUDIT, by_transaction, each_transaction, untold
from tests.house_rules.world import ASKED, World
from tests.shares import sampled
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.views import CHANGES

FORMS = [each for each in ASKED if each.post != 405 and each.signed_in and sampled(f"{each} is told", one_in=12)]
#: Tables that a page marks as it is asked for or typed in, and why nobody is told.
MARKS = {
    "devices_tries": "a PIN that was tried, counted before it is looked at; a wrong one is told of once it was",
    "notices_choice": "the person's own choice of what to be told of",
}


def untold_by(client: Client, path: str, sent: Body) -> tuple[list[str], bool]:
    """The tables that were written with nobody told, and whether anybody was told of anything."""
    with put_back(), each_transaction() as written:
        client.post(path, sent)
    found = {table for each in by_transaction(written) for table in untold(each)} - set(MARKS)
    return sorted(found), any(table == AUDIT for _number, table in written)


def test_what_a_form_writes_is_told(world: World, client: Client) -> None:
    client.raise_request_exception = False
    wrong: dict[str, list[str]] = {}
    sent = told = 0
    for example in FORMS:
        path = world.path(example)
        for form in forms_to(client, path) or [FormFound(path, path)]:
            body = filled(form) | form.pressed()
            tables, was_told = untold_by(client, path, body)
            sent, told = sent + 1, told + was_told
            if tables:
                wrong[f"{example} {body}"] = tables
    print(f"{len(FORMS)} addresses, {sent} forms sent, {told} of them did something and it was told")
    assert wrong == {}
    assert told > sent / 4


@pytest.mark.parametrize("how", ["with nobody told", "told in a transaction of its own"])
def test_control_a_view_that_writes_by_itself_is_seen(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = f"{world.trust.ward.home}rename/"
    form = next(each for each in forms_to(client, path) if "name" in each.names)
    body = filled(form) | {"name": "Ward 70", "on": ""}

    def rename(*, by: Any, place: Place, name: str, **_more: Any) -> None:
        Place.objects.filter(pk=place.pk).update(name=name)
        if how != "with nobody told":
            AuditRow.objects.create(by=by, verb="renamed", kind="place", thing=str(place.pk))

    assert untold_by(client, path, body) == ([], True)
    asks, _act, *words = CHANGES["rename"]
    monkeypatch.setitem(CHANGES, "rename", (asks, rename, *words))
    assert untold_by(client, path, body)[0] == ["places_place"]
