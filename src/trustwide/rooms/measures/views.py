"""Pages that anybody may open: the open A&E data, and how to read a chart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trustwide.rooms.measures import comparison_page
from trustwide.rooms.people.gates import public


@public
@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """The open A&E data: what is changing, where, and since when."""
    return render(request, "measures/comparison.jinja", {"page": comparison_page.page_for(request.GET)})


@public
@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation's measures."""
    found = comparison_page.organisation(code)
    if found is None:
        raise Http404
    return render(request, "measures/organisation.jinja", {"organisation": found})


@public
@require_safe
def reading_charts(request: HttpRequest) -> HttpResponse:
    return render(request, "measures/reading-charts.jinja", {})
