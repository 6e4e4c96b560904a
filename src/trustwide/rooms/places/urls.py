"""The addresses of this room: invitations, and each place below the name of its organisation or group."""

from django.urls import path

from trustwide.rooms.places import deputy_views, partnership_views, people_views, views
from trustwide.rooms.places.invite_urls import invite_addresses
from trustwide.rooms.places.partnership_views import STEPS
from trustwide.rooms.places.sheet_views import PEOPLE, PLACES, exporting, looking, sending

app_name = "places"
PLACE = "<slug:organisation>/places/<slug:slug>"
PERSON = "<slug:organisation>/people/<uuid:person>"
PARTNERSHIP = "<slug:organisation>/partnerships/<slug:partnership>"
urlpatterns = [
    *invite_addresses,
    path("me/away/", deputy_views.away, name="away"),
    path("<slug:organisation>/places/", views.tree, name="tree"),
    path("<slug:organisation>/places/new/", views.add, name="add"),
    path("<slug:organisation>/places/export/", exporting(PLACES), name="export"),
    path("<slug:organisation>/places/import/", sending(PLACES), name="send"),
    path("<slug:organisation>/places/import/<uuid:number>/", looking(PLACES), name="look"),
    path(f"{PLACE}/", views.place, name="place"),
    *(path(f"{PLACE}/{change}/", views.change, {"change": change}, name=change) for change in views.CHANGES),
    path("<slug:organisation>/people/", people_views.everyone, name="people"),
    path("<slug:organisation>/people/export/", exporting(PEOPLE), name="export-people"),
    path("<slug:organisation>/people/import/", sending(PEOPLE), name="send-people"),
    path("<slug:organisation>/people/import/<uuid:number>/", looking(PEOPLE), name="look-people"),
    path(f"{PERSON}/", people_views.person, name="person"),
    path(f"{PERSON}/away/", deputy_views.away_of, name="away-of"),
    path(f"{PERSON}/roles/new/", people_views.give, name="give-role"),
    path(f"{PERSON}/roles/<uuid:held>/end/", people_views.end, name="end-role"),
    *(path(f"{PERSON}/{step}/", people_views.account, {"step": step}, name=step) for step in people_views.STEPS),
    path("<slug:organisation>/partnerships/", partnership_views.every, name="partnerships"),
    path("<slug:organisation>/partnerships/new/", partnership_views.begin, name="begin"),
    path(f"{PARTNERSHIP}/ask/", partnership_views.ask, name="ask"),
    *(path(f"{PARTNERSHIP}/{step}/", partnership_views.step, {"step": step}, name=step) for step in STEPS),
]
