"""What people type about a drawing: its name, what it is about, and one row of it at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines.diagrams import LONGEST, TOOLS, Detail, DiagramError, Row, Tool, read, write
from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.places.reach import TEAM_SHARED
from trustwide.rooms.tools.models import MOST_LETTERS, Drawing

TOO_LONG = _("Keep it to 200 letters")


class DrawingForm(RecordForm):
    """A new one asks for its tool, unless it was chosen before. All rows can be written as text, too."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)
    lines = forms.CharField(
        label=_("All of it as text"),
        help_text=_("A row begins with “- ”, two spaces further in for each level. Its details stand beneath it."),
        required=False,
        strip=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea,
        error_messages={"max_length": _("This is more than a drawing can hold. Take some rows away")},
    )

    class Meta(RecordForm.Meta):
        model = Drawing
        fields: ClassVar[list[str]] = ["tool", "title", "head", "lines", "owner", "sharing"]
        labels: ClassVar[dict[str, Any]] = {
            "tool": _("Which tool"),
            "title": _("What it is called"),
            "head": _("What it is about"),
            "sharing": _("Who can read it"),
        }
        help_texts: ClassVar[dict[str, Any]] = {"title": _("Such as: Tablets to take home, Ward 7")}
        error_messages: ClassVar[dict[str, Any]] = {
            "head": {"max_length": _("Keep it to 300 letters")},
            "tool": {"invalid_choice": _("Choose a tool from the list"), "required": _("Choose a tool")},
        }

    def __init__(self, *arguments: Any, tool: Tool | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        is_new = options.get("places") is not None
        if not is_new or tool:  # a tool that was chosen is not asked about, and its rows come one by one
            del self.fields["lines" if is_new else "tool"]
        known = tool or (None if is_new else TOOLS[self.instance.tool])
        if known is None:
            return
        self.fields["head"].label = _(known.head)
        self.fields.pop("tool", None)  # where it was chosen before
        if known.restricted:
            del self.fields["sharing"]

    def clean_lines(self) -> str:
        tool = self.cleaned_data.get("tool") or self.instance.tool
        try:
            return write(read(TOOLS[tool], self.cleaned_data["lines"]))
        except DiagramError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        tool = TOOLS.get(given.get("tool", ""))
        if tool and tool.restricted:
            given["sharing"] = TEAM_SHARED
        return given


class RowForm(WritingForm):
    """One row of a drawing: its words, where a new one stands, and what a row of that tool can say.

    `row` is the number of one that is there, else the new one comes after the row `after`; `was` is what the row said.
    """

    PLACED = ("version", "row", "after", "was")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sent: Any, tool: Tool, *, levels: list[int], initial: dict[str, Any]) -> None:
        """`levels` are those at which a new row may stand; of one that is there, its own alone."""
        super().__init__(sent, initial=initial)
        self.tool, self.levels, self.is_new = tool, levels, initial.get("row") is None
        name = tool.levels[levels[0]] if len(levels) == 1 else _("The words of the row")
        self.fields["text"] = forms.CharField(
            label=name, required=not self.is_new, max_length=LONGEST,
            error_messages={"required": _("Write something, or take the row away"), "max_length": TOO_LONG},
        )  # fmt: skip
        if len(levels) > 1:
            named = [(str(level), f"{tool.levels[level]} ({level + 1})") for level in levels]
            self.fields["level"] = forms.ChoiceField(
                label=_("What it is, and its level"), choices=named, required=False,
                error_messages={"invalid_choice": _("Choose a level from the list")},
            )  # fmt: skip
        for each in tool.details:
            if any(each in tool.details_at(level) for level in levels):
                self.fields[each.key] = field_of(each)

    @property
    def level(self) -> int:
        return int(self.cleaned_data.get("level") or self.levels[0])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "level" not in self.errors:
            known = {each.key for each in self.tool.details_at(self.level)}
            for each in self.tool.details:
                if given.get(each.key) and each.key not in known:
                    self.add_error(each.key, _("This kind of row has none. Leave it empty, or choose another level"))
        return given

    def written(self) -> Row:
        """The row as it was typed."""
        details = {}
        for each in self.tool.details:
            value = self.cleaned_data.get(each.key)
            if value not in (None, "", False):
                details[each.key] = "yes" if value is True else str(value)
        return Row(self.cleaned_data["text"], self.level, details)

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data["text"]


def field_of(detail: Detail) -> forms.Field:
    """What asks for a detail of a row."""
    asked: dict[str, Any] = {
        "label": _(detail.label),
        "help_text": _(detail.hint) if detail.hint else "",
        "required": False,
    }
    if detail.sort == "number":
        wrong = _("Write a whole number from %(low)s to %(high)s") % {"low": detail.low, "high": f"{detail.high:,}"}
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        return forms.IntegerField(**asked, min_value=detail.low, max_value=detail.high, error_messages=messages)
    if detail.sort == "choice":
        choices = [("", _("Not said")), *((key, _(words)) for key, words in detail.choices)]
        return forms.ChoiceField(**asked, choices=choices, error_messages={"invalid_choice": _("Choose one of them")})
    if detail.sort == "tick":
        return forms.BooleanField(**asked)
    return forms.CharField(**asked, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
