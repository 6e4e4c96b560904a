"""What hangs on a record: comments, links and files. Each is added or taken away by one form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from trustwide.engines import uploads
from trustwide.rooms.commons import access, actions, files, queries, record_page
from trustwide.rooms.commons.forms import CommentForm, FileForm, LinkForm
from trustwide.rooms.commons.gates import address_of, at_record
from trustwide.rooms.people.limits import FILES, limited

NO_ROOM = gettext_lazy(
    "Your organisation has no room for this file. Take away files that nobody needs, or ask whoever runs Trustwide "
    "for more room"
)


@at_record(may=access.can_comment)
@require_POST
def comment(request: HttpRequest, record: Any) -> HttpResponse:
    """Say something; @Names in it are told."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return record_page.shown(request, record, forms={"comment": form}, status=422)
    named = queries.people_named(record, queries.names_in(form.cleaned_data["text"]))
    text, key = form.cleaned_data["text"], form.cleaned_data["key"]
    actions.comment_on(by=request.user, record=record, text=text, mentions=named, key=key)
    return redirect(f"{address_of(record)}#comments")


@at_record(may=access.can_redact)
@require_POST
def redact_comment(request: HttpRequest, record: Any, comment: UUID) -> HttpResponse:
    found = queries.comment_of(record, comment)
    if found is None:
        raise Http404
    actions.redact_comment(by=request.user, comment=found)
    return redirect(f"{address_of(record)}#comments")


@at_record(may=access.can_change)
@require_POST
def link(request: HttpRequest, record: Any) -> HttpResponse:
    """Join it to another record that the person may read."""
    form = LinkForm(request.POST)
    other = queries.readable_record(request.user, request.POST.get("other", ""))
    if not form.is_valid() or other is None or other.pk == record.pk:
        return record_page.shown(request, record, forms={"link": form}, told=record_page.NOTHING_TO_JOIN, status=422)
    try:
        actions.link_records(by=request.user, start=record, meaning=form.cleaned_data["meaning"], end=other)
    except actions.WouldMakeACircle:
        return record_page.shown(request, record, forms={"link": form}, told=record_page.A_CIRCLE, status=422)
    return redirect(f"{address_of(record)}#links")


@at_record
@require_POST
def unlink(request: HttpRequest, record: Any, link: UUID) -> HttpResponse:
    """Take a link away; the action refuses those who may not change the record it starts from."""
    found = queries.link_of(record, link)
    if found is None:
        raise Http404
    actions.unlink_records(by=request.user, link=found)
    return redirect(f"{address_of(record)}#links")


@at_record(may=access.can_attach)
@limited(FILES)
@require_POST
def attach(request: HttpRequest, record: Any) -> HttpResponse:
    """Attach a file, once it has been looked into."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        checked = uploads.check(sent.name, sent.read())
        if isinstance(checked, uploads.Refused):
            form.add_error("file", str(checked))
        else:
            try:
                actions.attach_file(by=request.user, record=record, file=checked, key=form.cleaned_data["key"])
                return redirect(f"{address_of(record)}#files")
            except actions.NoRoomForFile:
                form.add_error("file", NO_ROOM)
    return record_page.shown(request, record, forms={"file": form}, status=422)


@at_record
@require_safe
def download(request: HttpRequest, record: Any, file: UUID) -> HttpResponse:
    """The file, never shown in the page's own place: whoever reads the record may have it, and nobody else."""
    found = queries.file_of(record, file)
    if found is None or not files.where(found.sha256).exists():
        raise Http404(_("This file was taken away."))
    response = HttpResponse(files.where(found.sha256).read_bytes(), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response["Cache-Control"] = "private, no-store"
    return response


@at_record
@require_POST
def detach(request: HttpRequest, record: Any, file: UUID) -> HttpResponse:
    """Take a file away; the action refuses those who may not."""
    found = queries.file_of(record, file)
    if found is None:
        raise Http404
    actions.detach_file(by=request.user, record=record, file=found)
    return redirect(f"{address_of(record)}#files")
