"""The addresses of this room."""

from trustwide.rooms.places.invite_urls import invite_addresses

app_name = "places"
urlpatterns = [*invite_addresses]
