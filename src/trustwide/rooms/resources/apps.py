from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "trustwide.rooms.resources"
    label = "resources"
