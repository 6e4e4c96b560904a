"""The side doors of the wall: ways by which another trust's words could come out that are no page of theirs.

Each door is a way to look through it, and the wall that stands before it: what is patched away in its control.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.house_rules.canaries import WORD, Outsider, leaks
from tests.house_rules.world import World
from tests.makers import client_of
from trustwide.rooms.commons import notices as telling
from trustwide.rooms.commons import queries
from trustwide.rooms.commons.models import File, Link, Notice, RecordQuerySet
from trustwide.rooms.commons.search import keep_words
from trustwide.rooms.measures import queries as measures
from trustwide.rooms.measures.models import MeasureSet
from trustwide.rooms.notices import posting
from trustwide.rooms.notices.sending import send_email
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_sheets import keep_sheet
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.people_known import Known
from trustwide.rooms.places.reach import Reach

UNIQUE = "marmalade"  # a word that the outsider alone has
VARIES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrfmiddlewaretoken[^>]*")


class Scene:
    """Somebody with every role in our trust, signed in; and things of ours that touch the outsider's."""

    def __init__(self, world: World, outsider: Outsider) -> None:
        self.ours, self.theirs, self.world, self.other = world.trust, outsider.world.trust, world, outsider.world
        self.me, self.client = self.ours.everyone, Client()
        self.client.force_login(self.me)
        self.record, self.strange = self.ours.records["messages"], self.theirs.records["messages"]
        self.home, self.away = f"/{self.ours.place.slug}/", f"/{self.theirs.place.slug}/"
        self.page = f"{self.home}messages/{self.record.pk}/"

    def join(self, meaning: str = "came-from") -> None:
        """Joined when both could be read, which is over."""
        Link.objects.create(start=self.record, end=self.strange, meaning=meaning, by=self.theirs.everyone)

    def told(self) -> Notice:
        return Notice.objects.create(person=self.me, record=self.strange, what="commented", by=self.theirs.everyone)

    def looked(self, *paths: str) -> list[str]:
        """What of the outsider's is in the answers."""
        return [each for path in paths for each in leaks(self.client.get(path), path)]

    def learn(self) -> None:
        type(self.strange).objects.filter(pk=self.strange.pk).update(title=f"Oranges and {UNIQUE}")
        self.strange.refresh_from_db()
        keep_words(self.strange)


def nearly_their_word(scene: Scene, asked: str) -> list[str]:
    scene.learn()
    page = scene.client.get(f"/search/?q={asked}").content.decode()
    return [UNIQUE] if UNIQUE in page else []


def from_the_other_end(scene: Scene) -> list[str]:
    scene.join()
    return scene.looked(scene.page)


def joining_by_its_id(scene: Scene) -> list[str]:
    """To join ours to theirs, one must read theirs."""
    sent = {"other": str(scene.strange.pk), "meaning": "came-from"}
    answer = scene.client.post(f"{scene.page}links/", sent)
    return leaks(answer, scene.page) + scene.looked(scene.page)


def mentioned(scene: Scene) -> list[str]:
    """Nobody of theirs hears of a comment of ours that names them."""
    person = scene.theirs.people["manager"]
    Person.objects.filter(pk=person.pk).update(name="Una Underhill")
    scene.client.post(f"{scene.page}comments/", {"text": "What do you say, @UnaUnderhill?"})
    return [str(each) for each in Notice.objects.filter(person=person, what="mentioned")]


def on_the_page_of_notices(scene: Scene) -> list[str]:
    scene.told()
    return scene.looked("/notices/", "/")


def by_e_mail(scene: Scene) -> list[str]:
    scene.told()
    mail.outbox.clear()
    send_email.func(person=str(scene.me.pk), day=today().isoformat())
    assert mail.outbox, "there is something of ours to tell"
    return [str(each.message()) for each in mail.outbox if WORD in str(each.message()).lower()]


