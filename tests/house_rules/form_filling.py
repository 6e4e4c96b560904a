"""The forms of a page, filled in as somebody might who types a little in each empty field and presses the button."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: What is typed in an empty field, by what it asks for; a box of text gets words.
TYPED = {
    "date": "2027-03-01",
    "email": "jo@example.org",
    "number": "3",
    "time": "09:00",
    "url": "https://a.example.org",
}
WORDS, DAY, NUMBER = "Words of somebody", "1/3/2027", "3"
#: How the names of fields end in which a day is typed.
OF_A_DAY = ("on", "day", "until", "starts", "ends", "by", "week")
BUTTONS = ("submit", "button", "reset", "image")


def typed_in(name: str, told: dict[str, str]) -> str:
    """What somebody types in an empty field of one line."""
    if told.get("type") == "hidden":
        return ""
    if name.split("_")[-1] in OF_A_DAY or name == "next_review":
        return DAY
    return NUMBER if told.get("inputmode") == "numeric" else TYPED.get(told.get("type", ""), WORDS)


@dataclass
class Form:
    """Where it goes, by which method, and what it sends; `choices` are the options of the list that is being read."""

    action: str
    method: str
    sends: dict[str, str] = field(default_factory=dict)
    pressed: bool = False

    def take(self, name: str, value: str, *, over: bool = False) -> None:
        if name and (over or name not in self.sends):
            self.sends[name] = value


class Forms(HTMLParser):
    """Reads the forms of a page that send something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open: Form | None = None
        self.listed, self.area = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(told.get("action", ""), told.get("method", "get").lower())
            self.found.append(self.open)
        elif self.open:
            self._read(tag, told, self.open)

    def _read(self, tag: str, told: dict[str, str], form: Form) -> None:
        name, sort, value = told.get("name", ""), told.get("type", "text"), told.get("value", "")
        if tag == "select":
            self.listed = name
        elif tag == "option" and value and self.listed:
            form.take(self.listed, value, over="selected" in told)
        elif tag == "textarea":
            self.area = name
            form.take(name, "")
        elif tag == "button" or sort in BUTTONS:
            if not form.pressed:
                form.take(name, value)
            form.pressed = True
        elif tag == "input" and sort in ("radio", "checkbox"):
            form.take(name, value or "on", over="checked" in told)
        elif tag == "input" and sort != "file":
            form.take(name, value or typed_in(name, told))

    def handle_data(self, data: str) -> None:
        if self.area and self.open:
            self.open.sends[self.area] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.open and self.area:
            self.open.sends[self.area] = self.open.sends[self.area].strip() or WORDS
            self.area = ""
        elif tag == "select":
            self.listed = ""
        elif tag == "form":
            self.open = None
