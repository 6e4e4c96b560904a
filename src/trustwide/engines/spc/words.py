"""What a chart says, in plain words: the sentence beside it and the dates and numbers in it."""

from __future__ import annotations

import re

import numpy as np

from trustwide.engines.spc.model import Dates, Series, Settings

#: Where the first words of a measure's name stop being its subject: "Falls | per 1,000 bed days".
AFTER_SUBJECT = re.compile(
    r"\s(?:of|per|in|within|to|for|from|at|on|by|with|who|that|waiting|over|under|until|each|every|there|where"
    r"|answered|cancelled|completed|done|given|grade|lost|made|missed|occupied|ready|received|reported|seen|sent|started|taken"
    r"|told|tried)\s|[,:(–]"
)
SINGULAR_ENDINGS = ("ss", "us", "is", "ics")
PLURAL = {"children", "men", "people", "staff", "women"}
SINGULAR = {"diabetes", "news", "measles", "rabies", "series"}
#: Usual gaps in days between neighbouring points, and what such a period is called.
PERIODS = ((0.9, 1.1, "day"), (6.5, 7.5, "week"), (28, 31, "month"), (89, 92, "quarter"), (365, 366, "year"))
DAYS_OF = {"day": 1, "week": 7, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
TARGET_WORDS = {
    "pass": "The target will be met every {period} unless something changes.",
    "fail": "The target will be missed every {period} unless something changes.",
    "inconsistent": "The target will be met some {period}s and missed in others.",
}
ENOUGH = 3  # fewer values than this and there is no telling what is usual
EFFECT_WORDS = {
    "improvement": " This is the way we want it to go.",
    "concern": " This is not the way we want it to go.",
    "neutral": "",
}


#: The word before a period that is named by itself: "in March 2019", "in the week of 4 March 2019", "on 4 March 2019".
WHEN = {"month": "in", "quarter": "in the quarter from", "year": "in", "week": "in the week of"}


CHART_WORDS = {
    "run": "Run chart", "xmr": "XmR chart", "i": "I chart", "ip": "I′ chart", "mr": "Moving range chart",
    "p": "P chart", "pp": "P′ chart", "u": "U chart", "up": "U′ chart", "c": "C chart", "g": "G chart",
    "t": "T chart", "xbar": "X-bar chart", "s": "S chart",
}  # fmt: skip
RULES_WORDS = {"nhs": "the rules of Making Data Count", "anhoj": "Anhøj’s rules"}
SCREENED = ("xmr", "i", "ip", "pp", "up", "t")  # charts whose limits rest on moving ranges


def how_charted(settings: Settings) -> str:
    """The choices behind a chart, for whoever checks it.

    >>> how_charted(Settings(chart="c", baseline=12))
    'C chart, by the rules of Making Data Count. Its limits rest on the first 12 points.'
    """
    said = f"{CHART_WORDS[settings.chart]}, by {RULES_WORDS[settings.rules]}."
    if settings.chart == "run":
        return said
    rest = f"which rest on the first {settings.baseline} points" if settings.baseline else ""
    if settings.screen and settings.chart in SCREENED:
        return f"{said} Very large steps count for nothing in its limits{f', {rest}' if rest else ''}."
    return f"{said} Its limits {rest.removeprefix('which ')}." if rest else said


def period_of(dates: Dates) -> str:
    """The step between dates, as people say it: day, week, month, quarter, year, or point where they are uneven."""
    if len(dates) < 2:
        return "point"
    gap = float(np.median(np.diff(dates) / np.timedelta64(1, "D")))
    if gap >= 28 and len({str(date)[8:10] for date in dates}) > 2 and not _are_month_ends(dates):
        return "point"
    return next((word for low, high, word in PERIODS if low <= gap <= high), "point")


def _are_month_ends(dates: Dates) -> bool:
    days = dates.astype("datetime64[D]") + np.timedelta64(1, "D")
    return bool((days == days.astype("datetime64[M]")).all())


def spoken_date(date: np.datetime64, period: str) -> str:
    """A date as precisely as its period needs: "March 2019" for months, "4 March 2019" for others.

    >>> spoken_date(np.datetime64("2019-03-01"), "month")
    'March 2019'
    """
    moment = date.astype("datetime64[s]").item()
    if period in ("month", "quarter"):
        return f"{moment:%B %Y}"
    if period == "year":
        return f"{moment:%Y}"
    at_time = f", {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{moment.day} {moment:%B %Y}{at_time}"


def is_plural(name: str) -> bool:
    """Whether a measure's name reads as "Falls have" and not "Length of stay has".

    >>> [is_plural(name) for name in ("Falls per 1,000 bed days", "Length of stay in days", "Sepsis")]
    [True, False, False]
    >>> [is_plural(name) for name in ("Breaks taken in full", "Staff who would recommend us", "Staffing")]
    [True, True, False]
    >>> [is_plural(name) for name in ("Complaints received", "Men seen", "Medicines ready by eleven")]
    [True, True, True]
    """
    subject = AFTER_SUBJECT.split(f"{name} ")[0].strip().lower()
    last = subject.rsplit(None, 1)[-1] if subject else ""
    if last in PLURAL:
        return True
    return last.endswith("s") and not last.endswith(SINGULAR_ENDINGS) and last not in SINGULAR and len(last) > 2


def sentence(series: Series) -> str:
    """What changed, since when, and what that means for the target: one to three plain sentences."""
    usable = _usable(series)
    if not len(usable):
        return f"{series.name}: there are no values yet."
    if has_too_few(series):
        have = "have" if is_plural(series.name) else "has"
        return f"{series.name} {have} {'one value' if len(usable) == 1 else 'two values'}: too few points to say more."
    period = period_of(series.dates)
    last = int(usable[-1])
    parts = [_change(series, usable, period)]
    if series.assurance:
        parts.append(TARGET_WORDS[series.assurance].format(period="time" if period == "point" else period))
    if series.trial:
        parts.append("The limits are on trial: they rest on fewer than 12 points.")
    planned = series.settings.target is None and not np.isnan(series.targets[-1])  # a trajectory goes on before us
    if last < len(series.values) - 1 and np.isnan(series.values[last + 1]) and not planned:
        gone = [spoken_date(series.dates[place], period) for place in (last + 1, -1)]
        parts.append(f"There is no value for {' to '.join(dict.fromkeys(gone))}.")
    return " ".join(parts)


def has_too_few(series: Series) -> bool:
    """Whether there are too few values to say anything of what is usual."""
    return len(_usable(series)) < ENOUGH


def _usable(series: Series) -> np.ndarray:
    """Where the values are that count."""
    return np.flatnonzero(~np.isnan(series.values) & ~series.excluded)


def since(series: Series) -> np.datetime64 | None:
    """When the change that the sentence tells of began; None where the last usable point is as usual.

    That is the start of the run or of the trend, or the first of the points flagged together with the last.
    """
    usable = _usable(series)
    if not len(usable) or series.effects[usable[-1]] == "common":
        return None
    told = _told_by(series, usable)
    began: np.datetime64 = series.dates[usable[_first(series, usable, told)]]
    return began


def _told_by(series: Series, usable: np.ndarray) -> str:
    """The signal of the last usable point that the sentence dates the change by."""
    signals = series.signals[usable[-1]]
    above = series.values[usable[-1]] > series.centre[usable[-1]]
    if "shift" in signals and above == series.variation.endswith("high"):
        return "shift"
    return next(each for each in ("outside", "trend", "two_of_three") if each in signals)


def _change(series: Series, usable: np.ndarray, period: str) -> str:
    """What the last usable point's signals say, the icon's own direction first."""
    have = "have" if is_plural(series.name) else "has"
    until = spoken_date(series.dates[int(usable[-1])], period)
    if series.variation == "common":
        return f"{series.name} {have} been as usual to {until}: no more than the ups and downs that chance gives."
    effect, way = series.variation.split("_")
    signals = series.signals[int(usable[-1])]
    comparative = "higher" if way == "high" else "lower"
    if "shift" in signals:
        told = _shift(series, usable, period, comparative, signals)
    elif "trend" in signals and "outside" not in signals:
        told = f"been {'rising' if way == 'high' else 'falling'} for {_length(series, usable, 'trend', period)}"
    elif "outside" in signals:
        when = f"{WHEN.get(period, 'on')} {until}"
        if _first(series, usable, "outside") < len(usable) - 1:
            when = f"for {_length(series, usable, 'outside', period)} (to {until})"
        told = f"been far {comparative} than usual {when}, beyond the limits that chance would keep to"
        return f"{series.name} {have} {told}.{EFFECT_WORDS[effect]}"
    elif "two_of_three" in signals:
        told = f"been {comparative} than usual in at least two of the last three {period}s"
    else:
        told = "shown a pattern that is unlikely to be chance: too long a run on one side, or too few crossings"
    return f"{series.name} {have} {told} (to {until}).{EFFECT_WORDS[effect]}"


def _shift(series: Series, usable: np.ndarray, period: str, comparative: str, signals: tuple[str, ...]) -> str:
    above = series.values[usable[-1]] > series.centre[usable[-1]]
    side = "higher" if above else "lower"
    told = f"been {side} than usual for {_length(series, usable, 'shift', period)}"
    if side != comparative and "trend" in signals:  # back towards the average: the icon follows the trend
        going = "rising" if comparative == "higher" else "falling"
        return f"been {going} for {_length(series, usable, 'trend', period)}, though still {side} than usual"
    if "outside" in signals:
        told += ", and now further than chance would take it"
    return told


def _length(series: Series, usable: np.ndarray, signal: str, period: str) -> str:
    """How long the last run or trend is: "8 months, since March 2019"."""
    first = _first(series, usable, signal)
    days = series.dates[usable[first:]]
    unit = period if period == "point" or _follow_each_other(days, period) else "value"
    return f"{len(days)} {unit}s, since {spoken_date(series.dates[int(usable[first])], period)}"


def _follow_each_other(days: Dates, period: str) -> bool:
    """Whether a series has a value of every period of that stretch."""
    gap = float((days[-1] - days[0]) / np.timedelta64(1, "D"))
    return round(gap / DAYS_OF[period]) == len(days) - 1


def _first(series: Series, usable: np.ndarray, signal: str) -> int:
    """Where among the usable points the last unbroken stretch of a signal begins."""
    values, centre = series.values[usable], series.centre[usable]
    if signal == "trend":
        steps = np.sign(np.diff(values))
        same = np.append(steps == steps[-1], True)
    else:
        same = np.sign(values - centre) == np.sign(values[-1] - centre[-1])
    flagged = np.array([signal in series.signals[point] for point in usable])
    same &= flagged & (series.segments[usable] == series.segments[usable[-1]])
    broken = np.flatnonzero(~same)
    return int(broken[-1]) + 1 if len(broken) else 0
