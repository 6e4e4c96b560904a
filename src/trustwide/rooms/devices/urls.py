"""The addresses of this room. A shared device opens those of `views`, below its own team's board, and no others."""

from django.urls import path

from trustwide.rooms.devices import device_views, views

app_name = "devices"
BOARD = "<slug:organisation>/board/<slug:team>/"
urlpatterns = [
    path(BOARD, views.board, name="board"),
    path(BOARD + "add/", views.add, name="add"),
    path(BOARD + "add/<slug:what>/", views.add_one, name="add-one"),
    path(BOARD + "offline/", views.offline, name="offline"),
    path(BOARD + "offline/<slug:what>/", views.offline, name="offline-one"),
    path(BOARD + "finish/", views.finish, name="finish"),
    path(BOARD + "devices/", device_views.devices, name="devices"),
    path(BOARD + "devices/new/", device_views.new_device, name="new-device"),
    path(BOARD + "devices/<uuid:device>/code/", device_views.new_code, name="new-code"),
    path(BOARD + "devices/<uuid:device>/rename/", device_views.rename, name="rename"),
    path(BOARD + "devices/<uuid:device>/end/", device_views.end, name="end"),
    path("board-worker.js", views.worker, name="worker"),
    path("live/<str:key>/", views.live_number, name="live"),
    path("shared-device/", device_views.join, name="join"),
    path("me/pin/", device_views.my_pin, name="my-pin"),
    path("me/pin/remove/", device_views.no_pin, name="no-pin"),
]
