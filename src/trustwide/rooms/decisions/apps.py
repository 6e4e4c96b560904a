from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "trustwide.rooms.decisions"
    label = "decisions"

    def ready(self) -> None:
        from trustwide.rooms.decisions import chores, counted, kinds  # noqa: F401 (being read registers them)
