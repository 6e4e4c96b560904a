from django.apps import AppConfig


class GainsConfig(AppConfig):
    name = "trustwide.rooms.gains"
    label = "gains"
