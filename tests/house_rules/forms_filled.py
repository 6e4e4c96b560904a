"""Forms filled so that they are taken: what fits into a box is what its own form class says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.house_rules.forms_shown import Found, forms_on
from trustwide.rooms.people.clock import today

Body = dict[str, Any]
TRIES = 8  # how often a form that was refused is filled in another way
FILES = {"a.csv": b"date,value\n2025-01-01,3\n2025-02-01,4\n", "a.txt": b"We try to be kind."}
#: What is typed, the likeliest first: words, a number, days, a link, a PIN, a colleague, another organisation.
WORDS = ["We tried it", "3", "https://chat.example.org/room", "482915", "manager Willow Park", "Willow Parc"]
IN_A_WEEK, YESTERDAY = 7, -1
TAKEN = (200, 302)


@contextmanager
def put_back() -> Iterator[None]:
    """What is done within it is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


def fits(box: forms.Field | None, choices: list[str]) -> list[Any]:
    """What may be put into a box, the likeliest first."""
    if isinstance(box, forms.FileField):
        return [SimpleUploadedFile(name, content) for name, content in FILES.items()]
    if isinstance(box, forms.DateField):
        return [f"{today() + timedelta(days=days):%d/%m/%Y}" for days in (IN_A_WEEK, YESTERDAY)]
    if isinstance(box, forms.TimeField):
        return ["09:30", "11:30"]
    if isinstance(box, forms.EmailField):
        return ["new.person@example.org", "newer.person@example.org"]
    if isinstance(box, forms.IntegerField | forms.DecimalField):
        return ["3", "1", "40"]
    return choices or WORDS


@dataclass
class Filling:
    """A form that is filled until it is taken."""

    form: Found
    client: Client
    made: list[forms.BaseForm]  # by the view, when the page was shown or the form was sent last
    turns: dict[str, int] = field(default_factory=dict)  # which of what fits stands in a box; none while it is as shown

    def box(self, name: str) -> forms.Field | None:
        """What the form's class says of a box."""
        return next(
            (each.fields[found] for each in self.made for found in each.fields if each.add_prefix(found) == name), None
        )

    def may_be(self, name: str) -> list[Any]:
        return fits(self.box(name), [each for each in self.form.choices.get(name, []) if each])

    def must_be_filled(self, name: str) -> bool:
        box = self.box(name)
        return bool(box and box.required and not any(self.form.shown.get(name, [])))

    def body(self, **instead: Any) -> Body:
        """What is sent; a file is sent from its beginning."""
        sent: Body = {name: list(values) for name, values in self.form.shown.items()}
        for name in self.form.boxes:
            if self.must_be_filled(name):
                self.turns.setdefault(name, 0)
            if name in self.turns and (may_be := self.may_be(name)):
                sent[name] = may_be[self.turns[name] % len(may_be)]
        return sent | {name: value for name, value in self.form.buttons if name} | instead

    def press(self, body: Body) -> Any:
        for each in body.values():
            if isinstance(each, SimpleUploadedFile):
                each.seek(0)
        with forms_made() as self.made:
            return self.client.post(self.form.to, body)

    def learn(self) -> None:
        """What was refused is filled in another way; everything, where nobody says what was wrong."""
        wrong = {each.add_prefix(name) for each in self.made if each.is_bound for name in each.errors}
        for name in wrong.intersection(self.form.boxes) or self.form.boxes:
            self.turns[name] = self.turns.get(name, -1) + 1


def forms_of(client: Client, pages: Iterable[str]) -> dict[str, Found]:
    """One form of each name, of all that are on some pages."""
    found: dict[str, Found] = {}
    for page in pages:
        for each in forms_on(client, page):
            found.setdefault(each.name, each)
    return found


def once_taken(form: Found, client: Client, then: Callable[[Filling, Body, Any], Any]) -> Any:
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
