"""Channels of teams: told what the whole organisation may read, by a real server of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.https_server import Hook, https_server
from tests.makers import make_group, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import change_record, comment_on, move_record
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.jobs import work
from trustwide.rooms.notices import actions, queries
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.notices.posting import card
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.django_db
EVERYTHING = ["added", "attached", "commented", "linked", "moved", "review-due"]


@pytest.fixture
def hook(tmp_path: Path, settings: Any) -> Iterator[Hook]:
    with https_server(tmp_path) as running:
        settings.MAY_REACH, settings.AUTHORITIES = ["localhost"], running.authorities
        yield running


@pytest.fixture
def home() -> Place:
    return make_organisation()


@pytest.fixture
def chief(home: Place) -> Person:
    return make_person("Cleo", "executive", home)


@pytest.fixture
def channel(hook: Hook, home: Place, chief: Person) -> Channel:
    return add(chief, home, hook.address)


def add(by: Person, place: Place, address: str, kinds: list[str] = EVERYTHING) -> Channel:
    number = actions.add_channel(by=by, place=place, name="Board news", address=address, kinds=kinds)
    work.run_ready()
    return Channel.objects.select_related("place__organisation", "set_by").get(pk=number)


def texts(sent: bytes) -> list[str]:
    content = json.loads(sent)["attachments"][0]["content"]
    return [run["text"] for block in content["body"] for run in block["inlines"]]


def came(hook: Hook) -> list[list[str]]:
    """The texts of what came after the greeting."""
    work.run_ready()
    return [texts(body) for _path, body in hook.came[1:]]


def test_a_channel_is_greeted_when_it_is_added(hook: Hook, channel: Channel) -> None:
    ((path, body),) = hook.came
    assert path == "/hook?sig=abc"
    assert "tells this channel what happens at St Bride's" in " ".join(texts(body))
    channel.refresh_from_db()
    assert channel.answered_at is not None


def test_what_happens_is_told_as_a_card(hook: Hook, channel: Channel, chief: Person, home: Place) -> None:
    message = make_message(chief, home)
    assert came(hook) == [[message.title, "Cleo added this", "Message · st bride's".replace("st b", "St B")]]
    told = json.loads(hook.came[-1][1])
    content = told["attachments"][0]["content"]
    assert (told["type"], content["type"]) == ("message", "AdaptiveCard")
    assert content["actions"][0]["url"] == f"http://127.0.0.1:8000/st-brides/messages/{message.pk}/"
    comment_on(by=chief, record=message, text="zq7 the words of a comment")
    assert came(hook)[-1][1] == "Cleo commented on this"
    assert b"zq7" not in b"".join(body for _path, body in hook.came)


def test_it_is_told_only_what_was_chosen(hook: Hook, home: Place, chief: Person) -> None:
    add(chief, home, hook.address, ["commented"])
    message = make_message(chief, home)
    assert came(hook) == []
    comment_on(by=chief, record=message, text="x")
    assert len(came(hook)) == 1


def test_a_draft_and_what_is_for_a_team_alone_are_not_told(
    hook: Hook, channel: Channel, chief: Person, home: Place
) -> None:
    draft = make_message(chief, home, stage="draft")
    closed = make_message(chief, home, title="zq7", sharing="team")
    comment_on(by=chief, record=closed, text="x")
    assert came(hook) == []
    move_record(by=chief, record=draft, version=draft.version, stage="posted")
    assert [each[0] for each in came(hook)] == [draft.title]


def test_what_was_closed_before_it_was_sent_is_not_sent(
    hook: Hook, channel: Channel, chief: Person, home: Place
) -> None:
    message = make_message(chief, home)
    change_record(by=chief, record=message, version=message.version, fields={"sharing": "team"})
    assert came(hook) == []


def test_a_channel_hears_of_its_place_and_below_and_of_no_other(hook: Hook, home: Place, chief: Person) -> None:
    ward, riverside = make_team(home), make_organisation("Riverside")
    add(make_person("Lee", "team-leader", ward), ward, hook.address)
    make_message(chief, home)
    make_message(make_person("Rae", "executive", riverside), riverside)
    assert came(hook) == []


@pytest.mark.parametrize(("sharing", "heard"), [("team", 0), ("organisation", 0), ("group", 1), ("public", 1)])
def test_a_channel_of_a_group_hears_what_the_group_may_read(hook: Hook, sharing: str, heard: int) -> None:
    group = make_group()
    trust = make_organisation(group=group)
    add(make_person("Gill", "executive", group), group, hook.address)
    make_message(make_person("Cleo", "executive", trust), trust, sharing=sharing)
    assert len(came(hook)) == heard


def test_a_channel_that_fails_is_tried_again_then_stopped_and_its_owner_told(
    hook: Hook, channel: Channel, chief: Person, home: Place, client: Any
) -> None:
    hook.status = 500
    for _each in range(actions.FAILURES):
        make_message(chief, home)
    came(hook)
    channel.refresh_from_db()
    assert channel.stopped_at is not None
    notice = Notice.objects.get(what="channel-off")
    assert (notice.person, notice.place) == (chief, home)
    assert AuditRow.objects.filter(verb="stopped", thing=str(channel.pk), by=None).count() == 1
    client.force_login(chief)
    page = client.get("/notices/").content.decode()
    assert "so we stopped sending to it" in page
    assert "/st-brides/channels/" in page
    assert "stopped: it did not answer" in client.get("/st-brides/channels/").content.decode()
    sent, hook.status = len(hook.came), 200
    make_message(chief, home)
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=1))
    work.run_ready()
    assert len(hook.came) == sent, "a channel that is stopped is sent nothing"
    assert client.post(f"/st-brides/channels/{channel.pk}/start/").status_code == 302
    work.run_ready()
    assert len(hook.came) == sent + 1, "a greeting"


def test_one_failure_is_made_good(hook: Hook, channel: Channel, chief: Person, home: Place) -> None:
    hook.status = 503
    message = make_message(chief, home)
    came(hook)
    hook.status = 200
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=1))
    assert [each[0] for each in came(hook)] == [message.title] * 2
    channel.refresh_from_db()
    assert (channel.failures, channel.stopped_at) == (0, None)


@pytest.mark.parametrize("status", [301, 302, 307, 404])
def test_a_redirect_is_no_answer(hook: Hook, channel: Channel, chief: Person, home: Place, status: int) -> None:
    hook.status, hook.leads_to = status, hook.address
    make_message(chief, home)
    assert len(came(hook)) == 1
    channel.refresh_from_db()
    assert channel.failures == 1


def test_this_machine_is_not_reached_unless_it_is_listed(hook: Hook, home: Place, chief: Person, settings: Any) -> None:
    address, settings.MAY_REACH = f"https://localhost:{hook.port}/", []
    channel = add(chief, home, address)
    assert hook.came == []
    assert channel.failures == 1


def test_the_address_is_sealed_and_never_shown(hook: Hook, channel: Channel, chief: Person, client: Any) -> None:
    with connection.cursor() as cursor:
        for table in ("notices_channel", "people_auditrow", "django_tasks_database_dbtaskresult"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (our own tables)
            assert "sig=abc" not in str(cursor.fetchall())
    client.force_login(chief)
    for page in ("/st-brides/channels/", f"/st-brides/channels/{channel.pk}/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "sig=" not in answer.content.decode()


def test_who_may_set_channels_and_where(home: Place, hook: Hook) -> None:
    ward, other = make_team(home), make_team(home, "Ward 8")
    leader = make_person("Lee", "team-leader", ward)
    assert queries.places_with_channels(leader, home) == [ward]
    for place in (home, other, make_organisation("Riverside")):
        with pytest.raises(NotAllowed):
            add(leader, place, hook.address)
    for role in ("staff", "analyst", "partner-guest", "board-member"):
        with pytest.raises(NotAllowed):
            add(make_person(role, role, home), ward, hook.address)
    theirs = add(make_person("Anna", "administrator", home), home, hook.address)
    same = {"channel": theirs, "version": 1, "name": "x", "address": "", "kinds": ["added"]}
    for act in (
        lambda: actions.remove_channel(by=leader, channel=theirs),
        lambda: actions.start_channel(by=leader, channel=theirs),
        lambda: actions.change_channel(by=leader, **same),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_staff_are_told_whom_to_ask(channel: Channel, home: Place, client: Any) -> None:
    client.force_login(make_person("Nia", "staff", make_team(home)))
    page = client.get("/st-brides/channels/").content.decode()
    assert "Ask one of yours" in page
    assert channel.name not in page
    one = f"/st-brides/channels/{channel.pk}/"
    assert client.get("/st-brides/channels/new/").status_code == 403
    assert [client.get(one).status_code, client.post(one).status_code] == [404, 404]
    assert [client.post(f"{one}{what}/").status_code for what in ("start", "remove")] == [404, 404]


def test_the_pages_add_change_and_take_away(hook: Hook, home: Place, chief: Person, client: Any) -> None:
    client.force_login(chief)
    typed = {"place": home.slug, "name": "Ward news", "address": hook.address, "kinds": ["moved", "added"]}
    assert client.post("/st-brides/channels/new/", {**typed, "address": "http://x"}).status_code == 422
    assert client.post(f"/st-brides/channels/{home.pk}/remove/").status_code == 404
    assert client.post("/st-brides/channels/new/", {**typed, "kinds": ["made-yours"]}).status_code == 422
    for _twice in range(2):
        key = "00000000-0000-7000-8000-000000000001"
        assert client.post("/st-brides/channels/new/", {**typed, "key": key}).status_code == 302
    channel = Channel.objects.get()
    page = f"/st-brides/channels/{channel.pk}/"
    assert client.post(page, {"name": "News", "kinds": ["added"], "version": 1}).status_code == 302
    late = client.post(page, {"name": "Newest", "kinds": ["added"], "version": 1})
    assert (late.status_code, "Newest" in late.content.decode()) == (422, True)
    channel.refresh_from_db()
    assert (channel.name, channel.kinds, channel.version) == ("News", ["added"], 2)
    assert client.post(f"{page}remove/").status_code == 302
    assert not Channel.objects.exists()


def test_strangers_find_no_channels(channel: Channel, client: Any) -> None:
    client.force_login(make_person("Rae", "executive", make_organisation("Riverside")))
    for page in ("/st-brides/channels/", "/st-brides/channels/new/", f"/st-brides/channels/{channel.pk}/"):
        assert client.get(page).status_code == 404


def test_a_title_makes_no_link_of_its_own() -> None:
    told = card("[click](https://evil.example)", "x", "y", "https://trustwide.example/")
    blocks = told["attachments"][0]["content"]["body"]
    assert {block["type"] for block in blocks} == {"RichTextBlock"}, "a TextBlock would read it as Markdown"


def test_control_a_message_that_is_for_a_team_alone_would_be_seen(
    hook: Hook, channel: Channel, chief: Person, home: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustwide.rooms.notices.posting.may_hear", lambda _channel, _record: True)
    record: Record = make_message(chief, home, title="zq7", sharing="team")
    assert came(hook)[0][0] == record.title
