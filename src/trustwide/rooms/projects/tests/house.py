"""What this room tells the house rules of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED
from tests.house_rules.lookalikes import Trust
from tests.sign_in_walk import session_of
from trustwide.rooms.commons.models import Comment
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.projects import actions, actions_failures
from trustwide.rooms.projects.models import FabulousFailure, Member, Project, TestOfChange
from trustwide.rooms.projects.tests.made import failure as failed
from trustwide.rooms.projects.tests.made import make_failure, make_project, make_test, project
from trustwide.rooms.projects.tests.made import test as whole

PROJECT, TEST, FAILURE = "projects.project", "projects.testofchange", "projects.fabulousfailure"
SAID = {"happened": TYPED, "surprises": TYPED, "right": "yes", "learned": TYPED}
SCENE = f"{TYPED} scene"
MONTH = today().replace(day=1)


def set_up(trust: Any, word: str) -> None:
    """A team, a test, hours and a measure for the trust's project, every text of it marked."""
    by, of = trust.everyone, trust.records["projects"]
    actions.add_member(by=by, project=of, does="lived", name=f"a carer{word}")
    actions.choose_measures(by=by, project=of, measures=[trust.records["measures"]])
    actions.note_hours(by=by, project=of, month=MONTH, hours=3)
    ran = make_test(by, of, f"We think it helps{word}", title=f"Does it help{word}?", trying=f"A hook{word}")
    actions.begin_test(by=by, test=ran, version=ran.version)


def set_scene(trust: Trust) -> None:
    """A running test and one that was looked at, a member, a measure, and a failure that was published."""
    by, of = (
        Person.objects.get(pk=trust.people["manager"].pk),
        make_project(Person.objects.get(pk=trust.people["manager"].pk), trust.ward, "just-do-it", title=SCENE),
    )
    typed = {"title": TYPED, "trying": TYPED}
    running, studied = (make_test(by, of, TYPED, **typed) for _each in range(2))
    for each in (running, studied):
        actions.begin_test(by=by, test=each, version=each.version)
    actions.study_test(by=by, test=studied, version=studied.version, said=SAID)
    actions.add_member(by=by, project=of, does="lived", name=TYPED)
    texts = dict.fromkeys(("what_tried", "happened", "differently"), TYPED)
    make_failure(Person.objects.get(pk=trust.people["staff"].pk), trust.ward, title=f"{TYPED} kept", **texts)
    publish(trust)


def publish(trust: Trust) -> None:
    """As its team did: the staff of the ward."""
    FabulousFailure.objects.filter(pk=trust.records[FAILURE].pk).update(
        stage="published", sharing="organisation", published_at=now()
    )


def of_scene(scene: Any) -> Project:
    return project(Project.objects.get(title=SCENE).pk)


def at_stage(stage: str) -> TestOfChange:
    return whole(TestOfChange.objects.get(stage=stage, of_project__isnull=False).pk)


def failure(trust: Any) -> FabulousFailure:
    return failed(trust.records[FAILURE].pk)


def add_test(scene: Any) -> None:
    fields = {"title": TYPED, "trying": TYPED, "prediction": TYPED}
    actions.add_test(by=scene.person("staff"), project=of_scene(scene), fields=fields, key=uuid7())


def begin_test(scene: Any) -> None:
    found = whole(scene.trust.records[TEST].pk)
    actions.begin_test(by=scene.person("manager"), test=found, version=found.version)


def study_test(scene: Any) -> None:
    found = at_stage("running")
    actions.study_test(by=scene.person("manager"), test=found, version=found.version, said=SAID)


def decide_test(scene: Any) -> None:
    found = at_stage("studied")
    told = {"act": "adapt", "next_time": TYPED}
    actions.decide_test(by=scene.person("manager"), test=found, version=found.version, **told)


def end_project(scene: Any) -> None:
    of = of_scene(scene)
    told = {"how": "handed-over", "reason": TYPED, "kept": TYPED, "hours": 3, "handed_to": TYPED}
    actions.end_project(by=scene.person("manager"), project=of, version=of.version, **told)


def choose_measures(scene: Any) -> None:
    actions.choose_measures(by=scene.person("manager"), project=of_scene(scene), measures=[scene.counted])


def try_idea(scene: Any) -> None:
    idea = Idea.objects.select_related("place", "organisation").get(pk=scene.trust.records["ideas.idea"].pk)
    told = {"place": scene.place(scene.trust.ward), "fields": {"title": TYPED}, "key": uuid7()}
    actions.try_idea(by=scene.person("staff"), idea=idea, **told)


def set_rigour(scene: Any) -> None:
    actions.set_rigour(by=scene.person("improvement-lead"), organisation=scene.home, asks={"test": ["expect"]})


def tell_failure(scene: Any) -> None:
    fields = {"title": TYPED, "what_tried": TYPED, "happened": TYPED, "differently": TYPED}
    actions_failures.tell_failure(by=scene.person("staff"), project=of_scene(scene), fields=fields, key=uuid7())


def publish_one(scene: Any) -> None:
    found = failed(FabulousFailure.objects.get(title=f"{TYPED} kept").pk)
    actions_failures.publish_failure(by=scene.person("staff"), failure=found, version=found.version)


def thank(scene: Any) -> None:
    actions_failures.thank_for_failure(
        by=scene.person("executive"), failure=failure(scene.trust), text=TYPED, key=uuid7()
    )


