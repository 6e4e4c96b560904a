"""How each action is called in a trust, and the acts that its audit must then tell. A new action adds its line."""

from __future__ import annotations

from datetime import date

from tests.house_rules.act import TYPED, Act
from tests.house_rules.acts_board import BOARDS
from tests.house_rules.acts_commons import add_one, change_one, comment_one, link_two, move_one, redact_one
from tests.house_rules.acts_people import PEOPLE
from tests.house_rules.acts_places import PLACES
from tests.house_rules.acts_purpose import PURPOSE
from tests.house_rules.acts_telling import TELLING
from tests.house_rules.of_rooms import told_together
from tests.house_rules.scene import DAY, FILE, Scene
from tests.makers import (
    make_batch,
)  # fmt: skip
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.models import Comment, File, Link
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.devices.parts import ADDITIONS
from trustwide.rooms.measures import actions as measures
from trustwide.rooms.measures.computed import COMPUTED, Number
from trustwide.rooms.measures.models import LimitsReset, MeasureSet
from trustwide.rooms.people.ids import uuid7

OF_ROOMS = {**PURPOSE, **BOARDS, **told_together("ACTS")}  # a call and its verbs, or an Act where there is more to say


def take_a_number_away(scene: Scene) -> None:
    found = LimitsReset.objects.get().measure.observations.latest("period")
    measures.remove_number(by=scene.person("analyst"), measure=found.measure, number=found.pk)


def say_at_board(scene: Scene) -> None:
    nurse, ward, words = scene.person("staff"), scene.place(scene.trust.ward), ADDITIONS["words"]
    form = words.form(scene.person("staff"), ward, {"about": str(scene.measure.pk), "text": TYPED})
    form.is_valid()
    devices.add_at_board(by=nurse, team=ward, addition=words, form=form)


#: By room and name; `tests/house_rules/test_audit.py` tells which is missing.
ACTS: dict[str, Act] = {
    "commons.add_record": Act(add_one, ("added",), every_kind=True),
    "commons.change_record": Act(change_one, ("changed",), every_kind=True),
    "commons.move_record": Act(move_one, ("moved",), every_kind=True),
    "commons.comment_on": Act(comment_one, ("commented",), every_kind=True),
    "commons.link_records": Act(link_two, ("linked",), every_kind=True),
    "commons.unlink_records": Act(
        lambda scene: commons.unlink_records(by=scene.writer, link=Link.objects.get(end=scene.number)),
        ("unlinked",),
        every_kind=True,
    ),
    "commons.redact": Act(redact_one, ("redacted",), every_kind=True),
    "commons.redact_comment": Act(
        lambda scene: commons.redact_comment(by=scene.administrator, comment=Comment.objects.get(round=None)),
        ("redacted",),
        every_kind=True,
    ),
    "commons.attach_file": Act(
        lambda scene: commons.attach_file(by=scene.person("staff"), record=scene.record, file=FILE, key=uuid7()),
        ("attached",),
        every_kind=True,
    ),
    "commons.detach_file": Act(
        lambda scene: commons.detach_file(by=scene.writer, record=scene.record, file=File.objects.get()),
        ("detached",),
        every_kind=True,
    ),
    "commons.say_local_need": Act(
        lambda scene: commons.say_local_need(by=scene.writer, record=scene.record), ("changed",), every_kind=True
    ),
    **PEOPLE,
    "devices.add_device": Act(
        lambda scene: devices.add_device(by=scene.administrator, place=scene.place(scene.trust.ward), name=TYPED),
        ("added",),
    ),
    "devices.give_code": Act(
        lambda scene: devices.give_code(by=scene.person("team-leader"), device=scene.device), ("gave-code",)
    ),
    "devices.rename_device": Act(
        lambda scene: devices.rename_device(by=scene.person("team-leader"), device=scene.device, name=TYPED),
        ("renamed",),
    ),
    "devices.end_device": Act(
        lambda scene: devices.end_device(by=scene.administrator, device=scene.device), ("ended",)
    ),
    "devices.add_at_board": Act(say_at_board, ("commented",)),
    "measures.record_numbers": Act(
        lambda scene: measures.record_numbers(
            by=scene.person("analyst"), measure=scene.counted, numbers=[Number(DAY, 1.0, note=TYPED)]
        ),
        ("numbered",),
    ),
    "measures.remove_number": Act(take_a_number_away, ("removed-number",)),
    "measures.reset_limits": Act(
        lambda scene: measures.reset_limits(
            by=scene.person("analyst"), measure=scene.counted, starts=date(2025, 4, 1), reason=TYPED
        ),
        ("reset-limits",),
    ),
    "measures.remove_reset": Act(
        lambda scene: measures.remove_reset(by=scene.person("analyst"), reset=LimitsReset.objects.get()),
        ("removed-reset",),
    ),
    "measures.choose_rules": Act(
        lambda scene: measures.choose_rules(
            by=scene.person("analyst"), organisation=scene.place(scene.trust.organisation), rules="anhoj"
        ),
        ("chose-rules",),
    ),
    "measures.add_computed_measure": Act(
        lambda scene: measures.add_computed_measure(
            by=scene.person("executive"),
            computed=COMPUTED["messages-posted"],
            place=scene.place(scene.trust.organisation),
        ),
        ("added", "numbered"),
        by_system=("numbered",),
    ),
    "measures.keep_upload": Act(
        lambda scene: measures.keep_upload(
            by=scene.person("analyst"), organisation=scene.trust.organisation, name=TYPED, content=TYPED.encode()
        ),
        ("sent-file",),
    ),
    "measures.describe_upload": Act(
        lambda scene: measures.describe_upload(
            by=scene.person("analyst"), upload=scene.upload, title=TYPED, chart="xmr", columns={"date": TYPED}
        ),
        ("described-file",),
    ),
    "measures.make_report": Act(
        lambda scene: measures.make_report(
            by=scene.person("analyst"), organisation=scene.trust.organisation, title=TYPED, batch=make_batch(2)
        ),
        ("made-report",),
    ),
    "measures.load_upload": Act(
        lambda scene: measures.load_upload(by=scene.person("analyst"), upload=scene.upload, batch=make_batch(2)),
        ("made-report",),
    ),
    "measures.remove_report": Act(
        lambda scene: measures.remove_report(by=scene.person("analyst"), measure_set=MeasureSet.objects.get()),
        ("removed-report",),
    ),
    **{name: Act(*told) if isinstance(told, tuple) else told for name, told in OF_ROOMS.items()},
    **PLACES,
    **TELLING,
}
