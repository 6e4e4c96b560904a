"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.decisions import views, views_drop_ins, views_scheme

RECORD = "<slug:organisation>/decisions/<uuid:record>/"
app_name = "decisions"
urlpatterns = [
    path("<slug:organisation>/decisions/new/", views.ask, {"kind": kind_at("decisions")}, name="ask"),
    path(RECORD + "decide/", views.decide, name="decide"),
    path(RECORD + "me-too/", views.me_too, name="me-too"),
    path("<slug:organisation>/decisions/lower/", views_scheme.lower, name="lower"),
    path("<slug:organisation>/who-decides/", views_scheme.scheme, name="scheme"),
    path("<slug:organisation>/who-decides/change/", views_scheme.change, name="change-scheme"),
    path("<slug:organisation>/drop-ins/", views_drop_ins.every, name="drop-ins"),
    path("<slug:organisation>/drop-ins/offer/", views_drop_ins.offer, name="offer"),
    path("<slug:organisation>/drop-ins/<uuid:slot>/", views_drop_ins.one, name="drop-in"),
    path("<slug:organisation>/drop-ins/<uuid:slot>/drop-in.ics", views_drop_ins.calendar, name="calendar"),
]
