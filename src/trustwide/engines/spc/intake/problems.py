"""Gathers everything that is wrong, so that all of it is said at once, yet no more than a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from trustwide.engines.sheets import Problem


class CellError(Exception):
    """What is wrong with one cell, and its cure; where the cell stands is added by whoever knows."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message, cure)
        self.message, self.cure = message, cure


class Problems:
    """Problems as they are found. Past `MOST` of one kind (same column and cure) they are only counted."""

    MOST = 200

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._counts: Counter[tuple[str | None, str, bool]] = Counter()
        self.refused_series: set[str] = set()
        self.has_errors = False

    def add(
        self, message: str, cure: str, *, row: int | None = None, column: str | None = None, series: str | None = None
    ) -> None:
        self.extend([Problem(message, cure, row, column, series)])

    def warn(
        self, message: str, cure: str, *, row: int | None = None, column: str | None = None, series: str | None = None
    ) -> None:
        self.extend([Problem(message, cure, row, column, series, warning=True)])

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            kind = (problem.column, problem.cure, problem.warning)
            self._counts[kind] += 1
            if self._counts[kind] <= self.MOST:
                self._found.append(problem)
            if not problem.warning:
                self.has_errors = True
                if problem.series is not None:
                    self.refused_series.add(problem.series)

    def listed(self) -> list[Problem]:
        """All of them: the file's first, then by row; errors before warnings; then how many more there are."""
        more = [
            Problem(f"There are {count - self.MOST:,} more like this.", cure, column=column, warning=warning)
            for (column, cure, warning), count in self._counts.items()
            if count > self.MOST
        ]
        return sorted(self._found, key=lambda each: (each.warning, each.row or 0)) + more
