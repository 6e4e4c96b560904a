"""The addresses of invitations."""

from django.urls import path

from trustwide.rooms.places import invite_views

#: Put these among the other addresses of places.
invite_addresses = [
    path("welcome/<str:token>/", invite_views.welcome, name="welcome"),
    path("<slug:organisation>/people/invite/", invite_views.invite, name="invite"),
    path("<slug:organisation>/people/invite/<uuid:number>/withdraw/", invite_views.withdraw, name="withdraw"),
]