def in_the_badge(scene: Scene) -> list[str]:
    """A notice of what may not be read is not counted."""
    before, _notice, after = badge(scene), scene.told(), badge(scene)
    return [] if before == after else [f"{before} became {after}"]


def badge(scene: Scene) -> str:
    found = re.search(r"Notices( \(\d+\+?\))?", scene.client.get("/me/").content.decode())
    assert found
    return found.group()


def to_a_channel(scene: Scene) -> list[str]:
    """A team's own things are not sent to the channel of the whole organisation."""
    measure = scene.ours.records["measures"]
    type(measure).objects.filter(pk=measure.pk).update(sharing="team")
    measure.refresh_from_db()
    type(scene.ours.channel).objects.filter(pk=scene.ours.channel.pk).update(stopped_at=None)
    before = DBTaskResult.objects.count()
    posting.post_later(measure, by=None, what="moved")
    return ["a message waits"] if DBTaskResult.objects.count() > before else []


def a_download_under_ours(scene: Scene) -> list[str]:
    return scene.looked(f"{scene.page}files/{scene.theirs.hung['messages'].file}/")


def after_they_looked(scene: Scene) -> list[str]:
    """What was kept in memory when they looked is not shown to us."""
    theirs = client_of(scene.theirs.everyone)
    report = scene.other.report.pk
    assert theirs.get(f"{scene.away}reports/{report}/").status_code == 200
    return scene.looked(f"{scene.home}reports/{report}/", f"{scene.away}reports/{report}/")


def in_an_error(scene: Scene) -> list[str]:
    """A place of theirs and a place that is not there are answered alike, to the letter."""
    pages = [
        VARIES.sub("", scene.client.get(f"{each}measures/").content.decode()) for each in (scene.away, "/none-at/")
    ]
    there, not_there = (page.replace(scene.away, "/none-at/") for page in pages)
    return [] if there == not_there else ["the two answers differ"]


def by_what_they_hold(scene: Scene) -> list[str]:
    """No tag of a page of theirs says that it is there, nor whether it changed."""
    path = f"{scene.away}messages/{scene.strange.pk}/"
    answers = [scene.client.get(path, headers=each) for each in ({}, {"if-none-match": "*"})]
    return [str(each.status_code) for each in answers if each.status_code != 404 or "ETag" in each]


def in_a_dry_run(scene: Scene) -> list[str]:
    """A row that names a place or an account of theirs is told as one that names nothing."""
    theirs = scene.theirs.people["manager"].pk
    address = Person.objects.values_list("email", flat=True).get(pk=theirs)
    ward = Place.objects.get(pk=scene.theirs.ward.pk).name
    pages = [dry_run(scene, *told) for told in ((ward, address), ("x" * len(ward), "y" * len(address)))]
    return [] if pages[0] == pages[1] else ["the two dry runs differ", *pages]


def dry_run(scene: Scene, place: str, address: str) -> str:
    """What is said of a file with an unknown place and an unknown address, with the words that it holds taken out."""
    address = address if "@" in address else f"{address[:-12]}@example.org"
    rows = f"name,email,role,place,action\nJo,jo@example.org,staff,{place},join\nMo,{address},staff,Ward 7,join\n"
    at = {"by": scene.me, "organisation": scene.ours.place}
    kept = keep_sheet(**at, what="people", name="people.csv", content=rows.encode())
    page = scene.client.get(f"{scene.home}people/import/{kept.pk}/").content.decode()
    return re.sub(r'name="shown"[^>]*|value="[^"]*"', "", VARIES.sub("", page.replace(place, "").replace(address, "")))


@dataclass(frozen=True)
class Door:
    """What comes out by it; and the walls before it, each as what `setattr` takes."""

    look: Callable[[Scene], list[str]]
    walls: tuple[tuple[Any, str, Any], ...]


EVERY_PLACE = (Reach, "organisations", property(lambda self: list(Place.objects.values_list("pk", flat=True))))
RECORDS = (RecordQuerySet, "visible_to", lambda self, person: self.all())
PLACES = (Reach, "can_read_place", lambda self, place: True)


