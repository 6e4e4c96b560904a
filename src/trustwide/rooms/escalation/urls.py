"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.devices.urls import BOARD
from trustwide.rooms.escalation import views, views_door

ITEM = "<slug:organisation>/items/<uuid:record>/"

app_name = "escalation"
urlpatterns = [
    path(ITEM + "answer/", views.answer, name="answer"),
    path(ITEM + "helped/", views.helped, name="helped"),
    path(ITEM + "agree/", views.agree, name="agree"),
    path("<slug:organisation>/asks/", views.asks, name="asks"),
    path("<slug:organisation>/overnight/", views.overnight, name="overnight"),
    path("<slug:organisation>/tiers/", views.tiers, name="tiers"),
    path("<slug:organisation>/raise/<str:door>/", views_door.raise_here, name="raise-here"),
    path("answer/", views_door.answer, name="by-code"),
    path(BOARD + "raise-code/", views_door.door, name="door"),
    path("<slug:organisation>/tiers/set/", views.set_tiers, name="set-tiers"),
]
