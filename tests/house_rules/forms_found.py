"""The forms of a page, read as a browser would: where each leads, what it sends by itself, what can be filled in."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from textwrap import dedent
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.forms import Form, ModelForm
from django.test import Client
from django.urls import resolve
from lxml.html import FormElement, InputElement, SelectElement, TextareaElement, document_fromstring

CHOSEN = {"radio", "checkbox"}
BUTTONS = {"submit", "image", "button", "reset"}
UNSEEN, UNSENT = BUTTONS | {"hidden"}, BUTTONS | {"file"}
PRESSED = "//button[@form=$id] | .//button[not(@form)] | .//input[@type='submit' or @type='image']"
READ_ALONE = re.compile(r"""(?:POST|FILES)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")


@dataclass
class FormFound:
    """A form that is posted."""

    page: str
    to: str
    shown: dict[str, list[str]] = field(default_factory=dict)  # what is sent if nobody touches it
    choices: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)  # the types of those that people see, by name
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The address it is sent to, by name, with the kind or the step in it and the button."""
        match = resolve(urlsplit(self.to).path)
        more = [match.kwargs[each] for each in ("kind", "what", "step") if each in match.kwargs]
        step = [name if "-" in value or value.isdigit() else f"{name}={value}" for name, value in self.buttons if name]
        return " ".join([match.view_name, *(getattr(each, "address", each) for each in more), *step])

    @property
    def names(self) -> set[str]:
        return {*self.shown, *self.boxes, *dict(self.buttons)} - {""}

    @property
    def files(self) -> list[str]:
        return [name for name, kind in self.boxes.items() if kind == "file"]

    def pressed(self, number: int = 0) -> dict[str, str]:
        """What one of its buttons says."""
        name, value = self.buttons[number % len(self.buttons)] if self.buttons else ("", "")
        return {name: value} if name else {}


def _read(page: str, form: FormElement) -> FormFound:
    buttons = form.xpath(f"({PRESSED})[not(@disabled or @type='button')]", id=form.get("id", ""))
    told = [(each.get("name", ""), each.get("value", "")) for each in buttons]
    found = FormFound(page, urljoin(page, form.get("action", "")), buttons=told)
    for box in form.inputs:
        if box.name and "disabled" not in box.attrib:
            _take(found, box, getattr(box, "type", box.tag))
    return found


def _take(found: FormFound, box: InputElement | SelectElement | TextareaElement, kind: str) -> None:
    if kind in CHOSEN:
        found.choices.setdefault(box.name, []).append(box.get("value", "on"))
    elif kind == "select":
        found.choices[box.name] = box.value_options
    if sent := _sent(box, kind):
        found.shown.setdefault(box.name, []).extend(sent)
    if kind not in UNSEEN:
        found.boxes.setdefault(box.name, "number" if box.get("inputmode") == "numeric" else kind)


def _sent(box: InputElement | SelectElement | TextareaElement, kind: str) -> list[str]:
    """What is sent of it untouched: what is empty too, and a text without the end of the line that its tag is on."""
    if kind in CHOSEN:
        return [box.get("value", "on")] if box.checked else []
    if kind == "select":
        return [each for each in (box.value if box.multiple else [box.value]) if each is not None]
    return [] if kind in UNSENT else [(box.value or "").removeprefix("\n")]


def forms_on(client: Client, page: str) -> list[FormFound]:
    """The forms of a page."""
    answer = client.get(page)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    forms = document_fromstring(answer.content.decode()).forms
    return [_read(page, each) for each in forms if each.method == "POST"]


def forms_of(client: Client, pages: Iterable[str]) -> dict[str, FormFound]:
    """Of the forms on some pages, each with each of its buttons, one of each name."""
    found: dict[str, FormFound] = {}
    for form in (form for page in pages for form in forms_on(client, page)):
        for each in [replace(form, buttons=[button]) for button in form.buttons or [("", "")]]:
            found.setdefault(each.name, each)
    return found


def forms_to(client: Client, path: str) -> list[FormFound]:
    """Those that lead to an address: on its own page or, where it has none, on the nearest page above it."""
    parts = path.strip("/").split("/")
    pages = (f"/{'/'.join(parts[:end])}/" for end in range(len(parts), 0, -1))
    found = ([each for each in forms_on(client, page) if urlsplit(each.to).path == path] for page in pages)
    return next(filter(None, found), [])


def form_for(client: Client, path: str) -> FormFound | None:
    """The fullest of those."""
    return max(forms_to(client, path), key=lambda each: len(each.names), default=None)


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
