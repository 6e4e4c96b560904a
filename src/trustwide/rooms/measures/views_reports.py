"""Pages of board reports: a file becomes a report of an organisation, in three steps."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trustwide.engines.spc.model import Problem
from trustwide.rooms.measures import actions, importing, queries
from trustwide.rooms.measures.board_report import BLOCKS_A_PAGE, BoardReport
from trustwide.rooms.measures.forms import ROLES, ColumnsForm, MeasuresForm, UploadForm
from trustwide.rooms.measures.models import MeasureSet, Upload
from trustwide.rooms.measures.report_pdf import report_as_pdf
from trustwide.rooms.people.acts import once
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

REPORTS_A_PAGE = 50
makes_reports = at_organisation(inside=True, needs=May.MEASURE)


@at_organisation(inside=True)
@require_safe
def reports(request: HttpRequest, organisation: Place) -> HttpResponse:
    may_make = reach_of(request.user).may(May.MEASURE, organisation)
    found = Paginator(queries.reports(organisation), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "reports": found, "may_make": may_make}
    return render(request, "measures/reports.jinja", context)


@makes_reports
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest, organisation: Place) -> HttpResponse:
    """Step one: the file."""
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            preview, problems = importing.preview(file.name, file.read())
            if preview is not None:
                file.seek(0)
                said = {"organisation": organisation, "name": file.name, "content": file.read()}
                key = form.cleaned_data["key"]
                kept = once(by=request.user, key=key, act=lambda: actions.keep_upload(by=request.user, **said).pk)
                return redirect("measures:choose-columns", organisation.slug, kept)
            return _new_report_page(request, organisation, form, problems)
    return _new_report_page(request, organisation, form, [])


def _new_report_page(
    request: HttpRequest, organisation: Place, form: UploadForm, problems: list[Problem]
) -> HttpResponse:
    context = {"organisation": organisation, "form": form, "problems": problems}
    return render(request, "measures/new-report.jinja", context, status=status_of(form, problems))


@makes_reports
@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """Step two: which column is what; then every problem row by row, or on to the measures."""
    upload = upload_or_404(request, organisation, number)
    preview, problems = importing.preview(upload.name, bytes(upload.content))
    if preview is None:
        raise Http404
    form = ColumnsForm(preview.headers, sent(request), initial=importing.said_of(upload))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        problems = importing.read_upload(upload, form.mapping, chosen["chart"]).problems
        if all(problem.warning for problem in problems):
            actions.describe_upload(
                by=request.user, upload=upload, title=chosen["title"], chart=chosen["chart"], columns=form.mapping
            )
            return redirect("measures:choose-measures", organisation.slug, upload.pk)
    context = {"organisation": organisation, "form": form, "preview": preview, "problems": problems}
    context |= {"roles": ROLES, "upload": upload}
    return render(request, "measures/choose-columns.jinja", context, status=status_of(form, problems))


@makes_reports
@require_http_methods(["GET", "HEAD", "POST"])
def choose_measures(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """Step three: which way is better for each measure, and its target; then the report."""
    upload = upload_or_404(request, organisation, number)
    read = importing.read_upload(upload, upload.columns, upload.chart)
    if read.batch is None:
        return redirect("measures:choose-columns", organisation.slug, upload.pk)
    form = MeasuresForm(list(read.batch.names), upload.chart, sent(request))
    has_target = importing.has_target(read.batch)
    if request.method == "POST" and form.is_valid():
        read = importing.read_described(upload, form.settings())
        if read.batch is not None:
            try:
                made = actions.load_upload(by=request.user, upload=upload, batch=read.batch)
                return redirect("measures:report", organisation.slug, made.pk)
            except Upload.DoesNotExist:  # the button was pressed twice: the report is in the list
                return redirect("measures:reports", organisation.slug)
    context = {"organisation": organisation, "form": form, "problems": read.problems}
    context |= {"upload": upload, "has_target": has_target}
    errors = [problem for problem in read.problems if not problem.warning]
    return render(request, "measures/choose-measures.jinja", context, status=status_of(form, errors))


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, even if nothing: None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def status_of(form: Form, problems: list[Problem]) -> int:
    """422 where what was sent is refused."""
    return 422 if problems or (form.is_bound and form.errors) else 200


@at_organisation(inside=True)
@require_safe
def report(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """A board report: the summary, then its measures, some fifty at a time."""
    measure_set = report_or_404(organisation, number)
    board = board_report(measure_set)
    page = Paginator(board.blocks, BLOCKS_A_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "report": board, "page": page, "measure_set": measure_set}
    context["may_make"] = reach_of(request.user).may(May.MEASURE, organisation)
    return render(request, "measures/report.jinja", context)


@at_organisation(inside=True)
@require_safe
def report_pdf(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    """The same report as a tagged PDF."""
    measure_set = report_or_404(organisation, number)
    response = HttpResponse(report_as_pdf(board_report(measure_set)), content_type="application/pdf")
    name = slugify(measure_set.title) or "report"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@makes_reports
@require_POST
def remove_report(request: HttpRequest, organisation: Place, number: UUID) -> HttpResponse:
    actions.remove_report(by=request.user, measure_set=report_or_404(organisation, number))
    return redirect("measures:reports", organisation.slug)


def board_report(measure_set: MeasureSet) -> BoardReport:
    _, analysis = queries.charted(measure_set.pk)
    return BoardReport.of(measure_set.title, analysis)


def report_or_404(organisation: Place, number: UUID) -> MeasureSet:
    found = queries.report(organisation, number)
    if found is None:
        raise Http404
    return found


def upload_or_404(request: HttpRequest, organisation: Place, number: UUID) -> Upload:
    found = queries.upload(request.user, organisation, number)
    if found is None:
        raise Http404
    return found
