from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "trustwide.rooms.measures"
    label = "measures"

    def ready(self) -> None:
        from trustwide.rooms.measures import kinds, on_board  # noqa: F401 (being read registers them)
