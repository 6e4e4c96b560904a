"""The room of escalation; its README says what it is for."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "trustwide.rooms.escalation"
    label = "escalation"

    def ready(self) -> None:
        from trustwide.rooms.escalation import chores, counted, kinds, on_board, on_front  # noqa: F401 (being read registers what is here)
