"""A model that a migration adds is joined to the others as Django's own way of adding it would join it."""

from __future__ import annotations

from contextlib import nullcontext

from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from trustwide.house.migrating import new_models_alone


def book() -> ProjectState:
    """A book, its chapters and their pages, added one after the other; then the book's title is made shorter."""
    state = ProjectState()
    assert state.apps
    number = ("id", models.BigAutoField(primary_key=True))
    state.add_model(ModelState("shelf", "Book", [number, ("title", models.CharField(max_length=9))]))
    for name, whole in (("Chapter", "shelf.book"), ("Page", "shelf.chapter")):
        part = ("part_of", models.ForeignKey(whole, models.CASCADE, related_name=f"{name}s"))
        state.add_model(ModelState("shelf", name, [number, part]))
    return state


def joined(state: ProjectState) -> dict[str, list[str]]:
    return {
        each.__name__: [f"{field} {field.related_model}" for field in each._meta.get_fields()]
        for each in state.apps.get_models()
    }


def test_models_are_joined_as_in_djangos_own_way() -> None:
    found = []
    for way in (nullcontext, new_models_alone):
        with way():
            state = book()
        found.append(joined(state))
        state.alter_field("shelf", "book", "title", models.CharField(max_length=5), preserve_default=True)
        found.append(joined(state))
        assert state.apps.get_model("shelf", "book")._meta.get_field("title").max_length == 5
    assert found[0] == found[1] == found[2] == found[3]
    assert {name: len(fields) for name, fields in found[0].items()} == {"Book": 3, "Chapter": 3, "Page": 2}


def test_it_makes_no_model_anew_but_the_one_that_is_added() -> None:
    with new_models_alone():
        state = book()
        first = state.apps.get_model("shelf", "book")
        state.add_model(
            ModelState("shelf", "Reader", [("book", models.ForeignKey("shelf.book", models.CASCADE, primary_key=True))])
        )
        assert state.apps.get_model("shelf", "book") is first
