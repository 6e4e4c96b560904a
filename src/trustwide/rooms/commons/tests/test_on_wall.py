"""What a team's board shows of records: what its staff read, but nothing that is kept to a team, and no draft."""

from __future__ import annotations

from tests.makers import make_group, make_measure, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons.models import DRAFT, Record
from trustwide.rooms.places.reach import SHARINGS


def shown(team: object, person: object = None) -> set[str]:
    return set(Record.objects.on_wall(team, person).values_list("title", flat=True))


def test_the_wall_shows_what_staff_read_and_nothing_kept_to_a_team(db: None) -> None:
    group = make_group()
    ours, sister, stranger = (
        make_organisation(group=group),
        make_organisation("Sister", group),
        make_organisation("Far"),
    )
    team = make_team(ours)
    for place in (ours, sister, stranger):
        chief = make_person(f"Chief of {place.name}", "executive", place)
        for sharing in SHARINGS:
            make_message(chief, place, title=f"{place.name}: {sharing}", sharing=sharing)
        make_message(chief, place, title=f"{place.name}: draft", stage=DRAFT)
    leader = make_person("Mia", "team-leader", team)
    make_measure(leader, team, title="Kept to the team", sharing="team")
    make_measure(leader, team, title="For all of us")
    own = {"For all of us"} | {f"St Bride's: {each}" for each in ("organisation", "group", "partners", "public")}
    assert shown(team) == own | {"Sister: group", "Sister: partners", "Sister: public", "Far: public"}


def test_a_person_is_shown_what_they_may_read_of_it(db: None) -> None:
    ours = make_organisation()
    team = make_team(ours)
    chief = make_person("Chief", "executive", ours)
    make_message(chief, ours, title="For us", sharing="organisation")
    make_message(chief, ours, title="Draft", stage=DRAFT)
    make_message(chief, ours, title="For the board", sharing="team")
    assert shown(team, make_person("Nurse", "staff", team)) == {"For us"}
    assert shown(team, chief) == {"For us"}, "the wall shows no more to who may read more"
    assert shown(team, make_person("Guest", "partner-guest", team)) == set()
