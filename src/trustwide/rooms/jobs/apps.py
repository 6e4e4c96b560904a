from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "trustwide.rooms.jobs"
    label = "jobs"

    def ready(self) -> None:
        from trustwide.rooms.jobs import chores  # noqa: F401 (being read registers them)
