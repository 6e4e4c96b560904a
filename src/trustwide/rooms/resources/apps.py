from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "trustwide.rooms.resources"
    label = "resources"

    def ready(self) -> None:
        from trustwide.rooms.resources import front, kinds  # noqa: F401 (being read registers them)
