from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "trustwide.rooms.commons"
    label = "commons"
