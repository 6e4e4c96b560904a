"""The room of tools; its README says what it is for."""

from django.apps import AppConfig


class ToolsConfig(AppConfig):
    name = "trustwide.rooms.tools"
    label = "tools"

    def ready(self) -> None:
        from trustwide.rooms.tools import kinds  # noqa: F401 (being read registers it)
