"""The pages of checked documents that commons does not give: a new version, and what all of them carry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trustwide.rooms.commons.gates import at_record
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.queries import places_to_add
from trustwide.rooms.commons.views import CHECK
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import actions, coverage_page, queries
from trustwide.rooms.purpose.access import can_check_again
from trustwide.rooms.purpose.coverage_picture import draw_quarters
from trustwide.rooms.purpose.document_form import DocumentForm
from trustwide.rooms.purpose.models import DocumentCheck


@at_record(may=can_check_again, kind="document-checks")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, record: DocumentCheck) -> HttpResponse:
    """Check a new version of the same document."""
    sent = request.POST if request.method == "POST" else None
    known = {"title": record.title, "sort": record.sort, "sharing": record.sharing, "place": record.place.slug}
    form = DocumentForm(sent, sent and request.FILES, places=[record.place], initial=known)
    if sent is not None and CHECK not in sent and form.is_valid():
        key, fields = form.cleaned_data["key"], form.typed()
        number = actions.check_again(by=request.user, earlier=record, fields=fields, key=key)
        return redirect(f"/{record.organisation.slug}/document-checks/{number}/")
    context = {"organisation": record.organisation, "kind": kind_of(record), "form": form, "again": record}
    return render(request, "commons/form.jinja", context, status=422 if form.errors else 200)


@at_organisation
@require_safe
def coverage(request: HttpRequest, organisation: Place) -> HttpResponse:
    """What the checked documents of an organisation carry, by kind, by place and over time."""
    kind = coverage_page.kind()
    told = coverage_page.coverage_of(request.user, organisation)
    context = {"organisation": organisation, "kind": kind, "told": told, "picture": draw_quarters(told.quarters)}
    context["may_add"] = bool(places_to_add(request.user, organisation, kind))
    context["sisters"] = queries.readable_in_group(request.user, organisation)
    return render(request, "purpose/coverage.jinja", context)
