from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trustwide.rooms.people"
    label = "people"
