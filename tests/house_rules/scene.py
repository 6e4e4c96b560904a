"""A trust in which each action can be done."""

from __future__ import annotations

from datetime import date

from tests.house_rules.act import TYPED
from tests.house_rules.acts_board import set_up_wall
from tests.house_rules.acts_nobody import PIN
from tests.house_rules.acts_purpose import open_talk
from tests.house_rules.lookalikes import make_trust
from tests.house_rules.of_rooms import told
from tests.makers import (
    filled,
    make_directorate,
    make_job,
    make_measure,
    make_numbers,
    make_organisation,
    make_report,
    make_team,
    make_upload,
)  # fmt: skip
from trustwide.engines.uploads import Accepted
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.kinds import Kind
from trustwide.rooms.commons.models import Record
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.devices.models import Device
from trustwide.rooms.measures import actions as measures
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.notices import actions as notices
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.people import actions as people
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import IdentityProvider, Person
from trustwide.rooms.places import actions_partnership as partnerships
from trustwide.rooms.places import actions_sheets as sheets
from trustwide.rooms.places.actions import close_place
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import PartnershipMember, Place, RoleHeld

DAY = date(2025, 3, 3)
FILE = Accepted(f"{TYPED}.csv", "text/csv", TYPED.encode())


class Scene:
    """A trust in which one action can be done; everything is read anew each time, as a request would."""

    instead: Person | None = None

    def __init__(self) -> None:
        self.trust = make_trust(canary=True)
        people.begin_visit(person=self.trust.people["staff"], session_key="key", device=TYPED)
        asked = {"email": f"{TYPED}@example.org", "role": "staff", "place": self.trust.ward}
        self.token = people.make_invitation(by=self.trust.people["administrator"], **asked)[1]
        self.medicine, self.surgery = (make_directorate(self.trust.organisation, name) for name in ("Med", "Surg"))
        self.closing, self.closed = (make_team(self.medicine, name) for name in ("Ward 8", "Ward 9"))
        self.measure = make_measure(self.trust.people["improver"], self.trust.ward, title=TYPED)
        make_numbers(self.trust.people["improver"], self.measure, [3])
        measures.reset_limits(by=self.trust.people["improver"], measure=self.measure, starts=DAY, reason=TYPED)
        self.upload = make_upload(TYPED, at=self.trust.organisation, by=self.trust.people["analyst"])
        make_report(TYPED, 1, 2, at=self.trust.organisation, by=self.trust.people["analyst"])
        self._partner()
        leader = self.trust.people["team-leader"]
        self.screen, self.code = devices.add_device(by=leader, place=self.trust.ward, name=TYPED)
        devices.set_pin(person=self.trust.people["staff"], pin=PIN)
        IdentityProvider.objects.create(organisation=self.trust.organisation.pk, slug="ours", name=TYPED)
        self.talk = open_talk(self.trust)
        set_up_wall(self.trust)
        for set_scene in told("set_scene"):
            set_scene(self.trust)
        self.job = make_job(self.trust.organisation, status="FAILED")
        channel = {"name": TYPED, "address": f"https://{TYPED}.example.org/", "kinds": ["moved"]}
        notices.add_channel(by=self.trust.people["manager"], place=self.trust.organisation, **channel)
        Channel.objects.update(stopped_at=now())
        for place in (self.medicine, self.closing, self.closed):
            give_role(by=None, person=self.trust.people["staff"], role="improver", place=place)
        close_place(by=None, place=self.closed)

    def with_kind(self, kind: Kind) -> Scene:
        """With a record of that kind on which hangs all that can; once for each time that the rest is set."""
        self.kind, self.number = kind, self.trust.records[kind.key].pk
        self.writer = self.trust.who_may_change(kind)
        self.second = self._another()
        self.link = commons.link_records(by=self.writer, start=self.second, meaning="came-from", end=self.record)
        commons.comment_on(by=self.writer, record=self.record, text=TYPED)
        commons.attach_file(by=self.writer, record=self.record, file=FILE)
        return self

    def give_all_to(self, person: Person) -> None:
        """From now on one and the same person does everything."""
        self.instead = self.writer = person

    def _partner(self) -> None:
        """A partnership that the trust is in, one it is asked into, and a council that neither has."""
        ada, ours = self.trust.people["administrator"], self.trust.organisation
        sheets.keep_sheet(by=ada, organisation=ours, what="places", name=TYPED, content=b"a")
        self.council, other = make_organisation("Council"), make_organisation("Integrated care board")
        partnerships.make_partnership(by=None, organisation=ours, name=TYPED)
        borough = partnerships.make_partnership(by=None, organisation=other, name="Borough")
        partnerships.ask_in(by=None, organisation=other, partnership=borough, other=ours.name)

    def part(self, name: str) -> PartnershipMember:
        found = PartnershipMember.objects.select_related("partnership", "organisation")
        return found.get(partnership__name=name, organisation=self.trust.organisation)

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
        return Person.objects.get(pk=(self.instead or self.trust.people[role]).pk)

    def place(self, like: Place) -> Place:
        return Place.objects.select_related("organisation", "parent").get(pk=like.pk)

    def role(self, role: str) -> RoleHeld:
        return RoleHeld.objects.select_related("place", "person").get(person=self.trust.people[role], role=role)

    @property
    def administrator(self) -> Person:
        return self.person("administrator")

    @property
    def device(self) -> Device:
        return Device.objects.select_related("place__organisation").get(pk=self.screen.pk)

    @property
    def channel(self) -> Channel:
        return Channel.objects.select_related("place__organisation").get()

    @property
    def counted(self) -> Measure:
        return Measure.objects.select_related("place").get(pk=self.measure.pk)
