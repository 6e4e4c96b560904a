"""Every form on the pages, as a browser has it: where it is sent, and what stands in its boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve


@dataclass
class Found:
    """A form that is posted, and one of its buttons."""

    page: str
    to: str
    shown: dict[str, list[str]] = field(default_factory=dict)  # what is sent if nobody touches it
    choices: dict[str, list[str]] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)  # those that people see
    buttons: list[tuple[str, str]] = field(default_factory=list)
    id: str = ""

    @property
    def name(self) -> str:
        """The address it is sent to, by name, with the kind or the step in it and the button."""
        match = resolve(urlsplit(self.to).path)
        more = [match.kwargs[each] for each in ("kind", "what", "step") if each in match.kwargs]
        step = [name if "-" in value or value.isdigit() else f"{name}={value}" for name, value in self.buttons if name]
        return " ".join([match.view_name, *(getattr(each, "address", each) for each in more), *step])


@dataclass
class Forms(HTMLParser):
    """Reads the forms of a page."""

    page: str
    html: str
    found: list[Found] = field(default_factory=list)
    now: Found | None = None
    writing: str = ""  # the box whose words or options come next
    apart: list[tuple[str, tuple[str, str]]] = field(default_factory=list)  # buttons beside the form that they press

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        for each in self.found:
            each.buttons += [button for form, button in self.apart if form == each.id]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = None
            if told.get("method", "").lower() == "post":
                self.now = Found(self.page, urljoin(self.page, told.get("action", "")), id=told.get("id", ""))
                self.found.append(self.now)
        elif self.now is not None and (take := getattr(self, f"take_{tag}", None)):
            take(self.now, told.get("name", ""), told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        if tag in ("select", "textarea"):
            self.writing = ""

    def handle_data(self, data: str) -> None:
        if self.now is not None and self.writing in self.now.shown and self.writing not in self.now.choices:
            self.now.shown[self.writing][0] += data

    def take_input(self, form: Found, name: str, told: dict[str, str]) -> None:
        kind, value = told.get("type", "text"), told.get("value", "")
        if not name or name == "csrfmiddlewaretoken":
            return
        if kind != "hidden" and name not in form.boxes:
            form.boxes.append(name)
        if kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(value or "on")
        if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in told):
            return
        form.shown.setdefault(name, []).append(value or ("on" if "checked" in told else ""))

    def take_textarea(self, form: Found, name: str, told: dict[str, str]) -> None:
        self.writing, form.shown[name] = name, [""]
        form.boxes.append(name)

    def take_select(self, form: Found, name: str, told: dict[str, str]) -> None:
        self.writing, form.choices[name] = name, []
        form.boxes.append(name)

    def take_option(self, form: Found, name: str, told: dict[str, str]) -> None:
        if self.writing in form.choices:
            form.choices[self.writing].append(told.get("value", ""))
            if "selected" in told or self.writing not in form.shown:
                form.shown[self.writing] = [told.get("value", "")]

    def take_button(self, form: Found, name: str, told: dict[str, str]) -> None:
        button = (name, told.get("value", ""))
        if "form" in told:
            self.apart.append((told["form"], button))
        else:
            form.buttons.append(button)


def forms_on(client: Client, page: str) -> Iterator[Found]:
    """The forms of a page, once for each of their buttons."""
    answer = client.get(page)
    if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
        for each in Forms(page, answer.content.decode()).found:
            yield from (replace(each, buttons=[button]) for button in each.buttons or [("", "")])
