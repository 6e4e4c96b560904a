"""The forms of a page, read as a browser would: where each leads, what it sends by itself, what can be filled in."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from textwrap import dedent
from typing import Any

from django.forms import Form, ModelForm
from django.test import Client

BUTTONS = {"submit", "image"}
CHOSEN = {"radio", "checkbox"}
#: What somebody would write in a box of each type who means no harm.
PLAIN = {
    "date": "2026-01-05",
    "email": "nia@example.org",
    "number": "3",
    "time": "09:30",
    "url": "https://chat.example.org/hook",
    "password": "a long enough phrase",
}
SENTENCE = "We tried it and it went well"
READ_ALONE = re.compile(r"""(?:POST|FILES)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")


@dataclass
class FormFound:
    """`sent` is what goes with it untouched; `offered` what may be chosen; `files` and `buttons` its names of those."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)  # the types of what is typed into, by name
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {*self.sent, *self.offered, *self.boxes, *self.files, *(name for name, _ in self.buttons)}

    def filled(self) -> dict[str, Any]:
        """What somebody sends who fills in all that is empty, with no file."""
        data: dict[str, Any] = {name: list(values) for name, values in self.sent.items()}
        for name, choices in self.offered.items():
            if not any(data.get(name, [])):
                data[name] = [next((each for each in choices if each), "")]
        for name, kind in self.boxes.items():
            if not any(data.get(name, [])):
                data[name] = [PLAIN.get(kind, SENTENCE)]
        return data


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.found = page, []
        self.form: FormFound | None = None
        self.chooses = self.writes = ""
        self.many = self.picked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = FormFound(has.get("action") or self.page, has.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form and tag == "option" and self.chooses:
            self.form.offered[self.chooses].append(has.get("value", ""))
            if "selected" in has:
                self.form.sent.setdefault(self.chooses, []).append(has.get("value", ""))
        elif self.form and has.get("name") and "disabled" not in has:
            self._field(self.form, tag, has)

    def _field(self, form: FormFound, tag: str, has: dict[str, str]) -> None:
        name, kind = has["name"], has.get("type", "text").lower()
        if tag == "button" or (tag == "input" and kind in BUTTONS):
            form.buttons.append((name, has.get("value", "")))
        elif tag == "select":
            self.chooses = name
            form.offered.setdefault(name, [])
        elif tag == "textarea":
            self.writes = name
            form.sent[name], form.boxes[name] = [""], "text"
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in CHOSEN:
            form.offered.setdefault(name, []).append(has.get("value", "on"))
            if "checked" in has:
                form.sent.setdefault(name, []).append(has.get("value", "on"))
        elif tag == "input":
            form.sent.setdefault(name, []).append(has.get("value", ""))
            if kind != "hidden":
                form.boxes[name] = kind

    def handle_data(self, data: str) -> None:
        if self.form and self.writes:
            self.form.sent[self.writes][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag in ("select", "textarea"):
            self.chooses = self.writes = ""


def forms_of(html: str, page: str) -> list[FormFound]:
    """Those that post; what leads nowhere leads to the page itself."""
    reader = _Reader(page.split("?")[0])
    reader.feed(html)
    return [each for each in reader.found if each.method == "post"]


def form_for(client: Client, path: str) -> FormFound | None:
    """The form that leads to an address: on its own page or, where it has none, on the nearest page above it."""
    parts = path.strip("/").split("/")
    for end in range(len(parts), 0, -1):
        page = f"/{'/'.join(parts[:end])}/"
        answer = client.get(page)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found = [each for each in forms_of(answer.content.decode(), page) if each.action == path]
            if found:
                return max(found, key=lambda each: len(each.names))
    return None


def names_read_by(view: Callable[..., Any]) -> set[str]:
    """The names that a view asks of what was sent: by itself, by a form of ours, or by a function that it calls."""
    names: set[str] = set()
    for each in reached(inspect.unwrap(view)):
        source = dedent(inspect.getsource(each))
        names |= set(READ_ALONE.findall(source))
        for word in {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}:
            form = _global(each, word)
            if inspect.isclass(form) and issubclass(form, Form | ModelForm):
                names |= set(form.base_fields)
    return names


def reached(view: Any, depth: int = 3) -> Iterator[Any]:
    """The functions of ours that one comes to from a view, itself the first."""
    yield view
    for name in view.__code__.co_names if depth else ():
        other = _global(view, name)
        if inspect.isfunction(other) and other.__module__.startswith("trustwide."):
            yield from reached(inspect.unwrap(other), depth - 1)


def _global(function: Any, name: str) -> Any:
    return function.__globals__.get(name)
