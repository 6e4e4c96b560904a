"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<slug:organisation>/jobs/", views.not_done, name="not-done"),
    path("<slug:organisation>/jobs/<uuid:job>/again/", views.again, name="again"),
]
