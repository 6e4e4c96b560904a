"""How the actions of the tree of places, its roles, files and partnerships are called."""

from __future__ import annotations

from tests.house_rules.act import TYPED, Act
from trustwide.rooms.places import actions as places
from trustwide.rooms.places import actions_partnership as partnerships
from trustwide.rooms.places import actions_sheets as sheets
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import KeptSheet

PLACES: dict[str, Act] = {
    "places.add_places": Act(
        lambda scene: places.add_places(
            by=scene.administrator, organisation=scene.place(scene.trust.organisation), places=[scene.unsaved_ward()]
        ),
        ("opened",),
    ),
    "places.describe_place": Act(
        lambda scene: places.describe_place(
            by=scene.administrator, place=scene.place(scene.trust.ward), kind="corporate", ods_code=""
        ),
        ("changed",),
    ),
    "places.keep_sheet": Act(
        lambda scene: sheets.keep_sheet(
            by=scene.administrator, organisation=scene.trust.organisation, what="places", name=TYPED, content=b"a"
        ),
        ("sent-file",),
    ),
    "places.spend_sheet": Act(
        lambda scene: sheets.spend_sheet(by=scene.administrator, sheet=KeptSheet.objects.get()), ("used-file",)
    ),
    "places.make_partnership": Act(
        lambda scene: partnerships.make_partnership(
            by=scene.administrator, organisation=scene.trust.organisation, name=TYPED
        ),
        ("began-partnership",),
    ),
    "places.ask_in": Act(
        lambda scene: partnerships.ask_in(
            by=scene.administrator,
            organisation=scene.trust.organisation,
            partnership=scene.part(TYPED).partnership,
            other=scene.council.name,
        ),
        ("asked-in",),
    ),
    "places.agree": Act(
        lambda scene: partnerships.agree(by=scene.administrator, member=scene.part("Borough")), ("agreed",)
    ),
    "places.leave": Act(
        lambda scene: partnerships.leave(by=scene.administrator, member=scene.part(TYPED)), ("left-partnership",)
    ),
    "places.add_place": Act(
        lambda scene: places.add_place(
            by=scene.administrator, level="team", name=TYPED, parent=scene.place(scene.trust.organisation)
        ),
        ("opened",),
    ),
    "places.rename_place": Act(
        lambda scene: places.rename_place(by=scene.administrator, place=scene.place(scene.trust.ward), name=TYPED),
        ("renamed",),
    ),
    "places.move_place": Act(
        lambda scene: places.move_place(
            by=scene.administrator, place=scene.place(scene.trust.ward), parent=scene.place(scene.surgery), reason=TYPED
        ),
        ("moved",),
    ),
    "places.merge_places": Act(
        lambda scene: places.merge_places(
            by=scene.administrator,
            place=scene.place(scene.medicine),
            into=scene.place(scene.surgery),
            reason=TYPED,
        ),
        ("moved", "gave-role", "ended-role", "merged"),
    ),
    "places.close_place": Act(
        lambda scene: places.close_place(by=scene.administrator, place=scene.place(scene.closing), reason=TYPED),
        ("ended-role", "closed"),
    ),
    "places.reopen_place": Act(
        lambda scene: places.reopen_place(
            by=scene.administrator, place=scene.place(scene.closed), reason=TYPED, roles=True
        ),
        ("changed-role", "reopened"),
    ),
    "places.give_role": Act(
        lambda scene: give_role(
            by=scene.administrator,
            person=scene.person("staff"),
            role="improver",
            place=scene.place(scene.trust.organisation),
        ),
        ("gave-role",),
    ),
    "places.end_role": Act(lambda scene: end_role(by=scene.administrator, held=scene.role("staff")), ("ended-role",)),
}
