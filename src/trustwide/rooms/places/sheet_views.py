"""Files of places out and in: a look at what would change first, then all of it or nothing."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from trustwide.engines.sheets import write_csv
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions, place_sheet, queries
from trustwide.rooms.places.forms import SheetForm
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place

forms_too = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_organisation(needs=May.PLACES)
@require_safe
def export(request: HttpRequest, organisation: Place) -> HttpResponse:
    table = place_sheet.table_of(organisation)
    if request.GET.get("format") == "xlsx":
        response = HttpResponse(as_xlsx(table), content_type=XLSX)
    else:
        response = HttpResponse("\ufeff" + write_csv(table), content_type="text/csv; charset=utf-8")
    ending = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    response["Content-Disposition"] = f'attachment; filename="{organisation.slug}-places.{ending}"'
    return response


def as_xlsx(table: list[list[str]]) -> bytes:
    """A workbook whose every cell is text. It goes when the sheets engine writes XLSX itself."""
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    for row in table:
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    book.save(out)
    return out.getvalue()


@at_organisation(needs=May.PLACES)
@forms_too
def send(request: HttpRequest, organisation: Place) -> HttpResponse:
    """The file; it changes nothing yet."""
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        sheet = actions.keep_sheet(
            by=request.user, organisation=organisation, what="places", name=file.name, content=file.read()
        )
        return redirect("places:look", organisation=organisation.slug, number=sheet.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "places/send.jinja", context, status=422 if form.errors else 200)


@at_organisation(needs=May.PLACES)
@forms_too
def look(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """What the file would change, and every problem; the button makes the changes."""
    sheet = queries.kept_sheet(organisation, "places", number, request.user)
    if sheet is None:
        raise Http404
    plan = place_sheet.plan_of(request.user, organisation, bytes(sheet.content), sheet.name)
    if request.method == "POST":
        if not place_sheet.use_sheet(by=request.user, sheet=sheet, plan=plan) or not plan.problems:
            return redirect("places:tree", organisation=organisation.slug)
    else:
        place_sheet.carry_out(by=request.user, organisation=organisation, plan=plan, dry=True)
    context = {"organisation": organisation, "sheet": sheet, "plan": plan}
    return render(request, "places/look.jinja", context, status=422 if plan.problems else 200)
