"""The kinds of record that this room owns, and what it tells people of."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.ideas import framing, growing, pages
from trustwide.rooms.ideas.models import (
    ALREADY,
    CHANGED,
    FRAMED,
    FRAMING,
    GO_AHEAD,
    KEPT,
    LET_GO,
    MERGED,
    NEW,
    NOT_NOW,
    SOLVED,
    STOPPED,
    TALKING,
    TRYING,
    WORKING,
    Idea,
    Problem,
)  # fmt: skip

for _kind in (
    notices.NoticeKind(
        "idea-answered",
        _("%(who)s replied to this idea"),
        _("Somebody replies to an idea of mine, or one that I support"),
        _("Somebody replies to an idea"),
    ),
    notices.NoticeKind(
        "outcome", _("%(who)s told what came of this idea"), _("Somebody tells what came of an idea that I support")
    ),
    notices.NoticeKind(
        "reworded", _("%(who)s wrote this idea in later words"), _("An idea that I support is written in later words")
    ),
    notices.NoticeKind(
        "merged-idea", _("This idea became part of another"), _("An idea that I support becomes part of another")
    ),
    notices.NoticeKind(
        "framed",
        _("The problem is framed: you can put your idea in now"),
        _("A problem is framed for which an idea of mine waits"),
        asks=lambda person: Q(record__created_by=person.pk, record__stage=DRAFT),
    ),
    notices.NoticeKind(
        "asks-everyone", _("%(who)s asks all staff about this"), in_channel=_("The board asks all staff something")
    ),
):
    notices.register(_kind)

register(
    Kind(
        model=Problem,
        address="problems",
        in_menu=False,
        one=_("problem"),
        many=_("Problems"),
        why=_("What is not right yet, told from several sides before anybody answers it. Anyone can begin one."),
        example=_("People wait two hours for a lift home after they may leave."),
        write=_("Tell of a problem"),
        form="trustwide.rooms.ideas.forms.ProblemForm",
        typed=("title", "happens", "touches", "since", "known_by", "patients_say", "staff_say"),
        stages=(
            Stage(FRAMING, _("Being framed"), _("Frame it again"), quiet=True),
            Stage(FRAMED, _("Framed"), _("It is framed")),
            Stage(WORKING, _("Being worked on"), _("We are working on it"), quiet=True),
            Stage(SOLVED, _("Solved"), _("It is solved"), closed=True),
            Stage(LET_GO, _("Let go"), _("Let it go"), closed=True),
        ),
        parts="ideas/problem-parts.jinja",
        shows=pages.of_problem,
        saved=framing.tell_those_held,
        enters=framing.enter,
        fact=pages.problem_fact,
        due=_("It is time to look at this problem again"),
        tried_before=True,
    )
)
register(
    Kind(
        model=Idea,
        address="ideas",
        one=_("idea"),
        many=_("Ideas"),
        why=_("Anyone can have one. Each gets a reply within ten working days, and the best reply is “go ahead”."),
        example=_("Keep a spare chair at each lift, so that nobody walks to the store for one."),
        write=_("Have an idea"),
        form="trustwide.rooms.ideas.forms.IdeaForm",
        typed=("title", "more"),
        stages=(
            Stage(NEW, _("New")),
            Stage(DRAFT, _("Waits until its problem is framed")),
            Stage(GO_AHEAD, _("Go ahead")),
            Stage(TALKING, _("Let us try it together")),
            Stage(TRYING, _("Being tried")),
            Stage(KEPT, _("Tried, and kept"), closed=True),
            Stage(CHANGED, _("Tried, changed and kept"), closed=True),
            Stage(STOPPED, _("Tried, and stopped"), closed=True),
            Stage(ALREADY, _("Done or being tried already"), closed=True),
            Stage(NOT_NOW, _("Not now"), closed=True),
            Stage(MERGED, _("Part of another idea"), closed=True),
            Stage(LET_GO, _("Let go"), _("Let it go"), closed=True),
        ),
        helps=False,
        parts="ideas/idea-parts.jinja",
        shows=pages.of_idea,
        begins=growing.begin,
        waits=(NEW,),
        saved=growing.note,
        enters=growing.enter,
        fact=pages.idea_fact,
        tells=pages.what_was_tried,
        due=_("This idea waits for your word: a reply, or what came of it"),
        tried_before=True,
        again=pages.again_words,
        columns=(
            (_("People who support it"), lambda idea: idea.supported),
            (_("Times it was written in later words"), lambda idea: idea.worded - 1),
        ),
        beside=((_("What you may try without asking: the safe limits"), "../safe-limits/"),),
        button=20,
    )
)
