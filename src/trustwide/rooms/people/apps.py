from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trustwide.rooms.people"
    label = "people"

    def ready(self) -> None:
        from trustwide.rooms.people import signs

        signs.connect()
