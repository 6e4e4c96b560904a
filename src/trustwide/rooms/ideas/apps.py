from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "trustwide.rooms.ideas"
    label = "ideas"