def any_report(organisation: Place, number: UUID) -> Any:
    return MeasureSet.objects.filter(pk=number).first()


def any_place(known: Known, words: str) -> Any:
    return Place.objects.filter(name=words).first()


def at(*paths: str) -> Callable[[Scene], list[str]]:
    """Addresses under theirs, or under ours; {record} is a message of theirs, and so on."""

    def look(scene: Scene) -> list[str]:
        named = {name: each.pk for name, each in scene.theirs.records.items()}
        told = {"ours": scene.home, "theirs": scene.away, "report": scene.other.report.pk, "page": scene.page, **named}
        told["file"] = scene.theirs.hung["messages"].file
        return scene.looked(*(each.format(**told) for each in paths))

    return look


def joined_at(meaning: str, path: str) -> Callable[[Scene], list[str]]:
    def look(scene: Scene) -> list[str]:
        scene.join(meaning)
        return scene.looked(scene.page + path)

    return look


ALL_NAMED = (queries, "people_named", lambda record, names: list(Person.objects.filter(name="Una Underhill")))
DOORS = {
    "search": Door(at("/search/?q=tried", "/search/?q=went+well&page=2"), (RECORDS,)),
    "words that were meant": Door(lambda scene: nearly_their_word(scene, "marmelade"), (RECORDS,)),
    "words that are completed": Door(lambda scene: nearly_their_word(scene, "marm"), (RECORDS,)),
    "people in search": Door(at("/search/?q=staff"), (EVERY_PLACE,)),
    "places in search": Door(at("/search/?q=ward", "/search/?q=riverside"), (EVERY_PLACE,)),
    "links from the other end": Door(from_the_other_end, (RECORDS,)),
    "what to join, suggested": Door(at("{page}?join=tried"), (RECORDS,)),
    "joining by an id": Door(joining_by_its_id, (RECORDS,)),
    "mentions": Door(mentioned, (ALL_NAMED, (telling, "can_read", lambda person, record: True))),
    "notices": Door(on_the_page_of_notices, (RECORDS,)),
    "e-mails": Door(by_e_mail, (RECORDS,)),
    "counts and badges": Door(in_the_badge, (RECORDS,)),
    "channels": Door(to_a_channel, ((posting, "may_hear", lambda channel, record: True),)),
    "exports": Door(at("{theirs}messages/export/", "{theirs}messages/export/?format=xlsx"), (RECORDS, PLACES)),
    "downloads": Door(at("{theirs}messages/{messages}/files/{file}/"), (RECORDS,)),
    "downloads under ours": Door(
        a_download_under_ours, ((queries, "file_of", lambda record, number: File.objects.filter(pk=number).first()),)
    ),
    "charts and images": Door(at("{theirs}measures/{measures}/", "{ours}measures/{measures}/"), (RECORDS,)),
    "cached fragments": Door(after_they_looked, ((measures, "report", any_report),)),
    "snapshots of board reports": Door(
        at("{ours}reports/{report}/", "{ours}reports/{report}/report.pdf"), ((measures, "report", any_report),)
    ),
    "errors": Door(in_an_error, (PLACES,)),
    "tags of pages": Door(by_what_they_hold, (RECORDS,)),
    "the feed": Door(at("{theirs}messages/feed/"), (RECORDS, PLACES)),
    "the thread and its picture": Door(joined_at("contributes-to", "thread/"), (RECORDS,)),
    "strategy and its PDF": Door(at("{theirs}strategy/", "{theirs}strategy/strategy.pdf"), (RECORDS, PLACES)),
    "the tree and priorities": Door(at("{theirs}strategy/tree/", "{theirs}strategy/priorities/"), (RECORDS, PLACES)),
    "dry runs of files": Door(
        in_a_dry_run, ((Known, "place", lambda self, words: Place.objects.filter(name=words).first()),)
    ),
}
