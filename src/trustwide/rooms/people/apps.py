from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trustwide.rooms.people"
    label = "people"

    def ready(self) -> None:
        from trustwide.rooms.people import plain_errors, signs

        plain_errors.say_plainly()
        signs.connect()
