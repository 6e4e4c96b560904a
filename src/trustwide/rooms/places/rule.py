"""A rule told in Q objects, as one expression that Django has little to do for.

Each page asks the rule of `Reach` several times. Every condition of a Q costs Django a search for joins, each time that
it is filtered by; here each column that a rule names is found once, and the conditions are only spelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.where import WhereNode

MOST_IN_A_ROW = 100


class Rule(Func):
    """True where a Q is, of a row of whatever is filtered by it.

    The Q may name columns, its own or those of rows it points to, by `exact`, `in` or `startswith`; what is `in` a
    queryset must be `texted`, and not look at the row itself. Only a column that is never null may be negated.
    """

    conditional = True

    def __init__(self, rule: Q) -> None:
        self.rule = rule
        self.columns = sorted({column for column, _lookup, _value in _leaves(rule)})
        super().__init__(*self.columns, output_field=BooleanField())

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        found = dict(zip(self.columns, self.get_source_expressions(), strict=True))
        sql, values = compiler.compile(_where(self.rule, found))
        return sql or "1=1", list(values)


def texted(rows: QuerySet[Any]) -> RawSQL:
    """What to look for rows `in`, spelled once for every time it is asked."""
    return RawSQL(*rows.query.sql_with_params())  # noqa: S611 - spelled by Django, with its values apart


Lists = dict[tuple[str, tuple[Any, ...]], frozenset[Any]]


def holds(rule: Q, row: Any, lists: Lists) -> bool:
    """Whether the rule holds of a row at hand. `lists` keeps what there is in each queryset that is `texted`."""
    met = (holds(each, row, lists) if isinstance(each, Q) else _is_met(*each, row, lists) for each in rule.children)
    return (any(met) if rule.connector == Q.OR else all(met)) != rule.negated


def _is_met(name: str, asked: Any, row: Any, lists: Lists) -> bool:
    column, lookup, value = _taken_apart(name, asked)
    field = row._meta.get_field(column)
    mine = getattr(row, field.attname)
    if isinstance(value, RawSQL):
        return field.get_db_prep_value(mine, connection) in _listed(value, lists)
    if lookup == "exact":
        return bool(mine == getattr(value, "pk", value))
    return mine.startswith(value) if lookup == "startswith" else mine in value


def _listed(rows: RawSQL, lists: Lists) -> frozenset[Any]:
    key = (rows.sql, tuple(rows.params))
    if key not in lists:
        with connection.cursor() as cursor:
            cursor.execute(*key)
            lists[key] = frozenset(value for (value,) in cursor.fetchall())
    return lists[key]


def _leaves(rule: Q) -> Iterator[tuple[str, str, Any]]:
    """Each condition: its column, its lookup and its value."""
    for each in rule.children:
        if isinstance(each, Q):
            yield from _leaves(each)
        else:
            yield _taken_apart(*each)


def _taken_apart(name: str, value: Any) -> tuple[str, str, Any]:
    column, _, lookup = name.rpartition("__")
    return (column, lookup, value) if lookup in ("in", "startswith") else (name, "exact", value)


def _where(rule: Q, columns: dict[str, Any]) -> WhereNode:
    node = WhereNode(connector=rule.connector, negated=rule.negated)
    for each in rule.children:
        if isinstance(each, Q):
            node.children.append(_where(each, columns))
            continue
        column, lookup, value = _taken_apart(*each)
        node.children.append(columns[column].get_lookup(lookup)(columns[column], value))
    node.children = _in_parts(node.children, rule.connector)
    return node


def _in_parts(conditions: list[Any], connector: str) -> list[Any]:
    """Many conditions in brackets of some each: SQLite reads a row of them as a tree as deep as it is long, and takes
    a thousand."""
    if len(conditions) <= MOST_IN_A_ROW:
        return conditions
    parts = (conditions[first : first + MOST_IN_A_ROW] for first in range(0, len(conditions), MOST_IN_A_ROW))
    return [WhereNode(each, connector) for each in parts]
