"""What is worth saying of series that are charted all the same: few points, dates without a row, resets that miss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc.intake.points import shown
from trustwide.engines.spc.intake.problems import Problems
from trustwide.engines.spc.model import Batch

Ints = NDArray[np.int64]
#: A series is monthly or weekly when at least this share of its steps is one month or one week.
REGULAR = 0.75
FEWEST_STEPS = 4
WEEK = 7 * 86_400


def warn(batch: Batch, problems: Problems) -> None:
    _warn_of_few_points(batch, problems)
    _warn_of_missed_resets(batch, problems)
    _warn_of_gaps(batch, problems)


def _warn_of_few_points(batch: Batch, problems: Problems) -> None:
    present = np.concatenate([[0], np.cumsum(~np.isnan(batch.values))])
    counts = present[batch.offsets[1:]] - present[batch.offsets[:-1]]
    for number in np.flatnonzero(counts < 3).tolist():
        name, count = batch.names[number], int(counts[number])
        has = "no values" if not count else "one value" if count == 1 else "two values"
        message = f"“{name}” has too few points: {has}."
        problems.warn(message, "Add earlier dates; a chart begins to speak at 12.", series=name)


def _warn_of_missed_resets(batch: Batch, problems: Problems) -> None:
    for number, name in enumerate(batch.names):
        for date in batch.settings_of(number).rebase:
            dates = batch.dates[batch.offsets[number] : batch.offsets[number + 1]]
            if date not in dates:
                day = shown(date.astype("datetime64[s]").astype(int))
                message = f"“{name}” has no point on {day}, so no segment starts there."
                problems.warn(message, "Give a date that the series has.", column="rebase", series=name)


def _warn_of_gaps(batch: Batch, problems: Problems) -> None:
    """Months or weeks without a row in series that otherwise have each."""
    seconds = batch.dates.astype("datetime64[s]").astype(np.int64)
    weeks = np.diff(seconds) / WEEK
    months = np.diff(batch.dates.astype("datetime64[M]").astype(np.int64)).astype(np.float64)
    steps = np.diff(batch.offsets) - 1
    for sizes, name_of in ((months, _month), (weeks, _week)):
        single = _by_series(sizes == 1, batch.offsets)
        regular = (steps >= FEWEST_STEPS) & (single >= REGULAR * steps)
        wide = (sizes > 1) & (sizes == np.round(sizes))
        gapped = np.flatnonzero(regular & (_by_series(wide, batch.offsets) > 0))
        for number in gapped.tolist():
            first, last = int(batch.offsets[number]), int(batch.offsets[number + 1])
            at = first + np.flatnonzero(wide[first : last - 1])
            missing = [name_of(batch.dates[place], step) for place in at for step in range(1, int(sizes[place]))]
            _warn_of_gap(batch.names[number], missing, problems)


def _warn_of_gap(name: str, missing: list[str], problems: Problems) -> None:
    some = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    message = f"“{name}” has no row for {some}."
    problems.warn(message, "Add the rows, with an empty value where there is none.", column="date", series=name)


def _by_series(mask: NDArray[np.bool_], offsets: Ints) -> Ints:
    """How many steps are true, by series; the step from one series to the next counts for neither."""
    counts = np.concatenate([[0], np.cumsum(mask), [0]])
    counts[-1] = counts[-2]
    return np.asarray(counts[np.maximum(offsets[1:] - 1, 0)] - counts[offsets[:-1]])


def _month(date: np.datetime64, step: int) -> str:
    month = (date.astype("datetime64[M]") + step).item()
    return f"{month:%B %Y}"


def _week(date: np.datetime64, step: int) -> str:
    return f"the week of {shown((date + np.timedelta64(step * WEEK, 's')).astype('datetime64[s]').astype(int))}"
