"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.experiments import views

LIMITS, EXPERIMENT = "<slug:organisation>/safe-limits/", "<slug:organisation>/experiments/<uuid:record>/"

app_name = "experiments"
urlpatterns = [
    path(LIMITS, views.limits, name="limits"),
    path(LIMITS + "set/", views.set_limits, name="set-limits"),
    path(EXPERIMENT + "begin/", views.begin, name="begin"),
    path(EXPERIMENT + "ask/", views.ask, name="ask"),
    path(EXPERIMENT + "end/", views.end, name="end"),
]
