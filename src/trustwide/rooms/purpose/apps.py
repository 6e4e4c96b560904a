from django.apps import AppConfig


class PurposeConfig(AppConfig):
    name = "trustwide.rooms.purpose"
    label = "purpose"

    def ready(self) -> None:
        from trustwide.rooms.purpose import kinds, on_board  # noqa: F401 (being read registers them)
