"""The pages of drawings that commons does not give: the chooser, the start, the editor, print, download, versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.engines.diagrams import TOOLS, DiagramError
from trustwide.rooms.commons import access
from trustwide.rooms.commons.actions import SomeoneChangedThis
from trustwide.rooms.commons.gates import address_of, at_kind, at_record
from trustwide.rooms.commons.kinds import Kind
from trustwide.rooms.commons.queries import places_to_add, readable_record
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.tools import actions, choosing, drawing_page, editor, versions_page
from trustwide.rooms.tools.forms import DrawingForm
from trustwide.rooms.tools.models import Drawing

forms_too = require_http_methods(["GET", "HEAD", "POST"])


@at_organisation
@require_safe
def choose(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Which tool fits: from the kind of problem, the time and the data at hand."""
    asked = {name: request.GET.get(name, "") for name in ("problem", "time", "data", "about")}
    about = readable_record(request.user, asked["about"])
    context = {"organisation": organisation, "asked": asked, "about": about, **choosing.context(asked)}
    context["may_add"] = bool(places_to_add(request.user, organisation, choosing.kind()))
    return render(request, "tools/choose.jinja", context)


@at_kind(adding=True)
@forms_too
def start(request: HttpRequest, organisation: Place, kind: Kind, places: list[Place]) -> HttpResponse:
    """A new drawing with a tool that was chosen, about a record where it came from one."""
    sent, asked = (request.POST if request.method == "POST" else None), request.GET
    tool = TOOLS.get(asked.get("tool", ""), TOOLS["driver-diagram"])
    about = readable_record(request.user, (asked if sent is None else sent).get("about", ""))
    initial = {"place": asked.get("place") or places[0].slug, "about": about.pk if about else ""}
    initial["head"] = drawing_page.head_from(request.user, tool, about) if sent is None else ""
    form = DrawingForm(sent, places=places, tool=tool, initial=initial)
    if sent is not None and form.is_valid():
        given: dict[str, Any] = {"fields": {**form.typed(), "tool": tool.key}, "key": form.cleaned_data["key"]}
        number = actions.start_drawing(by=request.user, place=form.place(), about=about, **given)
        first = "&after=0&level=1" if tool.starts_with else ""  # what is written first goes below what is there already
        return redirect(f"/{organisation.slug}/drawings/{number}/edit/?did=begun{first}")
    context = {"organisation": organisation, "form": form, "tool": tool, "about": about, "address_of": address_of}
    return render(request, "tools/start.jinja", context, status=422 if form.errors else 200)


@at_record(may=access.can_change, kind="drawings")
@forms_too
def edit(request: HttpRequest, record: Drawing) -> HttpResponse:
    """Its outline, one row open: add, change, move, take away."""
    sent = request.POST if request.method == "POST" else None
    drawing = drawing_page.of(record)
    at = editor.Open.of(request.GET if sent is None else sent, drawing.rows)
    form = editor.form_of(drawing, at, sent, record.version)
    if sent is not None and (form.is_valid() or sent.get("do") == editor.REMOVE):
        try:
            done = editor.do(request.user, record, at, form, sent.get("do", ""))
            return redirect(f"{address_of(record)}edit/?{done.asked}")
        except SomeoneChangedThis as refusal:
            return _changed_meanwhile(request, record, refusal.record, at, form)
        except DiagramError as refusal:
            form.add_error("text", str(refusal))
    return _editor(request, record, at, form, status=422 if form.errors else 200)


def _changed_meanwhile(request: HttpRequest, record: Drawing, now: Any, at: editor.Open, form: Any) -> HttpResponse:
    """What was typed, in the form of the same row as it stands now."""
    if done := editor.done_already(request.user, now, at, form, request.POST.get("do", "")):
        return redirect(f"{address_of(record)}edit/?{done.asked}")
    now.place, now.organisation = record.place, record.organisation
    drawing = drawing_page.of(now)
    at = editor.found_again(drawing, at, request.POST.get("was", ""))
    placed = {"version": now.version, "row": "" if at.row is None else at.row, "after": at.after}
    form = editor.form_of(drawing, at, {**request.POST.dict(), **placed}, now.version)
    return _editor(request, now, at, form, status=409)


def _editor(request: HttpRequest, record: Drawing, at: editor.Open, form: Any, *, status: int) -> HttpResponse:
    context = editor.context(request.user, record, at, form, request.GET if request.method != "POST" else {})
    context |= {"record": record, "home": address_of(record), "changed": status == 409}
    return render(request, "tools/edit.jinja", context, status=status)


@at_record(kind="drawings")
@require_safe
def sheet(request: HttpRequest, record: Drawing) -> HttpResponse:
    """It alone, to be printed on one page."""
    context = {"record": record, "home": address_of(record), "picture": drawing_page.picture(request.user, record)}
    return render(request, "tools/sheet.jinja", {**context, "drawing": drawing_page.of(record)})


@at_record(kind="drawings")
@require_safe
def download(request: HttpRequest, record: Drawing) -> HttpResponse:
    """It as a picture file, for a slide or a poster."""
    response = HttpResponse(str(drawing_page.picture(request.user, record)), content_type="image/svg+xml")
    name = f"{slugify(record.title)[:60] or record.tool}.svg"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@at_record(kind="drawings")
@require_safe
def versions(request: HttpRequest, record: Drawing) -> HttpResponse:
    """It as it was on two days, side by side."""
    asked = {name: request.GET.get(name, "") for name in ("before", "after")}
    context = {"record": record, "home": address_of(record), **versions_page.context(request.user, record, asked)}
    return render(request, "tools/versions.jinja", context)
