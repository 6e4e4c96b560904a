from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    name = "trustwide.rooms.experiments"
    label = "experiments"
