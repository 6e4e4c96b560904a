"""What a form is sent in `test_fuzz_forms.py`: as somebody fills it in who means no harm, then a few boxes spoilt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

from tests.house_rules.forms_filled import WORDS, filled, fits, typed
from tests.house_rules.forms_found import FormFound
from tests.house_rules.world import Example, World
from tests.makers import SPREADSHEET

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "1e400", "nan", "∞", "1,5", "\0", "<script>", "' or 1=1 --", "=cmd|x", "\ud83d", "value"]
    ),
    st.sampled_from(
        ["measure", "date", "target", "xmr", "p", "run", "g", "increase", "2026-02-30", "31/2/2026", "on", "x" * 5000]
    ),
)
names = st.sampled_from(
    [
        "a.csv",
        "../../a.csv",
        "a\0.csv",
        ".",
        "x" * 300 + ".csv",
        "a.xlsx",
        "a.parquet",
        "é.CSV",
        "a.png",
        "a.pdf",
        "a.docx",
    ]
)
shreds = st.lists(st.sampled_from(SPREADSHEET.splitlines()), max_size=8).map("\n".join)
contents = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda head, rest: head + rest,
        st.sampled_from(
            [b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf", b"%PDF-", b"\x89PNG"]
        ),
        st.binary(max_size=80),
    ),
    st.builds(lambda text, more: (text + more).encode("utf-8", "ignore"), shreds, st.text(max_size=60)),
)


@dataclass(frozen=True)
class Case:
    """One post: who sends it, what stands in place of what they filled in, whether a button is pressed, and a file."""

    role: str
    spoilt: dict[str, str] = field(default_factory=dict)
    button: int = 0
    name: str = ""
    content: bytes = b""


def cases(roles: Iterable[str], known: set[str]) -> st.SearchStrategy[Case]:
    """By any of the roles; boxes by the names that the form or its view knows, and now and then by another."""
    boxes = st.sampled_from(sorted({*known, "x"} - {"csrfmiddlewaretoken"}))
    spoilt = st.dictionaries(boxes, words, max_size=4)
    file = st.one_of(st.just(""), names)
    return st.builds(Case, st.sampled_from(list(roles)), spoilt, st.integers(0, 9), file, contents)


def as_filled_in(world: World, example: Example, form: FormFound | None, known: set[str]) -> dict[str, Any]:
    """What somebody sends who means no harm; where no page shows the form, a sentence in all that its view reads."""
    plainly = filled(form) if form else dict.fromkeys(sorted(known), WORDS[0])
    return plainly | {name: value(world, example) for name, value in GIVEN.get(example.name, {}).items()}


def body(form: FormFound | None, case: Case) -> dict[str, Any]:
    """What a case puts in place of that. A file goes into every box for one."""
    data: dict[str, Any] = dict(form.pressed(case.button)) if form and case.button else {}
    data |= {name: typed.encode("utf-8", "replace") for name, typed in case.spoilt.items()}
    for box in form.files if form and case.name else ():
        data[box] = SimpleUploadedFile("x", case.content)
        data[box].__dict__["_name"] = case.name.replace("\0", "")
    return data


def other_record(world: World, example: Example) -> Any:
    return next(each for kind, each in world.trust.records.items() if kind != example.kind)


def every_way(form: FormFound | None, name: str) -> list[Any]:
    """What fits into a box; into one for words, what is typed into others too; and nothing."""
    words = not form or not (name in form.choices or name in form.files)
    others = [each for each, *_more in typed().values()] if words else []
    return list(dict.fromkeys([*(fits(form, name) if form else []), *others, ""]))


def put_right(form: FormFound | None, data: dict[str, Any], answer: str, tried: Counter[str]) -> None:
    """Write something else in each box of which a page says that it is wrong; where it names none, choose otherwise."""
    wrong = [name for name in dict.fromkeys(WRONG.findall(answer)) if not form or name in form.names]
    chosen = [name for name, choices in form.choices.items() if len(choices) > 1] if form else list(data)
    for name in wrong or chosen:
        others = every_way(form, name)
        data[name] = others[tried[name] % len(others)]
        tried[name] += 1
    if form and not wrong:
        data |= form.pressed(tried[""])
        tried[""] += 1


#: A page marks what is wrong beside its box.
WRONG = re.compile(r'id="([\w-]+)-error"')
#: What a form needs that no page tells.
GIVEN: dict[str, dict[str, Callable[[World, Example], Any]]] = {
    "commons:link": {
        "meaning": lambda world, example: "came-from",
        "other": lambda world, example: str(other_record(world, example).pk),
    },
    "commons:local-need": {"local": lambda world, example: "1"},
    "decisions:offer": {"first": lambda world, example: "09:30", "last": lambda world, example: "11:00"},
    "devices:my-pin": {"pin": lambda world, example: "482915", "again": lambda world, example: "482915"},
    "measures:choose-columns": dict.fromkeys(
        ("numerator", "denominator", "target", "segment", "exclude", "note"), lambda world, example: ""
    ),
    "measures:numbers": {"pasted": lambda world, example: "2025-02-01\t21", "put_right": lambda world, example: "on"},
    "projects:thank": {"key": lambda world, example: ""},
    "projects:team": {"name": lambda world, example: world.trust.people["manager"].name},
    "places:away": {"deputy": lambda world, example: str(world.trust.people["manager"].pk)},
    "places:away-of": {"deputy": lambda world, example: str(world.trust.people["manager"].pk)},
}
#: Forms that the small world cannot have taken, however they are filled in: why.
NEVER_TAKEN = {
    **dict.fromkeys(("openid_connect_login", "openid_connect_callback"), "no organisation has a sign-in of its own"),
    **dict.fromkeys(("saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata"), "nor has any of the other sort"),
    **dict.fromkeys(("mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"), "signed in it is a page alone"),
    **dict.fromkeys(("places:welcome", "people:end-session"), "no such invitation, or session"),
    **dict.fromkeys(("devices:join", "escalation:by-code"), "needs a code that is shown once"),
    **dict.fromkeys(("places:away", "places:away-of"), "needs a colleague with the same role"),
    **dict.fromkeys(("places:merge", "places:ask", "ideas:merge"), "needs another like it"),
    **dict.fromkeys(
        ("experiments:begin", "projects:study", "projects:decide", "projects:thank"), "its turn comes later"
    ),
    **dict.fromkeys(("escalation:helped", "escalation:agree", "boards:arrange"), "its turn comes later"),
    **dict.fromkeys(("resources:ask-to-agree", "resources:agree", "resources:look-back"), "its turn comes later"),
    **dict.fromkeys(("resources:add-benefit", "resources:change-benefit"), "needs numbers that grow from box to box"),
    "demo:sign-in": "no demo is loaded",
    "places:look": "needs the mark of what was shown",
    "decisions:offer": "needs a day and hours that fit one another",
}
