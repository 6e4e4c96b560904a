"""Each address at which a file can be sent, found by what its view reads, with the form that a page has for it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django import forms
from django.test import Client

from tests.house_rules.forms_found import FormFound, form_for, reached
from tests.house_rules.world import EXAMPLES, Example, World, by_name
from tests.kinds_asked import MODELS
from tests.shares import WHOLE
from trustwide.rooms.commons.kinds import KINDS


def takes_files(example: Example) -> bool:
    """Whether its view looks at the files that were sent; of a kind's own form, whether that has a box for one."""
    kind = next(each for each in KINDS.values() if each.address == example.kind)
    if example.name in ("commons:add", "commons:change") and not holds_a_file(kind.form_class):
        return False
    view = inspect.unwrap(by_name()[example.name].view)
    return any("request.FILES" in inspect.getsource(each) for each in reached(view))


def holds_a_file(form: type[forms.BaseForm]) -> bool:
    return any(isinstance(each, forms.FileField) for each in form.base_fields.values())


def upload_forms(world: World, client: Client) -> Iterator[tuple[Example, FormFound]]:
    """In a short run what is alike for all kinds is asked of a few."""
    for example in EXAMPLES:
        if example.post == 405 or not example.signed_in or not takes_files(example):
            continue
        if not WHOLE and example.name == "commons:attach" and example.kind not in MODELS:
            continue
        form = form_for(client, world.path(example))
        if form and form.files:
            yield example, form
