"""What Trustwide says beside its pages: to those who sign in, when something goes wrong, of a form, and in letters."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client, RequestFactory

from tests.house_rules.put_back import put_back
from tests.house_rules.second_step_screens import has_steps
from tests.house_rules.test_headers import failures
from tests.house_rules.world import ASKED, World
from tests.makers import client_of, make_person
from tests.shares import sampled
from tests.sign_in_walk import walk_through_sign_in
from trustwide.house import errors
from trustwide.rooms.notices.letters import send_notices
from trustwide.rooms.notices.queries import notices_of
from trustwide.rooms.people import letters
from trustwide.rooms.people.models import Invitation
from trustwide.rooms.people.roles import ROLES


@contextmanager
def overheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Every page that any client is shown meanwhile, by its address and status."""
    heard: dict[str, str] = {}
    plainly = Client.request

    def listening(self: Client, **asked: Any) -> Any:
        answer = plainly(self, **asked)
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming and answer.content:
            heard[f"{asked['PATH_INFO']} {answer.status_code}"] = answer.content.decode()
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(Client, "request", listening)
        yield heard


def pages_of_doors(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Signing in and an account's own pages, as those who come through them, and those who may not, see them."""
    with put_back(), overheard(monkeypatch) as heard:
        walk_through_sign_in()
        _, browser = has_steps("Wanda Words")
        for page in ("/sign-in/", "/forgotten-password/", "/forgotten-password/sent/", "/welcome/used/", "/old/"):
            Client().get(page)
        Client().post("/sign-in/", {"login": "nobody@example.org", "password": "not theirs"})
        for page in ("/me/", "/me/passkeys/add/", "/me/again/passkey/", "/me/recovery-codes/", "/me/app/remove/"):
            browser.get(page)
    return heard


def pages_of_failures(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One of each sort, by its status."""
    nobody_may, everyone = client_of(world.trust.people["staff"]), client_of(world.trust.everyone)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    change = world.at("commons:change").replace("/measures/", "/messages/")
    change = change.replace(str(world.trust.records["measures"].pk), str(world.trust.records["messages"].pk))
    with put_back():
        told = {"title": "Another", "text": "Other words", "sharing": "organisation", "version": "0", "owner": ""}
        found = {
            "403 of a role": nobody_may.get(world.at("places:add")),
            "409": everyone.post(change, told | {"owner": str(world.trust.everyone.pk)}),
            "429": errors.too_often(request),
            **{f"{status}": answer for status, answer in failures(world, monkeypatch).items()},
        }
    return {name: answer.content.decode() for name, answer in found.items() if name != "405"}


def pages_of_errors(world: World, client: Client) -> dict[str, str]:
    """Each form, sent empty: what is wrong is said of every box that must not be."""
    found = {}
    for example in ASKED:
        if example.post == 405 or not example.signed_in or not sampled(f"{example} says what is wrong", one_in=12):
            continue
        with put_back():
            answer = client.post(world.path(example))
        if answer.status_code in (409, 422):
            found[f"{example} {answer.status_code}"] = answer.content.decode()
    return found


def front_pages(world: World) -> dict[str, str]:
    return {f"/ as {role}": client_of(world.trust.people[role]).get("/").content.decode() for role in ROLES}


#: What fills a part of a letter, by the name of the argument.
WORDS: dict[str, Any] = {
    "to": "nia@example.org", "link": "https://trustwide.example.nhs.uk/x/", "organisation": "St Bride’s",
    "device": "Screen in the corridor", "place": "Ward 7", "name": "Nia Evans", "days": "from 3 to 7 May",
    "by": "Sam Castle", "role": "Staff",
}  # fmt: skip


def all_letters(world: World) -> dict[str, str]:
    """Each letter that can be sent, without its links; the letter of notices as one of the world's people gets it."""
    mail.outbox.clear()
    person = make_person("Rhys Reader")
    invitation = Invitation(email=person.email, made_by=world.trust.everyone)
    senders: dict[str, Callable[..., Any]] = dict(inspect.getmembers(letters, inspect.isfunction))
    for name, send in senders.items():
        if name.startswith("send_") and name != "send_invitations":
            asked = inspect.signature(send).parameters
            send(**{each: invitation if each == "invitation" else WORDS[each] for each in asked})
    send_notices(world.trust.everyone, list(notices_of(world.trust.everyone))[:10], more=3)
    return {each.subject: re.sub(r"https?://\S+", "", f"{each.subject}.\n\n{each.body}") for each in mail.outbox}
