"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.notices import views, views_channels

app_name = "notices"
CHANNEL = "<slug:organisation>/channels/<uuid:channel>/"
urlpatterns = [
    path("notices/", views.mine, name="mine"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/choose/", views.choose, name="choose"),
    path("notices/stop/<str:letter>/", views.stop, name="stop"),
    path("notices/<uuid:notice>/read/", views.read_one, name="read-one"),
    path("<slug:organisation>/channels/", views_channels.channels, name="channels"),
    path("<slug:organisation>/channels/new/", views_channels.add, name="add-channel"),
    path(CHANNEL, views_channels.change, name="change-channel"),
    path(CHANNEL + "start/", views_channels.start, name="start-channel"),
    path(CHANNEL + "remove/", views_channels.remove, name="remove-channel"),
]
