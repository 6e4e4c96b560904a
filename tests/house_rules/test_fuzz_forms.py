"""Whatever a form is sent, by whomever, the answer is a page: never an error of ours."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings

from tests.house_rules.forms_filled import filled, from_the_start
from tests.house_rules.forms_found import FormFound, form_for, names_read_by
from tests.house_rules.fuzzing import NEVER_TAKEN, Case, as_filled_in, body, cases, contents, names, put_right
from tests.house_rules.put_back import put_back
from tests.house_rules.second_step_screens import has_steps
from tests.house_rules.world import ASKED, OWN_CODE, Example, World, by_name
from tests.kinds_asked import MODELS
from tests.makers import client_of
from tests.shares import WHOLE, in_share, sampled
from trustwide.rooms.people.roles import ROLES

FORMS = [each for each in ASKED if each.post != 405]
WORDED = [each for each in FORMS if each.signed_in]
CHOSEN = [each for each in FORMS if in_share(f"{each} of nonsense", one_in=12)]
MOST, EVERYONE, WITH_STEPS, NOBODY = 20_000, "everyone", "somebody with second steps", "nobody"
MOST_TRIES, TAKEN = 14, (200, 204, 302)
EACH = -(-MOST // len(FORMS)) if WHOLE else 8
LOOSE = settings(
    max_examples=EACH,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def sent_file(name: str, content: bytes) -> tuple[bytes, str]:
    """A body as a hostile program would send it, the file's name untouched, and its kind."""
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def post(client: Client, path: str, data: dict[str, Any]) -> HttpResponse:
    """The answer to a post; a broken transaction is ours too. Nothing of it stays, sessions and counts included."""
    cookies = client.cookies.copy()
    for each in caches.all(initialized_only=True):
        each.clear()  # how often one person may ask is another test's
    with put_back():
        answer = client.post(path, from_the_start(data))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    client.cookies = cookies
    return answer


def taken(client: Client, path: str, form: FormFound | None, data: dict[str, Any]) -> int:
    """The status when a form is filled in, and put right as its page says, until it is taken; `data` is then that."""
    tried = Counter[str]()
    for _ in range(MOST_TRIES):
        answer = post(client, path, data)
        if answer.status_code not in (409, 422):
            break
        put_right(form, data, answer.content.decode(), tried)
    return answer.status_code


@pytest.fixture(scope="module")
def signed_in(made_world: World, django_db_blocker: Any) -> dict[str, Client]:
    """A browser for each role, for somebody with all of them, for one with second steps, and for nobody.

    They take an error of ours as an answer, as browsers do.
    """
    with django_db_blocker.unblock():
        people = {EVERYONE: made_world.trust.everyone, **made_world.trust.people}
        browsers = {role: client_of(person) for role, person in people.items()} | {NOBODY: Client()}
        _, browsers[WITH_STEPS] = has_steps("Fuzz Walker")
    for each in browsers.values():
        each.raise_request_exception = False
    return browsers


@pytest.fixture
def calm(world: World, signed_in: dict[str, Client]) -> Client:
    return signed_in[EVERYONE]


def who_may(example: Example) -> str:
    """Of whom a form is expected to be taken, once it is filled in."""
    if example.signed_in:
        return EVERYONE
    return WITH_STEPS if example.get == 302 else NOBODY


def address(world: World, example: Example, browser: Client) -> str:
    """Of an account's own things, those of whoever is asked."""
    path = world.path(example)
    if example.name == "mfa_remove_webauthn":
        return re.sub(r"/1/", f"/{own(browser, '/me/', r'/me/passkeys/([0-9]+)/remove/')}/", path)
    return path


def own(browser: Client, page: str, pattern: str) -> str:
    found = re.search(pattern, browser.get(page).content.decode())
    assert found, f"{pattern} is not on {page}"
    return found[1]


def known_names(example: Example, form: FormFound | None) -> set[str]:
    return (form.names if form else set()) | names_read_by(by_name()[example.name].view)


@pytest.mark.seen_once
def test_fields_of_forms_are_found(world: World, calm: Client) -> None:
    some = [each for each in WORDED if each.kind in MODELS and sampled(f"{each} has fields", one_in=14)]
    changed = next(each for each in FORMS if str(each) == "commons:change-messages")
    found = {str(each): sorted(known_names(each, form_for(calm, world.path(each)))) for each in [changed, *some]}
    read = {each.name: names_read_by(by_name()[each.name].view) for each in WORDED}
    print(f"{len(found)} of {len(FORMS)} forms, {sum(map(len, found.values()))} fields: {found}")
    print(f"{sum(map(bool, read.values()))} of {len(read)} views name what they read")
    assert len(found) > 5
    assert {"title", "text", "version", "sharing"} <= set(found["commons:change-messages"])
    assert read["escalation:helped"] >= {"words", "helped"}
    assert read["commons:link"] >= {"meaning", "other"}


