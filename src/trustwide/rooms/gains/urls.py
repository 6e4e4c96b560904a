"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.gains import views

GAINS = "<slug:organisation>/gains/"

app_name = "gains"
urlpatterns = [
    path(GAINS + "kept/", views.kept, name="kept"),
    path(GAINS + "<uuid:record>/verdict/", views.verdict, name="verdict"),
    path(GAINS + "<uuid:record>/verdicts/<uuid:verdict>/blank/", views.blank, name="blank-verdict"),
    path(GAINS + "<uuid:record>/answers/", views.answers, name="answers"),
]
