"""What can be done to one row of an outline. Each gives the new rows, and the place of the row that it was done to.

A row that moves takes those beneath it along, and no row is ever further in than one level below the row above it.
"""

from __future__ import annotations

from collections.abc import Callable

from trustwide.engines.diagrams.model import MOST_ROWS, DiagramError, Row, Tool

Rows = list[Row]


def end_of(rows: Rows, number: int) -> int:
    """The place just after a row and all beneath it."""
    after = (place for place in range(number + 1, len(rows)) if rows[place].level <= rows[number].level)
    return next(after, len(rows))


def can(tool: Tool, rows: Rows, number: int) -> list[str]:
    """Which moves change something, in the order of their buttons."""
    return [name for name, move in MOVES.items() if move(tool, rows, number)[0] != rows]


def add(tool: Tool, rows: Rows, row: Row, after: int) -> tuple[Rows, int]:
    """A new row below the row `after` and all beneath it that is further in than the new one; first where it is -1."""
    if len(rows) >= MOST_ROWS:
        raise DiagramError(f"There are {MOST_ROWS} rows, which is as many as a drawing holds. Take one away first.")
    place = after + 1
    level = max(0, min(row.level, tool.deepest, rows[after].level + 1 if after >= 0 else 0))
    while place < len(rows) and rows[place].level > level:
        place += 1
    return [*rows[:place], row.at(level), *rows[place:]], place


def change(rows: Rows, number: int, row: Row) -> tuple[Rows, int]:
    """Other words or details; it stays where it is."""
    return [*rows[:number], row.at(rows[number].level), *rows[number + 1 :]], number


def remove(rows: Rows, number: int) -> tuple[Rows, int]:
    """Take a row away. Those beneath it come out one level, so that nothing is lost with it."""
    end = end_of(rows, number)
    beneath = [each.at(each.level - 1) for each in rows[number + 1 : end]]
    return [*rows[:number], *beneath, *rows[end:]], max(0, number - 1)


def move_up(_tool: Tool, rows: Rows, number: int) -> tuple[Rows, int]:
    """Before the row above it that is as far in, or where it is."""
    above = number - 1
    while above >= 0 and rows[above].level > rows[number].level:
        above -= 1
    if above < 0 or rows[above].level < rows[number].level:
        return rows, number
    end = end_of(rows, number)
    return [*rows[:above], *rows[number:end], *rows[above:number], *rows[end:]], above


def move_down(tool: Tool, rows: Rows, number: int) -> tuple[Rows, int]:
    """After the row below it that is as far in, or where it is."""
    end = end_of(rows, number)
    if end >= len(rows) or rows[end].level < rows[number].level:
        return rows, number
    moved, _place = move_up(tool, rows, end)
    return moved, number + end_of(rows, end) - end


def move_in(tool: Tool, rows: Rows, number: int) -> tuple[Rows, int]:
    """One level further in, beneath the row above it, with all that is beneath it."""
    end = end_of(rows, number)
    deepest = max(each.level for each in rows[number:end])
    if number == 0 or rows[number].level > rows[number - 1].level or deepest >= tool.deepest:
        return rows, number
    return _shifted(rows, number, end, 1), number


def move_out(_tool: Tool, rows: Rows, number: int) -> tuple[Rows, int]:
    """One level out, with all beneath it. What followed it at its level hangs on it then, as outlines have it."""
    if rows[number].level == 0:
        return rows, number
    return _shifted(rows, number, end_of(rows, number), -1), number


def _shifted(rows: Rows, start: int, end: int, by: int) -> Rows:
    return [*rows[:start], *(each.at(each.level + by) for each in rows[start:end]), *rows[end:]]


MOVES: dict[str, Callable[[Tool, Rows, int], tuple[Rows, int]]] = {
    "up": move_up,
    "down": move_down,
    "in": move_in,
    "out": move_out,
}
