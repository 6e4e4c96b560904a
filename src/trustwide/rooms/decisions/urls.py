"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "decisions"
urlpatterns: list[URLPattern] = []
