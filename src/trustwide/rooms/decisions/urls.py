"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.decisions import views

RECORD = "<slug:organisation>/decisions/<uuid:record>/"
app_name = "decisions"
urlpatterns = [
    path("<slug:organisation>/decisions/new/", views.ask, {"kind": kind_at("decisions")}, name="ask"),
    path(RECORD + "decide/", views.decide, name="decide"),
    path(RECORD + "me-too/", views.me_too, name="me-too"),
]
