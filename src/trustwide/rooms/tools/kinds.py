"""The kind of record that this room owns, and how it shows on the pages of what a drawing came from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import joined
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.tools import drawing_page, keeping
from trustwide.rooms.tools.models import Drawing

register(
    Kind(
        model=Drawing,
        address="drawings",
        one=_("drawing"),
        many=_("Drawings"),
        why=_("Pictures that we draw together, to see why something happens or what would make it better."),
        example=_("Driver diagram: what would bring tablets to take home by 11."),
        write=_("Start a drawing"),
        form="trustwide.rooms.tools.forms.DrawingForm",
        typed=("title", "head", "lines"),
        stages=(
            Stage("live", _("In use"), _("Use it again")),
            Stage("past", _("Put away"), _("Put it away"), closed=True),
        ),
        helps=False,
        parts="tools/drawing-parts.jinja",
        shows=drawing_page.of_drawing,
        team=keeping.draws_along,
        begins=keeping.begin,
        saved=keeping.check_kept,
        fact=drawing_page.fact,
        due=_("It is time to look at this drawing again"),
        begin="../tools/",
        in_menu=False,
    )
)
joined.register(
    joined.JoinedKind(
        Drawing._meta.label_lower,
        "tools/joined.jinja",
        drawing_page.of_joined,
        offer=_("Draw a picture about this"),
        offer_at="tools/",
        offered_on=("objectives", "problems", "projects", "ideas", "experiments"),
    )
)
