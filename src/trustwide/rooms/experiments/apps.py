from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    name = "trustwide.rooms.experiments"
    label = "experiments"

    def ready(self) -> None:
        from trustwide.rooms.experiments import kinds  # noqa: F401 (being read registers them)
