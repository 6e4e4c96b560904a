from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "trustwide.rooms.devices"
    label = "devices"
