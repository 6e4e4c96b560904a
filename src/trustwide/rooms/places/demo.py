"""The demo's second chapter: a group of three trusts, its partners at place, and who works where."""

from __future__ import annotations

from trustwide.rooms.people import clock
from trustwide.rooms.people.demo import Story
from trustwide.rooms.places.actions import add_place, rename_place
from trustwide.rooms.places.actions_people import give_roles
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Partnership, Place, RoleHeld

TRUSTS = {"St Bride's Hospitals": "ZZ1", "Calder Vale Hospitals": "ZZ2", "Moorside Community": "ZZ3"}
HOME = next(iter(TRUSTS))
PARTNERS = {
    "Tarnbrook Council": ("council", ("Adult social care", "Housing")),
    "Tarnbrook GP Federation": ("gp", ("Urgent care hub", "Practice nurses")),
    "Tarnbrook Voices": ("voluntary", ("Home from hospital volunteers",)),
}
#: Directorates of a trust, their services, and the teams of each: twenty teams a trust.
SHAPE = {
    "Medicine": {
        "Elderly care": ("Ward 7", "Ward 8", "Frailty team"),
        "Emergency care": ("Emergency department", "Same day care"),
    },
    "Surgery": {"Theatres": ("Theatre 3", "Recovery"), "Orthopaedics": ("Ward 12", "Fracture clinic")},
    "Women and children": {"Maternity": ("Birth centre",), "Children": ("Ward 2",)},
    "Clinical support": {"Pharmacy": ("Dispensary",), "Imaging": ("CT and MRI",), "Therapies": ("Physiotherapy",)},
    "Corporate services": {"Estates": ("Porters", "Catering"), "People": ("Recruitment",), "Finance": ("Payroll",)},
}
CORPORATE = {"Corporate services"}
#: Who a visitor can be, their name, role, and where: a place of St Bride's, "" for the trust itself.
PERSONAS = {
    "chair": ("Marian Whitlock", "board-member", "Trust board"),
    "chief-executive": ("Daniel Okonjo", "executive", ""),
    "director": ("Helen Prior", "executive", "Medicine"),
    "manager": ("Imran Yousaf", "manager", "Elderly care"),
    "ward-leader": ("Ruby Adeyemi", "team-leader", "Ward 7"),
    "nurse": ("Sam Castle", "staff", "Ward 7"),
    "porter": ("Jo Marlow", "staff", "Porters"),
    "improver": ("Neha Rao", "improver", ""),
    "analyst": ("Tom Birch", "analyst", ""),
    "governor": ("Pat Linwood", "peoples-voice", "Council of governors"),
    "service-user": ("Grace Tembo", "service-user-partner", "Ward 7"),
    "partner-guest": ("Lee Hartley", "partner-guest", "Elderly care"),
    "administrator": ("Anna Kovac", "administrator", ""),
}
LEADING = {"chief-executive", "ward-leader"}  # who have their roles as soon as there is what they lead
TEAM_SIZE = range(8, 11)


def tell(story: Story) -> None:
    """Places first, then the people in them; some of those whom a visitor can be lead what they are of."""
    with story.on(story.start.replace(day=1)):
        story.cast |= {persona: story.person(name) for persona, (name, _role, _where) in PERSONAS.items()}
        group = add_place(by=None, level="group", name="Three Rivers Group")
        story.places["group"] = group
        for name, code in TRUSTS.items():
            _open_trust(story, group, name, code)
        borough = Partnership.objects.create(name="Tarnbrook Together", slug="tarnbrook-together")
        for name, (kind, teams) in PARTNERS.items():
            partner = add_place(by=None, level="organisation", name=name, kind=kind)
            for team in teams:
                _staff(story, add_place(by=None, level="team", name=team, parent=partner, kind="corporate"))
            borough.members.create(organisation=partner, starts=story.start, accepted_on=story.start)
        borough.members.create(
            organisation=story.places["St Bride's Hospitals"], starts=story.start, accepted_on=story.start
        )
        _meet_the_personas(story)
    with story.on(story.ago(weeks=40)):
        rename_place(by=None, place=story.places["St Bride's Hospitals › Recovery"], name="Recovery and day surgery")


def _open_trust(story: Story, group: Place, name: str, code: str) -> None:
    trust = add_place(by=None, level="organisation", name=name, parent=group, kind="nhs-trust", ods_code=code)
    story.places[name] = trust
    for title, kind in (("Trust board", "board"), ("Council of governors", "peoples-voice")):
        board = add_place(by=None, level="team", name=title, parent=trust, kind=kind)
        story.places[f"{name} › {title}"] = board
        for _each in range(6):
            role = "board-member" if kind == "board" else "peoples-voice"
            give_role(by=None, person=story.person(), role=role, place=board)
    chief = story.cast["chief-executive"] if name == HOME else story.person()
    give_role(by=None, person=chief, role="executive", place=trust)
    story.cast[f"chief of {name}"] = chief
    for copy in range(story.scale):
        for directorate, services in SHAPE.items():
            _open_directorate(story, trust, directorate, services, f" {copy + 1}" if copy else "")


def _open_directorate(story: Story, trust: Place, name: str, services: dict[str, tuple[str, ...]], number: str) -> None:
    kind = "corporate" if name in CORPORATE else "clinical"
    directorate = add_place(by=None, level="directorate", name=name + number, parent=trust)
    story.places[f"{trust.name} › {name}{number}"] = directorate
    give_role(by=None, person=story.person(), role="manager", place=directorate)
    for service, teams in services.items():
        parent = add_place(by=None, level="service", name=service + number, parent=directorate)
        story.places[f"{trust.name} › {service}{number}"] = parent
        for team in teams:
            place = add_place(by=None, level="team", name=team + number, parent=parent, kind=kind)
            story.places[f"{trust.name} › {team}{number}"] = place
            led_by = "ward-leader" if (trust.name, team + number) == (HOME, PERSONAS["ward-leader"][2]) else ""
            _staff(story, place, led_by)


def _staff(story: Story, team: Place, led_by: str = "") -> None:
    """Its people; the first leads it, or the persona that is named."""
    leader, *staff = story.people(story.dice.choice(TEAM_SIZE))
    if led_by:
        leader, staff = story.cast[led_by], [leader, *staff]
    held = [(leader, "team-leader"), *((person, "staff") for person in staff)]
    roles = [RoleHeld(person=person, place=team, role=role, starts=clock.today()) for person, role in held]
    give_roles(by=None, organisation=team.organisation, roles=roles)
    story.cast[f"leader of {team.pk}"] = leader


def _meet_the_personas(story: Story) -> None:
    home = story.places[HOME]
    for persona, (_name, role, where) in PERSONAS.items():
        if persona not in LEADING:
            place = story.places[f"{home.name} › {where}"] if where else home
            give_role(by=None, person=story.cast[persona], role=role, place=place)
