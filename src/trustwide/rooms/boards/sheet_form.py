"""The form into which a week's paper sheet is typed, in the short codes that stand on it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.boards.fields import DAY_WORDS, OLDEST, ShiftField
from trustwide.rooms.boards.models import MOST_MINUTES, WHY_NOT
from trustwide.rooms.commons.typing_forms import WritingForm, words_field
from trustwide.rooms.devices.parts import ADDITIONS, Addition
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

HELD = "Y"
#: What stands on the sheet for a huddle that was not held.
LETTERS = {"B": "busy", "F": "few", "L": "lead", "O": "else"}
CODE = re.compile(rf"({HELD}|{'|'.join(LETTERS)})\s*(?:(\d{{1,3}})(?:\s+(\d{{1,2}}))?)?", re.IGNORECASE)
DAYS = 7
LONGEST_TO, LONGEST_WHY = 80, 160
WHOM_WHAT = gettext_lazy("write whom you thank, a comma, and what for, such as: the porters, the chair on Sunday")
SHORTER = gettext_lazy("make it shorter, 80 letters for whom you thank and 160 for what")
TOO_LONG = gettext_lazy(
    "%(day)s: %(minutes)s minutes is too long for a huddle. Write %(most)s or fewer, or leave the minutes out"
)


def letters() -> list[tuple[str, Any]]:
    """The short codes and what they mean, for the sheet and for the form."""
    return [(HELD, _("Yes, we huddled")), *((letter, WHY_NOT[why]) for letter, why in LETTERS.items())]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class SheetForm(WritingForm):
    """One week of one shift. A day that the sheet leaves blank stays blank here: nothing is guessed."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    week = forms.DateField(
        label=gettext_lazy("First day of the sheet"),
        help_text=gettext_lazy("The Monday that stands at its top, such as 3/8/2026."),
        error_messages={"required": DAY_WORDS, "invalid": DAY_WORDS},
    )
    shift = ShiftField()
    thanks = words_field(
        gettext_lazy("Thanks on the sheet, one a line"),
        2_000,
        gettext_lazy("Whom, a comma, what for. Such as: the porters, the chair on Sunday. They go on the board now."),
        lines=True,
    )

    raised = words_field(
        gettext_lazy("What the sheet says was raised and still waits, one a line"),
        2_000,
        gettext_lazy("Each goes to who answers for the team, as a call for help. Such as: the lift lamp is out."),
        lines=True,
    )

    def __init__(self, person: Person | None, team: Place, sent: Any) -> None:
        super().__init__(sent, initial={"week": f"{monday_of(today()):%-d/%-m/%Y}", "shift": "day"})
        self.person, self.team, self.items = person, team, []
        if _raising(person, team) is None:
            del self.fields["raised"]
        wrong = {"max_length": self._unread()}
        for number in range(DAYS):
            name = f"{monday_of(date(2024, 1, 1)) + timedelta(days=number):%A}"
            self.fields[f"day{number}"] = forms.CharField(
                label=_(name), required=False, max_length=12, error_messages=wrong
            )

    @staticmethod
    def _unread() -> str:
        return _("Type it as on the sheet: Y 8 2 is held, 8 minutes, 2 things raised; B, F, L or O is why not")

    def codes(self) -> list[tuple[str, Any]]:
        return letters()

    def clean_week(self) -> date:
        day: date = self.cleaned_data["week"]
        if day.weekday():
            raise forms.ValidationError(_("That is no Monday. The sheet begins on one"))
        if day > today() or (today() - day).days > OLDEST:
            raise forms.ValidationError(_("Check the week: it is to come, or more than a year ago"))
        return day

    def clean_thanks(self) -> list[tuple[str, str]]:
        """Each line as whom and what for."""
        found = []
        for number, line in enumerate(self.cleaned_data["thanks"].splitlines(), 1):
            to, _comma, why = (" ".join(each.split()) for each in line.partition(","))
            if line.strip() and not (to and why):
                raise forms.ValidationError(_("Line %(line)s: %(cure)s") % {"line": number, "cure": WHOM_WHAT})
            if len(to) > LONGEST_TO or len(why) > LONGEST_WHY:
                raise forms.ValidationError(_("Line %(line)s: %(cure)s") % {"line": number, "cure": SHORTER})
            found += [(to, why)] if to else []
        return found

    def clean(self) -> dict[str, Any]:
        said, self.told = super().clean(), []
        self.items = self._items(said)
        for number in range(DAYS):
            text = said.get(f"day{number}", "").strip()
            if text and (found := self._read(number, text)) is not None:
                self.told.append(found)
        if not self.told and not self.errors:
            self.add_error("day0", _("Type at least one day. Leave those blank that the sheet leaves blank"))
        return said

    def _items(self, said: dict[str, Any]) -> list[tuple[Addition, Any]]:
        """A form of what is raised for each line; what that form says of a line is said of it here."""
        addition, found, key = _raising(self.person, self.team), [], said.get("key") or uuid7()
        if addition is None:
            return []
        for number, line in enumerate(filter(None, map(str.strip, said.get("raised", "").splitlines())), 1):
            sent = {"title": line, "sort": "help", "key": str(uuid5(key, f"{number} {line}"))}
            form: Any = addition.form(self.person, self.team, sent)
            if not form.is_valid() and form.asks_for_tick() and self.tick and said.get("no_patient") == self.tick:
                form = addition.form(self.person, self.team, {**sent, "no_patient": form.tick})
            if form.is_valid():
                found.append((addition, form))
            elif "raised" not in self.errors:
                told = {"line": number, "cure": next(iter(form.errors.values()))[0]}
                self.add_error("raised", _("Line %(line)s: %(cure)s") % told)
        return found

    def _read(self, number: int, text: str) -> dict[str, Any] | None:
        code = CODE.fullmatch(text)
        held = code is not None and code[1].upper() == HELD
        if code is None or (code[2] and not held):
            self.add_error(f"day{number}", self._unread())
            return None
        if code[2] and int(code[2]) > MOST_MINUTES:
            told = {"day": self.fields[f"day{number}"].label, "minutes": code[2], "most": MOST_MINUTES}
            self.add_error(f"day{number}", TOO_LONG % told)
            return None
        day = self.cleaned_data.get("week", date.min) + timedelta(days=number)
        if day > today():
            self.add_error(f"day{number}", _("That day is still to come. Leave it blank"))
            return None
        return {
            "day": day,
            "shift": self.cleaned_data.get("shift", ""),
            "held": held,
            "why_not": "" if held else LETTERS[code[1].upper()],
            "minutes": int(code[2]) if code[2] else None,
            "raised": int(code[3]) if code[3] else None,
        }


def _raising(person: Person | None, team: Place) -> Addition | None:
    """How something is raised at a team's board, for who may: the room of what is raised registers it."""
    found = ADDITIONS.get("item")
    return found if found is not None and person is not None and found.open_to(person, team) else None
