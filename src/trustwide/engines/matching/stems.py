"""Words cut to what they share with their kin: "comforting" and "comforts" are one."""

from __future__ import annotations

from trustwide.engines.matching.signs import words_of

SHORTEST = 4
ENDINGS = tuple(
    "fulness ingly edly ness ment ings ions ing ion ies ied ily ful est ers er ed es ly s y e".split()  # longest first
)
#: Words that any sentence of these documents may hold.
EVERYWHERE = frozenset(
    """a about across after all always an and any anyone anything are as ask at be been before being both but by can care
    colleague colleagues could day did do does doing done down each every everyone everything for from full get gets give
    given gives go goes good had has have having help helps her here hers him his how i if in into is it its job keep keeps
    make makes made making many may me more most must my need needs never new no nor not of off on once one only or other
    others our ourselves out over own part patient patients people person place put role same say says self service services
    set shall she should show shows so some someone something staff such take takes taking team than that the their them
    themselves then there these they thing things this those through time to together too trust under until up us use used
    uses very was way ways we well were what when where which while who whom whose why will with within without work worked
    working works would you your yours yourself""".split()
)


def stem(word: str) -> str:
    ending = next((each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= SHORTEST), "")
    return word[: len(word) - len(ending)]


def stems(text: str) -> set[str]:
    """Of the words that say something by themselves."""
    return stems_of([word for word, _, _ in words_of(text)])


def stems_of(words: list[str]) -> set[str]:
    return {stem(word) for word in words if word and word not in EVERYWHERE}
