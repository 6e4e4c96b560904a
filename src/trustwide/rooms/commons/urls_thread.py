"""The addresses of how a record fits; they go before the addresses of records themselves."""

from django.urls import path

from trustwide.rooms.commons import views_thread

app_name = "thread"
urlpatterns = [
    path("<slug:organisation>/<slug:kind>/<uuid:record>/thread/", views_thread.thread, name="page"),
    path("<slug:organisation>/<slug:kind>/<uuid:record>/local-need/", views_thread.local_need, name="local-need"),
]
