from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "trustwide.rooms.front"
    label = "front"
