"""The bare framework's empty page: what a new project of Django's answers, signed in, with nothing on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = "<!doctype html><html lang='en'><title>Empty</title><body>{{ request.user.name }}</body></html>"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["jinja2"].from_string(PAGE).render({}, request))


urlpatterns = [path("", empty)]