@LOOSE
@given(name=names, content=contents)
def test_uploads_are_answered(world: World, calm: Client, name: str, content: bytes) -> None:
    with put_back():
        answer = calm.post(world.at("measures:new-report"), *sent_file(name, content))
        assert answer.status_code in (302, 400, 422)
        if answer.status_code == 302:
            assert calm.get(answer["Location"]).status_code == 200


@pytest.fixture(scope="module")
def asked() -> Counter[str]:
    """How many cases each form was sent; and by each role."""
    return Counter()


def to_be_taken(example: Example) -> bool:
    """Of what is the same code for all kinds, where it stands for all of them."""
    alike = "kind" in example.parts and example.name not in OWN_CODE and example.kind not in MODELS
    return example.name not in NEVER_TAKEN and not alike


@pytest.mark.parametrize("example", CHOSEN, ids=str)
def test_forms_are_answered(world: World, signed_in: dict[str, Client], asked: Counter[str], example: Example) -> None:
    best = who_may(example)
    path = address(world, example, signed_in[best])
    form, seen = form_for(signed_in[best], path), Counter[int]()
    known = known_names(example, form)
    given_first = as_filled_in(world, example, form, known)
    roles = [EVERYONE, *ROLES] if example.signed_in else [WITH_STEPS, NOBODY, EVERYONE]

    @LOOSE
    @given(case=cases(roles, known))
    def fuzz(case: Case) -> None:
        status = post(signed_in[case.role], path, given_first | body(form, case)).status_code
        seen[status] += 1
        asked[case.role] += 1
        assert status < 500

    send = taken if to_be_taken(example) else lambda browser, path, _, data: post(browser, path, data).status_code
    accepted = send(signed_in[best], path, form, given_first)
    fuzz()
    asked[str(example)] += seen.total()
    print(f"{example}: {seen.total()} cases, answers {dict(sorted(seen.items()))}; filled in {accepted}")
    assert seen.total() >= EACH
    assert accepted in TAKEN if to_be_taken(example) else accepted < 500


def test_control_a_form_that_is_not_taken_is_seen(world: World, signed_in: dict[str, Client]) -> None:
    path = world.at("places:begin")
    form = form_for(signed_in[EVERYONE], path)
    assert form
    assert taken(signed_in[EVERYONE], path, form, filled(form)) in TAKEN
    assert taken(signed_in["staff"], path, form, filled(form)) not in TAKEN


@pytest.mark.asked_last
def test_so_many_cases_were_sent_by_every_role(asked: Counter[str], request: pytest.FixtureRequest) -> None:
    """In a full run each database has its share of the forms, and each form as many cases."""
    sent = sum(asked[str(each)] for each in CHOSEN)
    by_role = {role: asked[role] for role in (EVERYONE, *ROLES)}
    print(f"{sent} cases at {len(CHOSEN)} of {len(FORMS)} forms; by role {by_role}")
    if not all(asked[str(each)] for each in CHOSEN):
        pytest.skip("only some of the forms were chosen")
    assert sent >= EACH * len(CHOSEN)
    assert not WHOLE or EACH * len(FORMS) >= MOST
    assert all(by_role.values()) if WHOLE else sum(map(bool, by_role.values())) > len(ROLES) // 2


#: What is wrong, as the web framework says it.
NOT_OURS = re.compile("Ensure this value|Enter a (?:valid|whole|number)|This field is required|Select a valid choice")


def said_by_others(world: World, client: Client, example: Example) -> list[str]:
    """What is said of a form in which everything is too long, too little or missing, in words that are not ours."""
    known = known_names(example, form_for(client, world.path(example)))
    names, found = known - {"check", "tried", "csrfmiddlewaretoken"}, []  # the buttons that save nothing
    for typed in ("W" * 6000, "-99999999999999999999", ""):
        with put_back():
            answer = client.post(world.path(example), dict.fromkeys(names, typed))
        found += NOT_OURS.findall(answer.content.decode(errors="replace")) if answer.status_code == 422 else []
    return found


@pytest.mark.seen_once
@pytest.mark.parametrize("example", [each for each in WORDED if sampled(f"{each} in our words", one_in=10)], ids=str)
def test_what_is_wrong_is_said_in_our_words(world: World, calm: Client, example: Example) -> None:
    assert said_by_others(world, calm, example) == []


@pytest.mark.seen_once
def test_control_words_of_others_are_seen(world: World, calm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.validators.MaxLengthValidator.message", "Ensure this value is shorter")
    example = next(each for each in WORDED if str(each) == "commons:add-problems")
    assert "Ensure this value" in said_by_others(world, calm, example)


def test_removing_twice_is_answered(world: World, calm: Client) -> None:
    path = world.at("measures:remove-report")
    assert [calm.post(path, {"x": "\0"}).status_code for _ in range(2)] == [302, 404]


def test_control_a_failing_form_is_seen(world: World, calm: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trustwide.rooms.measures.forms.ColumnsForm.__init__", None)
    assert post(calm, world.at("measures:choose-columns"), {"title": "x"}).status_code == 500
