"""Every address: nouns and verbs that people say."""

from django.urls import URLPattern, URLResolver, include, path

from trustwide.house import figures, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", figures.metrics, name="metrics"),
    path("", include("trustwide.rooms.front.urls")),
    path("", include("trustwide.demo.urls")),
    path("", include("trustwide.rooms.people.urls")),
    path("", include("trustwide.rooms.places.urls")),
    path("", include("trustwide.rooms.devices.urls")),
    path("", include("trustwide.rooms.boards.urls")),
    path("", include("trustwide.rooms.jobs.urls")),
    path("", include("trustwide.rooms.notices.urls")),
    path("", include("trustwide.rooms.measures.urls")),
    path("", include("trustwide.rooms.purpose.urls")),
    path("", include("trustwide.rooms.escalation.urls")),
    path("", include("trustwide.rooms.decisions.urls")),
    path("", include("trustwide.rooms.ideas.urls")),
    path("", include("trustwide.rooms.experiments.urls")),
    path("", include("trustwide.rooms.resources.urls")),
    path("", include("trustwide.rooms.projects.urls")),
    path("", include("trustwide.rooms.tools.urls")),
    path("", include("trustwide.rooms.gains.urls")),
    path("", include("trustwide.rooms.commons.urls")),
]
handler400 = "trustwide.house.errors.bad_request"
handler403 = "trustwide.house.errors.not_allowed"
handler404 = "trustwide.house.errors.not_found"
handler429 = "trustwide.house.errors.too_often"  # allauth asks for it by this name
handler500 = "trustwide.house.errors.went_wrong"
