"""The kind of record that this room owns, and what people are told of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources import case_page, looking_back
from trustwide.rooms.resources.looking_back import DONE, DROPPED, GOING, WRITTEN
from trustwide.rooms.resources.models import Agreement, Case


def _to_agree_to(person: Person) -> Q:
    """While they are the one to agree, and have not done so since they were asked."""
    agreed = Agreement.objects.filter(case=OuterRef("record"), by=person.pk, at__gte=OuterRef("at"))
    return Q(record__case__partner=person.pk, record__closed_at=None) & ~Exists(agreed)


notices.register(
    notices.NoticeKind(
        "numbers-asked",
        _("%(who)s asks you to agree to the numbers of this case"),
        _("Somebody asks me about numbers"),
        asks=_to_agree_to,
    )
)
notices.register(
    notices.NoticeKind(
        "numbers-agreed", _("%(who)s agreed to the numbers of this case"), _("Somebody agrees to my numbers")
    )
)
register(
    Kind(
        model=Case,
        address="cases",
        one=_("mini business case"),
        many=_("Mini business cases"),
        why=_(
            "One page for what needs more than a pot holds, where the benefit is fairly sure. "
            "After 6 and 12 months we look: did it happen?"
        ),
        example=_("Two hours of a pharmacist each morning: nobody waits all afternoon for tablets."),
        write=_("Write a mini business case"),
        form="trustwide.rooms.resources.forms.CaseForm",
        typed=("title", "trouble", "ask", "kit", "worse"),
        stages=(
            Stage(WRITTEN, _("Being written")),
            Stage(GOING, _("Going ahead")),
            Stage(DONE, _("Looked back at"), closed=True),
            Stage(DROPPED, _("Not taken up"), closed=True),
        ),
        parts="resources/case-parts.jinja",
        shows=case_page.of_case,
        fact=case_page.fact_of,
        enters=looking_back.enter,
        due_by=_("Did it happen? Look back at this case by %(day)s"),
        due=_("Did it happen? Look back at this case"),
        beside=((_("Pots: days and small money, with no case"), "../pots/"),),
        in_menu=False,
    )
)  # fmt: skip
