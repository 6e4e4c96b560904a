"""The people that a visitor of the demo can be, each in one sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import PERSONAS

PERSONA_WORDS: dict[str, tuple[Any, Any]] = {
    "nurse": (_("I am a nurse"), _("I work on Ward 7. I have two minutes.")),
    "ward-leader": (_("I am a ward leader"), _("I lead Ward 7, on the floor and in the office.")),
    "porter": (_("I am a porter"), _("I see every ward, and nobody asks me.")),
    "manager": (_("I am a manager"), _("I look after elderly care, between the wards and the board.")),
    "improver": (_("I am an improver"), _("I help teams to try things and to learn.")),
    "analyst": (_("I am an analyst"), _("I look after the measures and their charts.")),
    "director": (_("I am a director"), _("I answer for medicine.")),
    "chief-executive": (_("I am the chief executive"), _("I want to know what gets in people’s way.")),
    "chair": (_("I am the chair"), _("I lead the board, and ask what the charts mean.")),
    "governor": (_("I am a governor"), _("I speak for the people who live here.")),
    "service-user": (_("I am a service-user partner"), _("I was a patient here; now I help Ward 7 to improve.")),
    "partner-guest": (_("I am a guest from the council"), _("I was asked in to work with elderly care.")),
    "administrator": (_("I am an administrator"), _("I look after people and places in Trustwide.")),
}


def persona(key: str) -> Person | None:
    """The account of a persona, found by its name and the form of the demo's addresses."""
    if key not in PERSONAS:
        return None
    stem = PERSONAS[key][0].lower().replace(" ", ".")
    return Person.objects.filter(email__startswith=f"{stem}.", email__endswith="@example.org").first()
