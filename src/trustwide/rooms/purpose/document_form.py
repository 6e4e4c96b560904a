"""The form of a document that is to be checked: a file, or its text pasted."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines.documents import DocumentError, read
from trustwide.rooms.commons.forms import LARGEST_FILE, RecordForm
from trustwide.rooms.people.sent_files import without_virus
from trustwide.rooms.purpose.models import SORTS, DocumentCheck

MOST_LETTERS = 600_000  # some 200 pages, which are read within a minute
TOO_LONG = _("It holds more than 600,000 letters, some 200 pages. Send the part that says what is asked of people")
NOTHING = _("Choose a file, or paste the text of the document")


class DocumentForm(RecordForm):
    """The text of a file is taken out at once and stands in the box from then on: a file cannot be sent back.

    What could tell who a patient is, is looked for in all of it.
    """

    sort = forms.ChoiceField(
        label=_("What kind of document it is"),
        choices=[("", _("Choose one")), *SORTS.items()],
        initial="",
        error_messages={
            "required": _("Choose what kind of document it is"),
            "invalid_choice": _("Choose a kind from the list"),
        },
    )
    file = forms.FileField(
        validators=[without_virus],
        label=_("The document"),
        help_text=_("A Word (DOCX), ODT, PDF or text file up to 10 MB. We keep what we quote from it, not the file."),
        required=False,
        max_length=200,
        error_messages={
            "empty": _("The file is empty. Choose another"),
            "missing": NOTHING,
            "invalid": NOTHING,
            "max_length": _("The file’s name is too long. Give it a shorter one"),
        },
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        help_text=_("The text goes once it was read. Passages that speak of our values stay."),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG},
    )

    class Meta(RecordForm.Meta):
        model = DocumentCheck
        fields: ClassVar[list[str]] = ["title", "sort", "text", "owner", "sharing"]
        labels: ClassVar[dict[str, Any]] = {"title": _("What it is called"), "sharing": _("Who can read what we found")}
        help_texts: ClassVar[dict[str, Any]] = {"title": _("Such as: Job description of a ward clerk")}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if options.get("places") is None:  # what was read is not changed: a new version is a new check
            del self.fields["text"], self.fields["file"]
        self.order_fields(["place", "title", "sort", "file", "text"])

    def clean(self) -> dict[str, Any]:
        asked = "text" in self.fields
        if asked:
            self._take_file()
        given = super().clean() or self.cleaned_data
        if asked and not given.get("text") and not {"file", "text"} & set(self.errors):
            self.add_error("file", NOTHING)
        return given

    def _take_file(self) -> None:
        """The text of the file in place of what was pasted, or why it cannot be read."""
        sent = self.cleaned_data.get("file")
        if not sent:
            return
        if sent.size > LARGEST_FILE:
            self.add_error("file", _("The file is larger than 10 MB. Save it without its pictures"))
            return
        try:
            text = _kept_by_databases(read(sent.name, sent.read()).text).strip()
        except DocumentError as refusal:
            self.add_error("file", str(refusal))
            return
        except ImportError:  # the packages of the extra `documents` are left out
            self.add_error("file", _("PDFs cannot be read here. Copy the text out of it, and paste it below"))
            return
        if not text or len(text) > MOST_LETTERS:
            self.add_error("file", TOO_LONG if text else _("There is no text in it. Choose another"))
            return
        self._errors.pop("text", None)  # type: ignore[union-attr]
        self.data = self.data.copy()  # type: ignore[assignment]
        self.data["text"] = self.cleaned_data["text"] = text  # type: ignore[index]
        self.fields["text"].help_text = _("This is the text of your file. You need not send the file again.")


def _kept_by_databases(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
