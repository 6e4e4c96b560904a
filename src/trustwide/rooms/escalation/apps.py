from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "trustwide.rooms.escalation"
    label = "escalation"
