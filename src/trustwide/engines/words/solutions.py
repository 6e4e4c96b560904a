"""Problems told as a fix, or as the lack of one: "we need an app", "lack of a second porter".

Needing to understand, to know or to find out is no fix, and a tool that is there is a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import small
from trustwide.engines.words.finding import Finding
from trustwide.engines.words.solution_patterns import solution_patterns

#: What these need is what happens, not what somebody has decided; unless it is a thing that the trust would buy.
SUBJECT = re.compile(
    r"\b(?:[a-z]{3,}ing (?:him|her|me|mum|dad)(?: \w+){0,2}"
    r"|patients?|pts?|who|he|she|you|mum|dad|people|child(?:ren)?|residents?|relatives?"
    r"|famil(?:y|ies)|(?<!health )visitors?|carers?|man|woman|sons?|daughters?|wife|husband|partner|brothers?|sisters?"
    r"|nephews?|nieces?|aunt(?:ie|y)?|uncle|gran|nan|grand\w+|friends?|neighbours?"
    r"|lady|someone|anyone|person|whoever|mothers?|parents?|babies|baby|mrs? \w+|women"
    r"|men|no)(?: \w+ly| still| also| just| may| might| will| do| would| often)*\s*$",
)
BEFORE = 40
SAY = (
    "This is a way to fix it. Say first what happens now, to whom and how often: then others can see the problem too, "
    "and more than one idea can be tried."
)


def solutions(text: str) -> Iterator[Finding]:
    low = small(text)
    for section in ("any", "need"):
        for parts, pattern in solution_patterns(section):
            if not parts or any(part in low for part in parts):
                yield from matches(pattern, text, low, look_back=section == "need")


def matches(pattern: re.Pattern[str], text: str, low: str, *, look_back: bool) -> Iterator[Finding]:
    for found in pattern.finditer(low):
        start, end = found.span()
        if start < end and not (look_back and SUBJECT.search(low[max(0, start - BEFORE) : start])):
            yield Finding("solution", None, text[start:end], start, end, SAY)
