"""What is typed in a box, as its page and its form's class say; and forms that are filled in until they are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.house_rules.forms_found import FormFound
from tests.house_rules.put_back import put_back
from trustwide.rooms.people.clock import today

Body = dict[str, Any]
TRIES = 8  # how often a form that was refused is filled in another way
#: What is typed, the likeliest first: words, a number, a link, a PIN, a colleague, another organisation.
WORDS = ["We tried it", "3", "https://chat.example.org/room", "482915", "manager Willow Park", "Willow Parc"]
FILES = {
    "a.csv": "date,value\n2025-01-01,3\n2025-02-01,4\n",
    "a.txt": "We try to be kind.",
    "places.csv": "level,name,under\nteam,Ward 8,Willow Park\n",
    "people.csv": "name,email,role,place,action\nJo Hill,jo@example.org,staff,Ward 7,join\n",
    "table.csv": "measure,date,value\nFalls,2026-01-05,3\nFalls,2026-02-05,4\n",
}
IN_A_WEEK, YESTERDAY = 7, -1
TAKEN = (200, 302)
#: What a box is for, as its form's class says; and how its name ends where a day is typed, as many pages say it.
FOR = {
    forms.FileField: "file",
    forms.DateField: "day",
    forms.TimeField: "time",
    forms.EmailField: "email",
    forms.IntegerField: "number",
    forms.DecimalField: "number",
}
OF_A_DAY = ("on", "day", "until", "starts", "ends", "by", "week", "review")


def typed() -> dict[str, list[str]]:
    """What is typed in an empty box of each kind, the likeliest first."""
    return {
        "text": WORDS,
        "day": [f"{today() + timedelta(days=days):%d/%m/%Y}" for days in (IN_A_WEEK, YESTERDAY)],
        "time": ["09:30", "11:30"],
        "email": ["new.person@example.org", "newer.person@example.org"],
        "number": ["3", "1", "40", "482915"],
        "url": ["https://chat.example.org/room"],
        "password": ["a long enough phrase"],
    }


def fits(form: FormFound, name: str, box: forms.Field | None = None) -> list[Any]:
    """What may be put into a box, the likeliest first; its form's class, where that is known, says what it is for."""
    if name in form.choices:
        return [each for each in form.choices[name] if each] or [""]
    kind = next((kind for each, kind in FOR.items() if isinstance(box, each)), form.boxes.get(name, ""))
    if kind == "file":
        return [SimpleUploadedFile(each, content.encode()) for each, content in FILES.items()]
    if not box and name.split("_")[-1] in OF_A_DAY:
        kind = "day"
    return typed().get(kind, WORDS)


def filled(form: FormFound) -> Body:
    """What somebody sends who fills in all that is empty, with no file and no button."""
    sent: Body = {name: list(values) for name, values in form.shown.items()}
    for name, kind in form.boxes.items():
        if kind != "file" and not any(sent.get(name, [])):
            sent[name] = fits(form, name)[:1]
    return sent


def from_the_start(body: Body) -> Body:
    """A file is sent from its beginning, each time."""
    for each in body.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    return body


@contextmanager
def forms_made() -> Iterator[list[forms.BaseForm]]:
    """Within it, each form that a view makes is noted."""
    made: list[forms.BaseForm] = []
    begin = forms.BaseForm.__init__

    def noted(self: forms.BaseForm, *arguments: Any, **options: Any) -> None:
        made.append(self)
        begin(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms.BaseForm, "__init__", noted)
        yield made


@dataclass
class Filling:
    """A form that is filled until it is taken."""

    form: FormFound
    client: Client
    made: list[forms.BaseForm]  # by the view, when the page was shown or the form was sent last
    turns: dict[str, int] = field(default_factory=dict)  # which of what fits stands in a box; none while it is as shown

    def box(self, name: str) -> forms.Field | None:
        """What the form's class says of a box."""
        return next(
            (each.fields[found] for each in self.made for found in each.fields if each.add_prefix(found) == name), None
        )

    def may_be(self, name: str) -> list[Any]:
        return fits(self.form, name, self.box(name))

    def must_be_filled(self, name: str) -> bool:
        box = self.box(name)
        return bool(box and box.required and not any(self.form.shown.get(name, [])))

    def body(self, **instead: Any) -> Body:
        sent: Body = {name: list(values) for name, values in self.form.shown.items()}
        for name in self.form.boxes:
            if self.must_be_filled(name):
                self.turns.setdefault(name, 0)
            if name in self.turns and (may_be := self.may_be(name)):
                sent[name] = may_be[self.turns[name] % len(may_be)]
        return sent | self.form.pressed() | instead

    def press(self, body: Body) -> Any:
        with forms_made() as self.made:
            return self.client.post(self.form.to, from_the_start(body))

    def learn(self) -> None:
        """What was refused is filled in another way; everything, where nobody says what was wrong."""
        wrong = {each.add_prefix(name) for each in self.made if each.is_bound for name in each.errors}
        for name in wrong.intersection(self.form.boxes) or self.form.boxes:
            self.turns[name] = self.turns.get(name, -1) + 1


def once_taken(form: FormFound, client: Client, then: Callable[[Filling, Body, Any], Any]) -> Any:
    """What `then` makes of a form that was taken, its body and its answer; None where none ever is. All is undone."""
    with forms_made() as made:
        client.get(form.page)
    filling = Filling(form, client, made)
    for _each in range(TRIES):
        with put_back():
            body = filling.body()
            answer = filling.press(body)
            if answer.status_code in TAKEN:
                return then(filling, body, answer)
        filling.learn()
    return None
