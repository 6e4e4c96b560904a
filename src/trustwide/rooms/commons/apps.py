from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "trustwide.rooms.commons"
    label = "commons"

    def ready(self) -> None:
        from trustwide.rooms.commons import chores, meanings, on_board  # noqa: F401 (being read registers what they hold)
        from trustwide.rooms.places import actions

        actions.RENAMED.append(chores.follow_name)
