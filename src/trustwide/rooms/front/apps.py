from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "trustwide.rooms.front"
    label = "front"

    def ready(self) -> None:
        from trustwide.rooms.front import lines  # noqa: F401 (being read registers them)