ACTS: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "projects.add_test": (add_test, ("added", "linked")),
    "projects.begin_test": (begin_test, ("changed", "moved")),
    "projects.study_test": (study_test, ("changed", "moved")),
    "projects.decide_test": (decide_test, ("changed", "moved")),
    "projects.end_project": (end_project, ("changed", "moved")),
    "projects.add_member": (
        lambda scene: actions.add_member(
            by=scene.person("manager"), project=of_scene(scene), does="coach", person=scene.person("improver"),
            key=uuid7(),
        ),
        ("joined-team",),
    ),
    "projects.remove_member": (
        lambda scene: actions.remove_member(by=scene.person("manager"), member=Member.objects.get()),
        ("left-team",),
    ),
    "projects.choose_measures": (choose_measures, ("chose-measures",)),
    "projects.note_hours": (
        lambda scene: actions.note_hours(
            by=scene.person("manager"), project=of_scene(scene), month=MONTH, hours=4
        ),
        ("noted-hours",),
    ),
    "projects.try_idea": (try_idea, ("added", "linked")),
    "projects.set_rigour": (set_rigour, ("set-rigour",)),
    "projects.tell_failure": (tell_failure, ("added", "linked")),
    "projects.publish_failure": (publish_one, ("changed", "moved")),
    "projects.thank_for_failure": (thank, ("commented", "thanked")),
}  # fmt: skip
NOT_BY_ROLE = {"projects.publish_failure"}  # its team, and nobody above them


def _of(form: Any) -> tuple[Person, Project]:
    return Person.objects.get(pk=form.trust.people["manager"].pk), project(form.trust.records[PROJECT].pk)


def press_test(form: Any, key: UUID | None) -> Any:
    by, of = _of(form)
    return actions.add_test(by=by, project=of, fields={"title": "Twice is once", "trying": "A hook"}, key=key)


def press_idea(form: Any, key: UUID | None) -> Any:
    idea = Idea.objects.select_related("place", "organisation").get(pk=form.trust.records["ideas.idea"].pk)
    by = Person.objects.get(pk=form.trust.people["staff"].pk)
    told = {"place": form.trust.ward, "fields": {"title": "Twice is once"}}
    return actions.try_idea(by=by, idea=idea, key=key, **told)


def press_member(form: Any, key: UUID | None) -> Any:
    by, of = _of(form)
    return actions.add_member(by=by, project=of, does="lived", name="a carer", key=key)


def press_failure(form: Any, key: UUID | None) -> Any:
    by, of = _of(form)
    return actions_failures.tell_failure(by=by, project=of, fields={"title": "Twice is once"}, key=key)


def press_thanks(form: Any, key: UUID | None) -> Any:
    publish(form.trust)
    by = Person.objects.get(pk=form.trust.people["executive"].pk)
    return actions_failures.thank_for_failure(by=by, failure=failure(form.trust), text="Thank you", key=key)


KEYED: dict[str, tuple[Callable[..., Any], Callable[[Any], Any]]] = {
    "projects.add_test": (press_test, lambda kind: TestOfChange),
    "projects.try_idea": (press_idea, lambda kind: Project),
    "projects.add_member": (press_member, lambda kind: Member),
    "projects.tell_failure": (press_failure, lambda kind: FabulousFailure),
    "projects.thank_for_failure": (press_thanks, lambda kind: Comment),
}
WRITES = {"projects.add_test": 2, "projects.try_idea": 2, "projects.tell_failure": 2, "projects.thank_for_failure": 2}
PARTS: dict[str, Callable[..., object]] = {
    "member": lambda world, trust, kind: trust.records["projects"].members.get().pk,
}
Way = Callable[[Any, Any], None]


def within(path: str, press: str = "") -> Way:
    """A page of the world's trust; with `press`, its form sent as it stands."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        names = {"project": "projects", "test": "tests-of-change", "failure": "fabulous-failures", "idea": "ideas"}
        ids = {name: trust.records[address].pk for name, address in names.items()}
        page.goto(f"/{trust.place.slug}/{path.format(**ids)}")
        if press:
            page.get_by_role("button", name=press, exact=True).click()

    return way


SCREENS: dict[str, Way] = {
    "start something": within("projects/start/"),
    "start a small test": within("projects/new/?size=test"),
    "start a project, nothing typed": within("projects/new/?size=project", "Save"),
    "a project": within("projects/{project}/"),
    "how a project ends, nothing chosen": within("projects/{project}/end/", "Save, and thank the team"),
    "the team of a project, nobody named": within("projects/{project}/team/", "Add to the team"),
    "the measures of a project": within("projects/{project}/how-we-will-know/"),
    "the measures of a project, none chosen": within("projects/{project}/how-we-will-know/", "Save"),
    "hours of a team, nothing typed": within("projects/{project}/hours/", "Save"),
    "plan the next test": within("projects/{project}/test/"),
    "tell of a failure": within("projects/{project}/failure/"),
    "a test of change": within("tests-of-change/{test}/"),
    "what happened in a test, nothing typed": within("tests-of-change/{test}/study/", "Save"),
    "what now with a test": within("tests-of-change/{test}/decide/"),
    "a fabulous failure": within("fabulous-failures/{failure}/"),
    "try an idea as a small test": within("ideas/{idea}/test/"),
    "what each size is asked": within("projects/rigour/"),
    "the stop list": within("stops/"),
    "room to improve": within("space/"),
}
