"""Files of places or of people, out and in: a look at what would change first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.engines.sheets import write_csv, write_xlsx
from trustwide.rooms.people.acts import once
from trustwide.rooms.people.limits import EXPORTS, SHEETS, limited
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions_sheets, people_sheet, place_sheet, queries
from trustwide.rooms.places.forms import SheetForm
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.use_sheet import use_sheet

forms_too = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Sheet:
    """What files of places and of people do not share: how they are read, who may, and the words of their pages."""

    what: str
    needs: May
    how: Any  # the module that reads such a file against what is so
    page: str  # where its things are listed; the names of the addresses that send and look at a file
    send: str
    look: str
    heading: Any
    back: Any
    hints: tuple[Any, ...]


PLACES = Sheet(
    "places", May.PLACES, place_sheet, "tree", "send", "look", _("Send a file of places"), _("All places"),
    (_("Leave the address empty for a new place. Places that are not in the file stay as they are."),),
)  # fmt: skip
PEOPLE = Sheet(
    "people", May.PEOPLE, people_sheet, "people", "send-people", "look-people",
    _("Send a file of joiners and leavers"), _("People"),
    (
        _("Give each role a row. The columns are name, email, role, place, starts, ends and action."),
        _("As action write join, change or leave. Leave it empty and we work out which of the first two is meant."),
        _("To end all that somebody holds here, write leave and no role or place."),
        _("People who are not in the file stay as they are."),
    ),
)  # fmt: skip


def exporting(sheet: Sheet) -> View:
    @at_organisation(needs=sheet.needs)
    @limited(EXPORTS)
    @require_safe
    def export(request: HttpRequest, organisation: Place) -> HttpResponse:
        """What is so, as a file that can be sent back."""
        table = sheet.how.table_of(organisation)
        if ending := "xlsx" if request.GET.get("format") == "xlsx" else "":
            response = HttpResponse(write_xlsx(table, title=sheet.what), content_type=XLSX)
        else:
            response = HttpResponse("\ufeff" + write_csv(table), content_type="text/csv; charset=utf-8")
        name = f"{organisation.slug}-{sheet.what}.{ending or 'csv'}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return export  # type: ignore[no-any-return]


def sending(sheet: Sheet) -> View:
    @at_organisation(needs=sheet.needs)
    @limited(SHEETS)
    @forms_too
    def send(request: HttpRequest, organisation: Place) -> HttpResponse:
        """The file; it changes nothing yet."""
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = SheetForm(*sent, initial={"once": uuid4()})
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            said = {"organisation": organisation, "what": sheet.what, "name": file.name, "content": file.read()}
            key = form.cleaned_data["once"]
            kept = once(by=request.user, key=key, act=lambda: actions_sheets.keep_sheet(by=request.user, **said).pk)
            return redirect(f"places:{sheet.look}", organisation=organisation.slug, number=kept)
        context = {"organisation": organisation, "form": form, "kind": sheet}
        return render(request, "places/send.jinja", context, status=422 if form.errors else 200)

    return send  # type: ignore[no-any-return]


def looking(sheet: Sheet) -> View:
    @at_organisation(needs=sheet.needs)
    @forms_too
    def look(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
        """What the file would change, and every problem; the button makes just the changes that were shown."""
        kept = queries.kept_sheet(organisation, sheet.what, number, request.user)
        if kept is None:
            raise Http404
        plan = sheet.how.plan_of(request.user, organisation, bytes(kept.content), kept.name)
        changed = request.method == "POST" and request.POST.get("shown") != plan.shown
        if request.method == "POST" and not changed:
            address = request.build_absolute_uri(reverse("places:welcome", args=["token"]))
            more = {"invite": request.POST.get("invite") == "on", "address": address}
            if not use_sheet(by=request.user, sheet=kept, how=sheet.how, plan=plan, **more) or not plan.errors:
                return redirect(f"places:{sheet.page}", organisation=organisation.slug)
        else:
            sheet.how.carry_out(by=request.user, organisation=organisation, plan=plan, dry=True)
        context = {"organisation": organisation, "sheet": kept, "plan": plan, "kind": sheet, "changed": changed}
        status = 422 if plan.errors else 409 if changed else 200
        return render(request, "places/look.jinja", context, status=status)

    return look  # type: ignore[no-any-return]
