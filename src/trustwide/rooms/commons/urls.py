"""The addresses of every kind of record."""

from django.urls import path, register_converter

from trustwide.rooms.commons import views, views_parts, views_thread, views_tried
from trustwide.rooms.commons.gates import KindConverter

register_converter(KindConverter, "kind")
LIST, RECORD = "<slug:organisation>/<kind:kind>/", "<slug:organisation>/<kind:kind>/<uuid:record>/"

app_name = "commons"
urlpatterns = [
    path("<slug:organisation>/tried-before/", views_tried.tried_before, name="tried-before"),
    path(LIST, views.record_list, name="list"),
    path(LIST + "new/", views.add, name="add"),
    path(LIST + "export/", views.export, name="export"),
    path(RECORD, views.show, name="record"),
    path(RECORD + "change/", views.change, name="change"),
    path(RECORD + "move/", views.move, name="move"),
    path(RECORD + "history/", views.history, name="history"),
    path(RECORD + "thread/", views_thread.thread, name="thread"),
    path(RECORD + "local-need/", views_thread.local_need, name="local-need"),
    path(RECORD + "redact/", views.redact, name="redact"),
    path(RECORD + "comments/", views_parts.comment, name="comment"),
    path(RECORD + "comments/<uuid:comment>/redact/", views_parts.redact_comment, name="redact-comment"),
    path(RECORD + "links/", views_parts.link, name="link"),
    path(RECORD + "links/<uuid:link>/remove/", views_parts.unlink, name="unlink"),
    path(RECORD + "files/", views_parts.attach, name="attach"),
    path(RECORD + "files/<uuid:file>/", views_parts.download, name="download"),
    path(RECORD + "files/<uuid:file>/remove/", views_parts.detach, name="detach"),
]
