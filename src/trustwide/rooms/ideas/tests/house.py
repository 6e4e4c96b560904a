"""What the house rules need to know of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED, Act
from tests.sign_in_walk import session_of
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.ideas import actions, queries
from trustwide.rooms.ideas import actions_ideas as ideas
from trustwide.rooms.ideas.actions_past import PastIdea, bring_in_ideas
from trustwide.rooms.ideas.models import Angle, Answer, Idea, LaterWords, Problem, Reply
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person

Way = Callable[[Any, Any], None]


def whole(model: Any, number: Any) -> Any:
    found = model.objects.select_related("place__organisation", "organisation", "owner", "created_by")
    return found.get(pk=getattr(number, "pk", number))


def somebody(trust: Any, role: str) -> Person:
    """Read anew, as each request does."""
    return Person.objects.get(pk=trust.people[role].pk)


def of_trust(trust: Any, model: Any) -> Any:
    """The trust's own record of that kind, as either sort of made-up trust names it."""
    kept = trust.records.get(model._meta.label_lower) or trust.records[f"{model._meta.model_name}s"]
    return whole(model, kept)


def set_up(trust: Any, word: str) -> None:
    """The problem has an angle and three replies; the idea a supporter, a reply, an outcome and a part."""
    problem, by = of_trust(trust, Problem), trust.everyone
    Idea.objects.filter(pk=of_trust(trust, Idea).pk).update(created_by=somebody(trust, "staff"))  # for `by` to answer
    idea = trust.records["ideas"] = of_trust(trust, Idea)
    actions.add_angle(by=by, problem=problem, role="lived", said=f"We wait {word}".strip())
    actions.ask_everyone(by=by, problem=problem, version=problem.version)
    for role in ("staff", "manager", "analyst"):
        text = f"We ring and ring {word}".strip()
        actions.reply(by=somebody(trust, role), problem=whole(Problem, problem), text=text)
    ideas.support_idea(by=somebody(trust, "manager"), idea=idea)
    ideas.word_anew(by=by, idea=whole(Idea, idea), text=f"A red chair {word}".strip())
    ideas.answer_idea(by=somebody(trust, "manager"), idea=idea, what="talking", said=f"Let us meet {word}".strip())
    ideas.tell_outcome(by=by, idea=whole(Idea, idea), what="trying", said=f"Two weeks {word}".strip())


def set_scene(trust: Any) -> None:
    """A problem that all staff are asked about, with a reply; an idea that has a supporter, and one to be joined."""
    chief, problem = somebody(trust, "executive"), of_trust(trust, Problem)
    actions.ask_everyone(by=chief, problem=problem, version=problem.version)
    actions.reply(by=somebody(trust, "staff"), problem=whole(Problem, problem), text=TYPED)
    ideas.support_idea(by=somebody(trust, "analyst"), idea=of_trust(trust, Idea))
    another_idea(chief, of_trust(trust, Idea))


def problem_of(scene: Any) -> Any:
    return of_trust(scene.trust, Problem)


def idea_of(scene: Any) -> Any:
    return of_trust(scene.trust, Idea)


def add_angle(scene: Any) -> None:
    actions.add_angle(by=scene.person("staff"), problem=problem_of(scene), role="lived", said=TYPED, key=uuid7())


def ask_everyone(scene: Any) -> None:
    problem = problem_of(scene)
    actions.ask_everyone(by=scene.person("executive"), problem=problem, version=problem.version)


def answer(scene: Any) -> None:
    by = scene.person("executive")
    ideas.answer_idea(by=by, idea=idea_of(scene), what="talking", said=TYPED, key=uuid7())


def outcome(scene: Any) -> None:
    by = scene.person("manager")
    ideas.tell_outcome(by=by, idea=idea_of(scene), what="kept", said=TYPED, key=uuid7())


def another_idea(by: Person, idea: Any) -> Any:
    kind = KINDS[Idea._meta.label_lower]
    return whole(Idea, add_record(by=by, kind=kind, place=idea.place, fields={"title": TYPED}))


def merge(scene: Any) -> None:
    by, idea = scene.person("executive"), idea_of(scene)
    other = Idea.objects.exclude(pk=idea.pk).get(organisation=scene.home)
    ideas.merge_ideas(by=by, idea=other, into=idea)


def begin_trying(scene: Any) -> None:
    ideas.begin_trying(by=scene.person("manager"), idea=idea_of(scene), work=problem_of(scene))


def support(scene: Any) -> None:
    ideas.support_idea(by=scene.person("staff"), idea=idea_of(scene))


def take_back(scene: Any) -> None:
    ideas.take_back_support(by=scene.person("analyst"), idea=idea_of(scene))


