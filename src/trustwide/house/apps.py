from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HouseConfig(AppConfig):
    """The project itself: it has no tables, only checks of the machine that it runs on."""

    name = "trustwide.house"

    def ready(self) -> None:
        from trustwide.house import checks  # noqa: F401 (being read registers them)

        autodiscover_modules("retention")  # each room's own classes of records
