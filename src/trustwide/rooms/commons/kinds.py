"""The kinds of record there are. A room registers each of its kinds once; lists, forms, search and tests follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.reach import ORGANISATION_SHARED


class NotNow(ValueError):
    """A kind's own rule against a change, in words for whoever asked. Nothing was saved."""


@dataclass(frozen=True)
class Stage:
    """Where a record stands: what that is called, the button that brings it there, and whether it is over.

    The button of a `quiet` one does not stand out, nor does one that closes.
    """

    key: str
    name: Any
    verb: Any = ""
    closed: bool = False
    quiet: bool = False


SHARED_FIELDS = ("title", "owner", "sharing", "next_review")
LOOK_AGAIN = _("It is time to look at this again")
LOOK_BY = _("Look at this again by %(day)s")


@dataclass(frozen=True)
class Kind:
    """All that the house must know of one kind of record. Words are lazy translations."""

    model: type[Record]
    address: str  # in URLs: /st-brides/messages/
    one: Any  # "message"
    many: Any  # "Messages"
    why: Any  # one sentence: what these are for
    example: Any  # what a good one says, in grey on the empty page
    write: Any  # the main action's button: "Write a message"
    form: str  # dotted path of its RecordForm
    typed: tuple[str, ...]  # the fields people write in, title first: searched, redacted
    stages: tuple[Stage, ...]  # the first is where a new one starts
    add: May = May.ADD
    #: person, place -> whether they may add one there though no role of theirs lets them: who came by a QR code
    lets_add: Callable[[Any, Any], bool] | None = None
    sharing: str = ORGANISATION_SHARED
    helps: bool = True  # each ought to help something, and its page says so where one does not; a purpose need not
    levels: tuple[str, ...] = ()  # the levels of place it may stand at; () is all
    parts: str = ""  # template of what its page shows beneath the title; "" is its fields in order
    #: person, record -> what that template is given; "said_above" names the comments that it shows itself, and
    #: "is_settled" says that its words stand as they are
    shows: Callable[[Any, Any], dict[str, Any]] | None = None
    #: person, record -> whether they are of those who do the work together, and so may change it too
    team: Callable[[Any, Any], bool] | None = None
    team_alone: bool = False  # nobody above those changes it, nor takes it back
    begins: Callable[[Any], None] | None = None  # a new record, before it is first saved -> its room fills in the rest
    #: record, the names of fields -> raises NotNow where what they say now stands
    changes: Callable[[Any, list[str]], None] | None = None
    saved: Callable[[Any], None] | None = None  # record -> called after each change of its fields, in its transaction
    fact: Callable[[Any], str] | None = None  # one line for lists and for the thread's cards
    waits: tuple[str, ...] = ()  # the stages in which its owner owes it an answer; () is all that are open
    enters: Callable[[Any, str], None] | None = None  # record, stage -> raises NotNow where it may not go there yet
    offers: Callable[[Any, str], bool] | None = None  # record, stage -> whether its button stands there; None is always
    takes_comments: Callable[[Any], bool] | None = None  # record -> whether people may comment on it; None is always
    due_by: Any = LOOK_BY  # the same of a day that is still to come, with %(day)s
    made_yours: Any = ""  # what its owner reads where another adds one for them, with %(who)s; "": "made this yours"
    due: Any = LOOK_AGAIN  # what its owner reads when its day of review has come: an answer that is owed, a talk
    tells: Callable[[Any, Any], str] | None = (
        None  # person, organisation -> a sentence about all of them, on their list
    )
    beside: tuple[tuple[Any, str], ...] = ()  # pages about all of them, told on their list: words, address below it
    #: what else a spreadsheet of them tells: the column's words, record -> what stands in it
    columns: tuple[tuple[Any, Callable[[Any], Any]], ...] = ()
    begin: str = "new/"  # where somebody begins one, below its address
    tried_before: bool = False  # found by meaning too, and looked for while the title of a new one is typed
    wished: bool = False  # it says what is wanted, not what was tried: of what is like a text it is told last
    again: Callable[[Any], str] | None = None  # record -> what it would take to try it again, for those who find it
    in_menu: bool = True  # it has a place of its own in the main menu
    button: int = 0  # its place among the buttons of front pages, the lowest first; 0 is none

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    @property
    def form_class(self) -> Any:
        return import_string(self.form)

    @property
    def kept(self) -> tuple[str, ...]:
        """The fields that each version keeps: what every record has, what people write in, what the form asks."""
        return tuple(dict.fromkeys((*SHARED_FIELDS, *self.typed, *self.form_class.Meta.fields)))

    def stage(self, key: str) -> Stage:
        return next(each for each in self.stages if each.key == key)

    def after(self, key: str) -> list[Stage]:
        """The stages that a record at `key` may be moved to: any but a draft and its own."""
        return [each for each in self.stages if each.key not in (key, DRAFT)]

    def ways_on(self, record: Any) -> list[Stage]:
        """The stages whose buttons stand on a record's page now."""
        after = [each for each in self.after(record.stage) if each.verb]
        return [each for each in after if self.offers is None or self.offers(record, each.key)]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called once by each kind's room, as it is loaded. ValueError where key or address is taken."""
    if kind.key in KINDS or any(each.address == kind.address for each in KINDS.values()):
        raise ValueError(f"{kind.key} or its address {kind.address!r} is registered already")
    KINDS[kind.key] = kind


def kind_of(record: Record) -> Kind:
    return KINDS[record.kind]


def kind_at(address: str) -> Kind | None:
    """The kind whose pages stand at that part of an address."""
    return next((each for each in KINDS.values() if each.address == address), None)
