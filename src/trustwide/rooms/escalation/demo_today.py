"""What waits in the demo today, by the actions that people use: for a nurse, a ward leader, a manager, a director."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from trustwide.rooms.commons.actions import add_record, link_records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added
from trustwide.rooms.escalation import actions, actions_clock, actions_door, codes, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import is_working_day
from trustwide.rooms.places.models import Place, RoleHeld

ITEM = Item._meta.label_lower
DIRECTORATE = 3  # the tier
#: What rose to directors on the last evening: at whose team, what, the words it was passed up with, the answer if any.
OVERNIGHT = (
    ("Emergency department", "After six nobody knows which ward has room", "It holds up three services.", ""),
    ("CT and MRI", "The second scanner stops when the room is warm", "The maker wants a contract that we lack.",
     "I have rung the maker. They come in the morning, and we pay for the visit."),
    ("Recovery", "We lose an hour each day to missing trays", "Two directorates must agree.", ""),
    ("Catering", "Nights have had no hot food since the canteen closed", "Night staff ask for an answer from the top.",
     "A hot cupboard opens on the first floor from Monday. Tell me what should be in it."),
)  # fmt: skip


class Today:
    """The last days at one trust."""

    def __init__(self, story: Story, trust: Place) -> None:
        self.story, self.trust, self.cast = story, trust, story.cast

    def place(self, name: str) -> Place:
        found: Place = self.story.places[f"{self.trust.name} › {name}"]
        return found

    def leader(self, place: Place) -> Person:
        """Who answers first for a place, as it finds them."""
        held = RoleHeld.objects.filter(place=place, role__in=("team-leader", "manager")).order_by("starts", "pk")
        return held.select_related("person")[0].person

    def working_days_ago(self, count: int) -> Any:
        """0 is today, or the last working day where today is none; 1 the working day before that one."""
        day = self.story.today
        while not is_working_day(day):
            day -= timedelta(days=1)
        while count:
            day -= timedelta(days=1)
            count -= is_working_day(day)
        return day

    def raised(self, ago: int, team: str, title: str, *, by: str = "", hour: int = 8, **fields: Any) -> Item:
        """Something raised so many working days ago, by a persona or by somebody of the team."""
        place = self.place(team)
        staff = RoleHeld.objects.filter(place=place, role="staff").select_related("person").order_by("pk")
        person = self.cast[by] if by else staff[0].person
        with self.story.on(self.working_days_ago(ago), hour):
            number = add_record(by=person, kind=KINDS[ITEM], place=place, fields={"title": title, **fields})
        return added(Item, number, *queries.RELATED)  # type: ignore[no-any-return]

    def up(self, item: Item, ago: int, words: str, hour: int = 10) -> None:
        """Whoever has it asks for more help."""
        now_it_is = queries.item_numbered(item.pk)
        with self.story.on(self.working_days_ago(ago), hour):
            actions.pass_up(by=now_it_is.owner, item=now_it_is, words=words)


def tell(story: Story, trust: Place) -> None:
    today = Today(story, trust)
    _nurse(today)
    _manager(today)
    _leader(today)
    _directors(today)
    _overnight(today)
    _with_no_account(today)


def _nurse(today: Today) -> None:
    """Raised at three in the morning, passed up, answered yesterday: did it help?"""
    item = today.raised(
        3, "Ward 7", "Tablets to take home come after three on Sundays", by="nurse", hour=3,
        words="People sit in their coats and their lifts go without them.",
    )  # fmt: skip
    aims = queries.aims_for(today.cast["nurse"], item)
    with today.story.on(today.working_days_ago(3), 4):
        for aim in aims[:1]:
            link_records(by=today.cast["nurse"], start=item, meaning="contributes-to", end=aim)
    today.up(item, 2, "Pharmacy opens at ten on Sundays. That is above the ward.")
    with today.story.on(today.working_days_ago(1), 15):
        words = "From this Sunday the dispensary opens at nine, and makes up our bags first. Tell me if they are late."
        actions.answer_item(by=today.cast["manager"], item=queries.item_numbered(item.pk), words=words)


def _manager(today: Today) -> None:
    """Four asks at the service."""
    asks = (
        ("Ward 7", "No second nurse for the evening drug round", "We cannot cover it from our own numbers."),
        ("Ward 8", "The day room is full of broken chairs", "Estates want a budget code that I do not have."),
        ("Frailty team", "Home visits wait for the one pool car", "Two services share it. Somebody must choose."),
        ("Ward 8", "Therapy comes after dinner, when people sleep", "I asked therapies. They ask for a word from you."),
    )
    for team, title, words in asks:
        item = today.raised(1, team, title, hour=9)
        today.up(item, 0, words, hour=9)


def _leader(today: Today) -> None:
    today.raised(0, "Ward 7", "The linen trolley is empty by two", by="nurse", hour=7)
    today.raised(0, "Ward 7", "The new chairs for relatives are in daily use", by="nurse", hour=8, sort="know")
    today.raised(0, "Porters", "The ramp by the back door is slippery when wet", by="porter", hour=6, sort="stop")


def _directors(today: Today) -> None:
    """Two at the directorate, and what is the chief executive's this morning: one of it late."""
    for team, title in (("Ward 7", "No weekend therapist since June"), ("Same day care", "Referrals come by fax")):
        item = today.raised(2, team, title, hour=9)
        today.up(item, 1, "We have done what we can on the ward.", hour=11)
        today.up(item, 0, "This is more than the service holds.", hour=8)
    for number, (team, title) in enumerate(
        (
            ("Theatre 3", "Theatre lists change after six the evening before"),
            ("Ward 12", "Agency shifts are booked twice"),
        )
    ):
        item = today.raised(6, team, title, hour=9)
        for ago, words in ((5, "Not ours alone."), (4, "Two directorates must agree.")):
            today.up(item, ago, words)
        now_it_is = queries.item_numbered(item.pk)
        if number:
            today.up(item, 0, "It needs a decision by the executives.", hour=8)
        elif now_it_is.owner:
            today.up(item, 3, "It needs a decision by the executives.")
            with today.story.on(today.working_days_ago(0), 8):
                actions_clock.raise_late(item=queries.item_numbered(item.pk))


def _overnight(today: Today) -> None:
    """After five on the last working day, whatever day it is: up to the director, and some are answered."""
    ago = int(is_working_day(today.story.today))
    for began, (team, title, words, answer) in enumerate(OVERNIGHT, 18):
        item, hour = today.raised(ago, team, title, hour=9), began
        while item.tier < DIRECTORATE:  # an hour for each: within one, minutes fall as they may
            today.up(item, ago, words, hour)
            item, hour = queries.item_numbered(item.pk), hour + 1
        if answer:
            with today.story.on(today.working_days_ago(ago), hour):
                actions.answer_item(by=item.owner, item=item, words=answer)


def _with_no_account(today: Today) -> None:
    place = today.place("Porters")
    told = {"title": "No light in the bicycle shed after five", "sort": "help", "group": "bank"}
    with today.story.on(today.working_days_ago(4), 19):
        number = actions_door.raise_without_account(by=codes.somebody(), team=place, fields=told)
    item = queries.item_numbered(number)
    with today.story.on(today.working_days_ago(3), 11):
        if item.owner:
            actions.answer_item(
                by=item.owner, item=item, words="New lamps are in, with a sensor. Thank you for telling us."
            )
