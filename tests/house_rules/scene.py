"""A trust in which any one action can be done: what the actions of `acts.py` are called with."""

from __future__ import annotations

from datetime import date

from tests.house_rules.lookalikes import make_trust
from tests.makers import (
    filled,
    make_directorate,
    make_measure,
    make_organisation,
    make_report,
    make_team,
    make_upload,
)
from trustwide.engines.uploads import Accepted
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.kinds import Kind
from trustwide.rooms.commons.models import Record
from trustwide.rooms.measures import actions as measures
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people import actions as people
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import actions as places
from trustwide.rooms.places import actions_partnership as partnerships
from trustwide.rooms.places.models import PartnershipMember, Place, RoleHeld

TYPED = "zq7-typed"
DAY = date(2025, 3, 3)
FILE = Accepted(f"{TYPED}.csv", "text/csv", TYPED.encode())


class Scene:
    """A trust in which one action can be done; everything is read anew each time, as a request would."""

    def __init__(self, kind: Kind) -> None:
        self.kind, self.trust = kind, make_trust(canary=True)
        self.number = self.trust.records[kind.key].pk
        self.writer = self.trust.who_may_change(kind)
        self.second = self._another()
        self.link = commons.link_records(by=self.writer, start=self.second, meaning="came-from", end=self.record)
        commons.comment_on(by=self.writer, record=self.record, text=TYPED)
        commons.attach_file(by=self.writer, record=self.record, file=FILE)
        people.begin_visit(person=self.trust.people["staff"], session_key="key", device=TYPED)
        asked = {"email": f"{TYPED}@example.org", "role": "staff", "place": self.trust.ward}
        self.token = people.make_invitation(by=self.trust.people["administrator"], **asked)[1]
        self.medicine, self.surgery = (make_directorate(self.trust.organisation, name) for name in ("Med", "Surg"))
        self.closing = make_team(self.medicine, "Ward 8")
        self.measure = make_measure(self.trust.people["improver"], self.trust.ward, title=TYPED)
        measures.reset_limits(by=self.trust.people["improver"], measure=self.measure, starts=DAY, reason=TYPED)
        self.upload = make_upload(TYPED, at=self.trust.organisation, by=self.trust.people["analyst"])
        make_report(TYPED, 1, 2, at=self.trust.organisation, by=self.trust.people["analyst"])
        self._partner()
        for place in (self.medicine, self.closing):
            places.give_role(by=None, person=self.trust.people["staff"], role="improver", place=place)

    def _partner(self) -> None:
        """A partnership that the trust is in, one it is asked into, and a council that neither has."""
        ada, ours = self.trust.people["administrator"], self.trust.organisation
        places.keep_sheet(by=ada, organisation=ours, what="places", name=TYPED, content=b"a")
        self.council, other = make_organisation("Council"), make_organisation("Integrated care board")
        partnerships.make_partnership(by=None, organisation=ours, name=TYPED)
        borough = partnerships.make_partnership(by=None, organisation=other, name="Borough")
        partnerships.ask_in(by=None, organisation=other, partnership=borough, other=ours.name)

    def part(self, name: str) -> PartnershipMember:
        found = PartnershipMember.objects.select_related("partnership", "organisation")
        return found.get(partnership__name=name, organisation=self.trust.organisation)

    @property
    def nurse(self) -> Person:
        """Always the trust's own, whoever it is that does everything."""
        return Person.objects.get(pk=self.trust.people["staff"].pk)

    @property
    def home(self) -> Place:
        return self.place(self.trust.organisation)

    def unsaved_role(self) -> RoleHeld:
        return RoleHeld(person=self.person("staff"), place=self.place(self.trust.ward), role="manager", starts=DAY)

    def unsaved_ward(self) -> Place:
        above = self.place(self.trust.organisation)
        return Place(
            level="team", kind="clinical", name=TYPED, slug="ward-9", parent=above, organisation=above, opened_on=DAY
        )

    def _another(self) -> Record:
        place = self.trust.place_for(self.kind)
        made = commons.add_record(
            by=self.writer, kind=self.kind, place=place, fields=filled(self.kind, self.writer, place, canary=True)
        )
        return self.kind.model.objects.select_related("place").get(pk=made)

    @property
    def record(self) -> Record:
        return self.kind.model.objects.select_related("place", "organisation").get(pk=self.number)

    def person(self, role: str) -> Person:
        return Person.objects.get(pk=self.trust.people[role].pk)

    def place(self, like: Place) -> Place:
        return Place.objects.select_related("organisation", "parent").get(pk=like.pk)

    def role(self, role: str) -> RoleHeld:
        return RoleHeld.objects.select_related("place", "person").get(person=self.trust.people[role], role=role)

    @property
    def administrator(self) -> Person:
        return self.person("administrator")

    @property
    def counted(self) -> Measure:
        return Measure.objects.select_related("place").get(pk=self.measure.pk)
