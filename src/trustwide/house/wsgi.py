"""What a web server calls."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustwide.house.settings")


def make() -> Any:
    django.setup(set_prefix=False)
    from trustwide.house.at_once import Handler

    return Handler()


application = make()