def bring_in(scene: Any) -> None:
    by, place = scene.person("executive"), scene.place(scene.trust.ward)
    said = [(scene.person("analyst"), TYPED, now())]
    answers = [(by, "go-ahead", TYPED, now()), (scene.person("staff"), "kept", "", now())]
    idea = PastIdea(scene.person("staff"), place, TYPED, now(), TYPED, by, said=said, answers=answers)
    bring_in_ideas(by=by, organisation=scene.home, told=[idea])


def word_anew(scene: Any) -> None:
    ideas.word_anew(by=scene.person("executive"), idea=idea_of(scene), text=TYPED, key=uuid7())


ACTS = {
    "ideas.bring_in_ideas": Act(bring_in, ("brought-in",)),
    "ideas.add_angle": Act(add_angle, ("commented", "gave-angle")),
    "ideas.ask_everyone": Act(ask_everyone, ("changed",)),
    "ideas.reply": Act(
        lambda scene: actions.reply(by=scene.person("staff"), problem=problem_of(scene), text=TYPED),
        ("replied",),
        by_system=("replied",),
    ),
    "ideas.redact_reply": Act(
        lambda scene: actions.redact_reply(by=scene.administrator, reply=Reply.objects.get()), ("redacted",)
    ),
    "ideas.support_idea": Act(support, ("supported",)),
    "ideas.take_back_support": Act(take_back, ("took-back-support",)),
    "ideas.word_anew": Act(word_anew, ("commented", "worded-anew")),
    "ideas.answer_idea": Act(answer, ("commented", "answered-idea", "moved", "changed")),
    "ideas.tell_outcome": Act(outcome, ("commented", "told-outcome", "moved", "changed")),
    "ideas.begin_trying": Act(begin_trying, ("linked", "told-outcome", "moved", "changed")),
    "ideas.merge_ideas": Act(merge, ("linked", "changed", "moved", "merged-idea")),
}


def press_angle(form: Any, key: UUID | None) -> Any:
    problem = of_trust(form.trust, Problem)
    return actions.add_angle(by=form.nurse(), problem=problem, role="lived", said="Twice is once", key=key)


def press_answer(form: Any, key: UUID | None) -> Any:
    by = somebody(form.trust, "executive")
    return ideas.answer_idea(by=by, idea=of_trust(form.trust, Idea), what="talking", key=key)


def press_outcome(form: Any, key: UUID | None) -> Any:
    return ideas.tell_outcome(by=form.who(), idea=of_trust(form.trust, Idea), what="trying", key=key)


def press_words(form: Any, key: UUID | None) -> Any:
    idea = of_trust(form.trust, Idea)
    Idea.objects.filter(pk=idea.pk).update(supported=1)  # as if somebody had: its own words stay
    return ideas.word_anew(by=form.who(), idea=whole(Idea, idea), text="Twice is once", key=key)


KEYED = {
    "ideas.add_angle": (press_angle, lambda kind: Angle),
    "ideas.word_anew": (press_words, lambda kind: LaterWords),
    "ideas.answer_idea": (press_answer, lambda kind: Answer),
    "ideas.tell_outcome": (press_outcome, lambda kind: Answer),
}
WRITES = {"ideas.add_angle": 2, "ideas.word_anew": 2, "ideas.answer_idea": 3, "ideas.tell_outcome": 3}
PARTS = {"reply": lambda world, trust, kind: queries.replies_to(of_trust(trust, Problem)).first().pk}


def within(path: str, press: str = "") -> Way:
    """A page of the world's trust; {problem} and {idea} stand for its records. `press` sends its form as it stands."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        ids = {"problem": trust.records["problems"].pk, "idea": trust.records["ideas"].pk}
        page.goto(f"/{trust.place.slug}/{path.format(**ids)}")
        if press:
            page.get_by_role("button", name=press).click()

    return way


def refused_without_a_reason(page: Any, world: Any) -> None:
    """Of an idea that nobody has answered yet, the answer that needs words, without any."""
    trust = world.trust
    new = another_idea(somebody(trust, "manager"), of_trust(trust, Idea))
    within(f"ideas/{new.pk}/", "Not now, because …")(page, world)


def angle_unsaid(page: Any, world: Any) -> None:
    within("problems/{problem}/")(page, world)
    page.get_by_text("Tell how it looks from your side").click()
    page.get_by_role("button", name="Add this side").click()


SCREENS = {
    "a problem": within("problems/{problem}/"),
    "a problem, a side without words": angle_unsaid,
    "tell of a problem, nothing typed": within("problems/new/", "Save"),
    "ask all staff": within("problems/{problem}/ask/"),
    "replies to a question": within("problems/{problem}/replies/"),
    "ideas": within("ideas/"),
    "an idea": within("ideas/{idea}/"),
    "an idea, not now without a reason": refused_without_a_reason,
    "have an idea": within("ideas/new/"),
    "have an idea, nothing typed": within("ideas/new/", "Save"),
    "the same as another idea": within("ideas/{idea}/merge/"),
}
