"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
]
