from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "trustwide.rooms.places"
    label = "places"
