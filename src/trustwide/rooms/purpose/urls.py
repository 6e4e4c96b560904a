"""The addresses of this room that commons does not already give its kinds."""

from django.urls import path

from trustwide.rooms.purpose import views, views_documents, views_records

STRATEGY, OBJECTIVE = "<slug:organisation>/strategy/", "<slug:organisation>/objectives/<uuid:record>/"
CHECKS = "<slug:organisation>/document-checks/"

app_name = "purpose"
urlpatterns = [
    path(STRATEGY, views.strategy, name="strategy"),
    path(STRATEGY + "strategy.pdf", views.strategy_pdf, name="strategy-pdf"),
    path(STRATEGY + "versions/", views.versions, name="versions"),
    path(STRATEGY + "sharing/", views.share, name="share"),
    path(STRATEGY + "tree/", views.tree, name="tree"),
    path(STRATEGY + "priorities/", views.priorities, name="priorities"),
    path("<slug:organisation>/messages/feed/", views.feed, name="feed"),
    path("<slug:organisation>/values/<uuid:record>/review/", views_records.review, name="review"),
    path(CHECKS + "coverage/", views_documents.coverage, name="coverage"),
    path(CHECKS + "<uuid:record>/again/", views_documents.again, name="check-again"),
    path(OBJECTIVE + "answer/", views_records.answer, name="answer"),
    path(OBJECTIVE + "rounds/<uuid:turn>/take/", views_records.take, name="take"),
    path(OBJECTIVE + "start/", views_records.start, name="start"),
    path(OBJECTIVE + "stop/", views_records.stop, name="stop"),
]
