"""A condition for the database, asked of a thing that is loaded already: the one rule, with no second wording of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet


def meets(condition: Any, thing: Any) -> bool:
    """Whether a thing in hand is one that a queryset filtered by the condition would find, as it stands in hand.

    NotImplementedError where the condition uses what this does not know, so that nothing passes by mistake.
    """
    if not isinstance(condition, Q):
        path, wanted = condition
        return _holds(thing, path.split("__"), wanted)
    if condition.connector not in (Q.AND, Q.OR):
        raise NotImplementedError(condition.connector)
    if not condition.children:
        return not condition.negated
    met = any if condition.connector == Q.OR else all
    return met(meets(each, thing) for each in condition.children) is not condition.negated


def _holds(thing: Any, names: list[str], wanted: Any) -> bool:
    *steps, last = names
    if last not in ("in", "startswith"):
        return bool(_value(thing, names) == _id(wanted))
    value = _value(thing, steps)
    if last == "startswith":
        return value is not None and str(value).startswith(wanted)
    if isinstance(wanted, QuerySet):
        (field,) = wanted.query.values_select
        return value is not None and wanted.filter(**{field: value}).exists()
    return value in {_id(each) for each in wanted}


def _value(thing: Any, steps: list[str]) -> Any:
    """What stands at the end of the path; of a thing that is named by its id, the id, without loading it."""
    for step in steps[:-1]:
        if not thing._meta.get_field(step).is_relation:
            raise NotImplementedError("__".join(steps))
        thing = getattr(thing, step)
        if thing is None:
            return None
    field = thing._meta.get_field(steps[-1])
    return getattr(thing, field.attname)


def _id(wanted: Any) -> Any:
    return getattr(wanted, "pk", wanted)
