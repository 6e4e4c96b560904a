from django.apps import AppConfig


class ToolsConfig(AppConfig):
    name = "trustwide.rooms.tools"
    label = "tools"
