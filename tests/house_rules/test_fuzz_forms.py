"""Whatever a form is sent, the answer is a page: never an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house_rules.world import ASKED, Example, World
from tests.kinds_asked import MODELS
from tests.makers import SPREADSHEET
from tests.shares import sampled
from trustwide.rooms.measures.forms import ROLES

FORMS = [each for each in ASKED if each.post != 405]
WORDED = [each for each in FORMS if each.signed_in]
FIELD_NAME = re.compile(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"')
LOOSE = settings(
    max_examples=max(4, settings.default.max_examples // 100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "1e400", "nan", "∞", "1,5", "\0", "<script>", "' or 1=1 --", "=cmd|x", "\ud83d", "value"]
    ),
    st.sampled_from(
        ["measure", "date", "value", "target", "xmr", "p", "c", "run", "g", "increase", "neutral", "x" * 5000]
    ),
)
fields = {
    "measures:choose-columns": st.sampled_from(["title", "chart", "csrfmiddlewaretoken", *ROLES]),
    "measures:choose-measures": st.builds(
        "{}-{}".format, st.sampled_from(["improvement", "chart", "target"]), st.sampled_from(["0", "1", "-1", "x"])
    ),
}
names = st.one_of(
    st.sampled_from(["a.csv", "../../a.csv", "a\0.csv", ".", "x" * 300 + ".csv", "a.xlsx", "a.parquet", "é.CSV"])
)
shreds = st.lists(st.sampled_from(SPREADSHEET.splitlines()), max_size=8).map("\n".join)
contents = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda head, rest: head + rest,
        st.sampled_from([b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf", b"%PDF-"]),
        st.binary(max_size=80),
    ),
    st.builds(lambda text, more: (text + more).encode("utf-8", "ignore"), shreds, st.text(max_size=60)),
)


def sent_file(name: str, content: bytes) -> tuple[bytes, str]:
    """A body as a hostile program would send it, the file's name untouched, and its kind."""
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


@contextmanager
def put_back() -> Iterator[None]:
    """What a case changed is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def post(client: Client, path: str, data: dict[str, Any]) -> int:
    """The status of a post; a broken transaction is ours too."""
    with put_back():
        answer = client.post(path, data)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return answer.status_code


@pytest.fixture
def calm(world: World) -> Client:
    """A client that takes an error of ours as an answer, as a browser does."""
    browser = Client(raise_request_exception=False)
    browser.force_login(world.trust.everyone)
    return browser


def field_names(world: World, client: Client, example: Example) -> list[str]:
    """The names of the fields that a page's forms send; of the record's page where an address only takes them."""
    page = (client if example.signed_in else Client()).get(world.path(example))
    if page.status_code == 405 and "record" in example.parts:
        page = client.get(
            world.path(replace(example, name="commons:record", parts=RECORD_PARTS | {"kind": example.kind}))
        )
    return sorted({"x", *FIELD_NAME.findall(page.content.decode(errors="replace"))})


RECORD_PARTS = {"organisation": "organisation", "kind": "measures", "record": "record"}


@pytest.mark.seen_once
def test_fields_of_forms_are_found(world: World, calm: Client) -> None:
    some = [each for each in FORMS if each.kind in MODELS and sampled(f"{each} has fields", one_in=4)]
    changed = next(each for each in FORMS if str(each) == "commons:change-messages")
    found = {str(each): len(field_names(world, calm, each)) - 1 for each in [changed, *some]}
    print(f"{len(found)} of {len(FORMS)} forms, {sum(found.values())} fields: {found}")
    assert len(found) > 20
    assert found["commons:change-messages"] >= 4


@LOOSE
@given(name=names, content=contents)
def test_uploads_are_answered(world: World, calm: Client, name: str, content: bytes) -> None:
    with put_back():
        answer = calm.post(world.at("measures:new-report"), *sent_file(name, content))
        assert answer.status_code in (302, 400, 422)
        if answer.status_code == 302:
            assert calm.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("example", [each for each in FORMS if sampled(f"{each} of nonsense", one_in=6)], ids=str)
def test_forms_are_answered(world: World, calm: Client, example: Example) -> None:
    calm = calm if example.signed_in else Client(raise_request_exception=False)
    path, seen = world.path(example), []
    found = st.sampled_from(field_names(world, calm, example))
    keys = fields.get(example.name, found)

    @LOOSE
    @given(data=st.dictionaries(keys, words, max_size=8))
    def fuzz(data: dict[str, str]) -> None:
        seen.append(post(calm, path, {key: value.encode("utf-8", "replace") for key, value in data.items()}))
        assert seen[-1] < 500

    fuzz()
    print(f"{example}: {len(seen)} cases, answers {sorted(set(seen))}")


#: What is wrong, as the web framework says it.
NOT_OURS = re.compile("Ensure this value|Enter a (?:valid|whole|number)|This field is required|Select a valid choice")


def said_by_others(world: World, client: Client, example: Example) -> list[str]:
    """What is said of a form in which everything is too long, too little or missing, in words that are not ours."""
    names, found = set(field_names(world, client, example)) - {"check", "tried"}, []  # the buttons that save nothing
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
    assert post(calm, world.at("measures:choose-columns"), {"title": "x"}) == 500
