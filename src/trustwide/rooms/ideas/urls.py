"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.ideas import views, views_ideas

PROBLEM, IDEA = "<slug:organisation>/problems/<uuid:record>/", "<slug:organisation>/ideas/<uuid:record>/"

app_name = "ideas"
urlpatterns = [
    path(PROBLEM + "angles/", views.angle, name="angle"),
    path(PROBLEM + "ask/", views.ask, name="ask"),
    path(PROBLEM + "replies/", views.replies, name="replies"),
    path(PROBLEM + "replies/<uuid:reply>/redact/", views.redact_reply, name="redact-reply"),
    path(IDEA + "support/", views_ideas.support, name="support"),
    path(IDEA + "words/", views_ideas.word_anew, name="word-anew"),
    path(IDEA + "answer/", views_ideas.answer, name="answer"),
    path(IDEA + "outcome/", views_ideas.outcome, name="outcome"),
    path(IDEA + "merge/", views_ideas.merge, name="merge"),
]
