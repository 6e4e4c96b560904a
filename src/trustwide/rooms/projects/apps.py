"""The room of projects; its README says what it is for."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "trustwide.rooms.projects"
    label = "projects"

    def ready(self) -> None:
        from trustwide.rooms.projects import chores, counted, from_ideas, kinds, on_front  # noqa: F401 (being read registers them)
