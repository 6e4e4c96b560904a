from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "trustwide.rooms.boards"
    label = "boards"

    def ready(self) -> None:
        from trustwide.rooms.boards import on_board  # noqa: F401 (being read registers its parts)
