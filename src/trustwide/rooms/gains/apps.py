from django.apps import AppConfig


class GainsConfig(AppConfig):
    name = "trustwide.rooms.gains"
    label = "gains"

    def ready(self) -> None:
        from trustwide.rooms.gains import front, kinds, watching  # noqa: F401 (being read registers them)
