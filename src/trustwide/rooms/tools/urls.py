"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.tools import views

DRAWING = "<slug:organisation>/drawings/<uuid:record>/"

app_name = "tools"
urlpatterns = [
    path("<slug:organisation>/tools/", views.choose, name="choose"),
    path("<slug:organisation>/drawings/start/", views.start, {"kind": kind_at("drawings")}, name="start"),
    path(DRAWING + "edit/", views.edit, name="edit"),
    path(DRAWING + "sheet/", views.sheet, name="sheet"),
    path(DRAWING + "drawing.svg", views.download, name="download"),
    path(DRAWING + "versions/", views.versions, name="versions"),
]
