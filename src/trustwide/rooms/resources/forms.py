"""What people type about a mini business case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources.looking_back import thought_of
from trustwide.rooms.resources.models import CASH, SORTS, Benefit, Case

LARGEST = 1e9
WHOLE: dict[str, Any] = {"invalid": _("Type a whole number, such as 6"), "min_value": _("Type 0 or more")}


def amount_of(label: Any, help_text: Any = "", required: bool = True) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=-LARGEST,
        max_value=LARGEST,
        widget=forms.NumberInput,
        error_messages={
            "required": _("Type a number"),
            "invalid": _("Type a number in figures, such as 4 or 2.5"),
            "min_value": _("This number is too small to be right"),
            "max_value": _("This number is too large to be right"),
        },
    )


class CaseForm(RecordForm):
    says_what_to_do = ("ask", "kit")

    class Meta(RecordForm.Meta):
        model = Case
        fields: ClassVar[list[str]] = [
            "title", "trouble", "ask", "hours", "people", "money", "kit", "test_weeks", "worse", "owner", "sharing",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("What gets better, and for whom"),
            "sharing": _("Who can read it"),
            "worse": _("What could get worse, and for whom"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("People first, money last, such as: Nobody waits all afternoon for tablets."),
            "trouble": _("What goes wrong now, for whom, how often? No patient details."),
            "ask": _("In a sentence or two. The numbers follow."),
            "hours": _("Leave out what you do not ask for."),
            "test_weeks": _("How long you try it before anybody decides for good."),
            "worse": _("Everything costs something. What should we watch?"),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "trouble": {"required": _("Write what the problem is")},
            "ask": {"required": _("Write what you ask for")},
            "worse": {"required": _("Write what could get worse; “nothing that we can see” will do")},
            **dict.fromkeys(("hours", "people", "money"), WHOLE),
            "test_weeks": {**WHOLE, "required": _("Type how many weeks, such as 12")},
        }


class BenefitForm(WritingForm, forms.ModelForm):
    """One benefit. There is no place for a sum of several: kinds of benefit do not add up."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    low, likely, high = amount_of(_("Low")), amount_of(_("Likely")), amount_of(_("High"))

    class Meta:
        model = Benefit
        fields: ClassVar[list[str]] = ["sort", "what", "unit", "low", "likely", "high", "measured", "budget_line"]
        labels: ClassVar[dict[str, Any]] = {
            "sort": _("What kind of benefit"),
            "what": _("What gets better"),
            "unit": _("Counted in"),
            "measured": _("How it will be measured"),
            "budget_line": _("Which budget line falls"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "what": _("Such as: nurses wait less by the dispensary."),
            "unit": _("Such as: hours a week."),
            "measured": _("Such as: a tally at the hatch, one week each month."),
            "budget_line": _("Only for money that we can take out. Without one, it is not money."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "sort": {"required": _("Choose one from the list"), "invalid_choice": _("Choose one from the list")},
            "what": {"required": _("Write what gets better"), "max_length": _("Make it 160 letters or fewer")},
            "unit": {"required": _("Write what it is counted in"), "max_length": _("Make it 40 letters or fewer")},
            "measured": {"required": _("Write how it is measured"), "max_length": _("Make it 200 letters or fewer")},
            "budget_line": {"max_length": _("Make it 160 letters or fewer")},
        }  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["sort"].choices = [("", _("Choose one")), *SORTS.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        low, likely, high = (given.get(name) for name in ("low", "likely", "high"))
        if None not in (low, likely, high) and not low <= likely <= high:
            self.add_error("likely", _("Likely lies between low and high"))
        if given.get("sort") == CASH and not given.get("budget_line") and "budget_line" not in self.errors:
            self.add_error("budget_line", _("Name the budget line that falls; if none does, choose another kind"))
        return given

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _post_clean(self) -> None:
        """The instance stays as it was read: actions write, forms do not."""


class PartnerForm(forms.Form):
    """Who is to agree to the numbers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    partner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who in finance should look at the numbers?"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person"), "invalid_choice": _("Choose a person from the list")},
    )

    def __init__(self, people: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["partner"].queryset = people
        self.fields["partner"].label_from_instance = lambda person: person.name


class LookBackForm(WritingForm):
    """What was seen of each benefit: a number, or that nobody could tell, and a line of words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, benefits: list[Benefit], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.benefits = benefits
        for place, each in enumerate(benefits):
            label = _("%(what)s: what did you see? (%(unit)s)") % {"what": each.what, "unit": each.unit}
            hint = _("%(thought)s Leave it empty if nobody can tell.") % {"thought": thought_of(each)}
            self.fields[f"value-{place}"] = amount_of(label, hint, required=False)
            self.fields[f"words-{place}"] = forms.CharField(
                label=_("In your words (%(place)s)") % {"place": place + 1},
                max_length=300,
                required=False,
                error_messages={"max_length": _("Make it 300 letters or fewer")},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for place in range(len(self.benefits)):
            names = f"value-{place}", f"words-{place}"
            if not set(names) & set(self.errors) and given.get(names[0]) is None and not given.get(names[1]):
                self.add_error(names[0], _("Type what you saw, or say in words why nobody can tell"))
        return given

    def seen(self) -> dict[Any, tuple[float | None, str]]:
        given = self.cleaned_data
        return {each.pk: (given[f"value-{n}"], given[f"words-{n}"]) for n, each in enumerate(self.benefits)}
