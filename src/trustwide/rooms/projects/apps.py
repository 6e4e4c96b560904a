from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "trustwide.rooms.projects"
    label = "projects"
