"""What an executive types."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.purpose.models import Message


class MessageForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Message
        fields: ClassVar[list[str]] = ["title", "text", "sharing"]
        labels: ClassVar[dict[str, Any]] = {"text": _("Your message"), "sharing": _("Who can read it")}
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("Say what you saw, who did it and why it matters to people. A few plain lines are enough."),
        }
        error_messages: ClassVar[dict[str, Any]] = {"text": {"required": _("Write your message")}}
