from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "trustwide.rooms.ideas"
    label = "ideas"

    def ready(self) -> None:
        from trustwide.rooms.ideas import counted, kinds, on_board, on_front  # noqa: F401 (being read registers them)
