"""The kinds of record that this room owns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import GROUP, ORGANISATION
from trustwide.rooms.purpose import document_page, record_parts
from trustwide.rooms.purpose.agreement import note_wording
from trustwide.rooms.purpose.document_reading import put_off
from trustwide.rooms.purpose.models import BENEFITS, MONEY, DocumentCheck, Message, Objective, Strategy, Value
from trustwide.rooms.purpose.priorities import enter

notices.register(
    notices.NoticeKind(
        "answered", _("%(who)s said something about this objective"), _("The other side of my objective says something")
    )
)

register(
    Kind(
        model=Strategy,
        address="strategies",
        one=_("strategy"),
        many=_("Strategies"),
        why=_("Why we are here and how we get better, on one page that everyone can read."),
        example=_("People in our valley get the care they need soon, and are home again sooner."),
        write=_("Write a strategy"),
        form="trustwide.rooms.purpose.forms.StrategyForm",
        typed=(
            "title", "colleagues", "patients", "service_users", "local_people", "method_name", "method", "expect",
        ),
        stages=(
            Stage(DRAFT, _("Draft")),
            Stage("live", _("In use"), _("Use it")),
            Stage("past", _("No longer in use"), _("Put it away"), closed=True),
        ),
        add=May.SPEAK,
        helps=False,
        levels=(GROUP, ORGANISATION),
        parts="purpose/strategy-parts.jinja",
        due=_("It is time to look at the strategy again"),
        in_menu=False,
    )
)  # fmt: skip
register(
    Kind(
        model=Value,
        address="values",
        one=_("value"),
        many=_("Values"),
        why=_("What we stand by, in what people can be seen to do. We talk about each one every year."),
        example=_("Kind: we say sorry before we explain."),
        write=_("Add a value"),
        form="trustwide.rooms.purpose.forms.ValueForm",
        typed=("title", "behaviours", "in_method", "conversation"),
        stages=(
            Stage("live", _("One of our values"), _("Take it up again")),
            Stage("past", _("No longer one of our values"), _("Let it go"), closed=True),
        ),
        add=May.SPEAK,
        helps=False,
        levels=(GROUP, ORGANISATION),
        parts="purpose/value-parts.jinja",
        shows=record_parts.of_value,
        fact=record_parts.value_fact,
        due=_("The yearly talk about this value is overdue"),
        in_menu=False,
    )
)
register(
    Kind(
        model=Objective,
        address="objectives",
        one=_("objective"),
        many=_("Objectives"),
        why=_("What we want to get better at now. A few at a time, agreed with those above and below."),
        example=_("Nobody on our ward waits all afternoon for tablets to take home."),
        write=_("Propose an objective"),
        form="trustwide.rooms.purpose.forms.ObjectiveForm",
        typed=("title", *BENEFITS, MONEY, "stop_reason"),
        stages=(
            Stage("proposed", _("Proposed")),
            Stage("live", _("Live")),
            Stage("paused", _("Paused"), _("Pause it"), quiet=True),
            Stage("stopped", _("Stopped"), closed=True),
            Stage("done", _("Done"), _("It is done"), closed=True),
        ),
        add=May.CHANGE,
        parts="purpose/objective-parts.jinja",
        shows=record_parts.of_objective,
        saved=note_wording,
        enters=enter,
        due=_("It is time to look at this objective again"),
        tried_before=True,
        wished=True,
        in_menu=False,
    )
)
register(
    Kind(
        model=Message,
        address="messages",
        in_menu=False,
        one=_("message"),
        many=_("Messages"),
        why=_("What our executives have seen of our values in the work, in their own words."),
        example=_("On Tuesday the porters showed me how they cut the wait for a chair from 20 minutes to 5."),
        write=_("Write a message"),
        form="trustwide.rooms.purpose.forms.MessageForm",
        typed=("title", "text"),
        stages=(
            Stage(DRAFT, _("Draft")),
            Stage("posted", _("Posted"), _("Post it")),
            Stage("withdrawn", _("Withdrawn"), _("Withdraw it"), closed=True),
        ),
        add=May.SPEAK,
        helps=False,
        levels=(GROUP, ORGANISATION),
        parts="purpose/message-parts.jinja",
        shows=record_parts.of_message,
        beside=((_("The public ones as a feed (Atom), for a reader of feeds"), "feed/"),),
        takes_comments=lambda message: message.comments_open,
        button=50,
    )
)
register(
    Kind(
        model=DocumentCheck,
        address="document-checks",
        one=_("document check"),
        many=_("Document checks"),
        why=_("Do our job descriptions and adverts say what we stand by? A check finds where, and what is missing."),
        example=_("Job description of a ward clerk: carries Kind and Together, says nothing of Curious."),
        write=_("Check a document"),
        form="trustwide.rooms.purpose.document_form.DocumentForm",
        typed=("title", "quotes"),
        stages=(
            Stage("live", _("In use"), _("Use it again")),
            Stage("past", _("Put away"), _("Put it away"), closed=True),
        ),
        helps=False,
        parts="purpose/document-parts.jinja",
        shows=document_page.of_check,
        saved=put_off,
        fact=document_page.check_fact,
        due=_("It is time to check this document again"),
        beside=((_("What all our documents carry"), "coverage/"),),
        in_menu=False,
    )
)
