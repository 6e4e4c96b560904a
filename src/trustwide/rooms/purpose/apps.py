from django.apps import AppConfig


class PurposeConfig(AppConfig):
    name = "trustwide.rooms.purpose"
    label = "purpose"

    def ready(self) -> None:
        from trustwide.rooms.purpose import counted, document_reading, kinds, on_board  # noqa: F401 (being read registers them)
