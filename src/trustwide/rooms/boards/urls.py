"""The addresses of this room, below a team's board. A shared device opens none of them."""

from django.urls import path

from trustwide.rooms.boards import views
from trustwide.rooms.devices.urls import BOARD

app_name = "boards"
urlpatterns = [
    path(BOARD + "arrange/", views.arrange, name="arrange"),
    path(BOARD + "arrange/set-up/", views.set_up, name="set-up"),
    path(BOARD + "arrange/<uuid:card>/", views.move, name="move"),
    path(BOARD + "huddles/", views.huddles, name="huddles"),
    path(BOARD + "huddles/<uuid:huddle>/remove/", views.remove_huddle, name="remove-huddle"),
    path(BOARD + "thanks/<uuid:thanks>/take-off/", views.take_off_thanks, name="take-off-thanks"),
    path(BOARD + "sheet/", views.sheet, name="sheet"),
]
