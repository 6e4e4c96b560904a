from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "trustwide.rooms.notices"
    label = "notices"

    def ready(self) -> None:
        from trustwide.rooms.commons import notices
        from trustwide.rooms.notices import posting, reviews, sending  # noqa: F401 (being read registers their jobs)

        notices.LISTENERS.append(posting.post_later)
