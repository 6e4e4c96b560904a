from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "trustwide.rooms.decisions"
    label = "decisions"
