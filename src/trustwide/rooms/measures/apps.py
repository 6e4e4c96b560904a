from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "trustwide.rooms.measures"
    label = "measures"
