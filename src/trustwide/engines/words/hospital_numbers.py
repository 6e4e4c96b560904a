"""The number by which one hospital knows a patient: told by its label, or by the person it stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import NO_THING, after, before
from trustwide.engines.words.finding import Finding

NUMBER = r"(?:numbers?|num|nos?|nbr|id|ref(?:erence)?|#)"
LABEL = (
    rf"(?:\bm\.?r\.?n\b\.?|\b(?:hosp(?:ital)?|unit|patient|pt|pat|pas|pmi|epr|ehr|case"
    rf" ?notes?|medical records?|records?|notes?|local|district|chart"
    rf"|crn|cerner|k|x|s|d|r|h|admin|internal) ?[.-]? ?{NUMBER}\b\.?|\bhosp ?#|\bmrn ?#|\bcase"
    rf" ?notes?\b|\bpatient identifier\b|\bh/?n\b|\bh\.n\.|\b(?:hospno|hosp\.no|mrnno"
    rf"|patid)\b"
    rf"|\bpatient record\b|\bhosp\b|\bcrn\b|\b(?:her|his|(?:patient|pt)['’]s) number\b)"
)
LINK = (
    r"(?:[\s:=#.,()\-–—\"'“”]*(?:(?:is|was|number|no|as|of|are|were|being|given as|reads?"
    r"|shown as|wrongly|e\.g)\b[\s:=#.()\-–—\"'“”]*){0,3})"
)
CODE = (
    r"(?:[A-Z]{0,4}[ -]?[0-9]{4,9}[A-Z]{0,2}|[A-Z]{1,3}[ -]?[0-9]{2,4}[ -][0-9]{2,4}(?:["
    r" -][0-9]{2,4})?|[A-Z]{1,3}(?:[/-][0-9]{2,6}){2,3}"
    r"|[0-9]{2,4}[ /-][0-9]{2,4}(?:[ /-][0-9]{1,4}){0,2}|[0-9]{2,4}[/-][0-9]{4,6})"
)
END = r"(?![\w]|[ .-]?[0-9]|/[0-9])"
LABELLED = re.compile(rf"{LABEL}{LINK}(?P<code>{CODE}){END}", re.IGNORECASE)
LABEL_AFTER = re.compile(
    r"^[ ,(–-]{0,3}(?:is|was|=|being|as)? ?(?:(?:the|her|his|their|patient's|pt's|a|wrong|right|old|new) ?){0,2}"
    r"(?:m\.?r\.?n\b|hosp(?:ital)? (?:number|no|num)|(?:unit|patient|case ?note|record|pas) (?:number|no|id))",
    re.IGNORECASE,
)
#: Letters and at least five digits, as no label is needed for these beside a person.
BARE = re.compile(r"(?<![\w£/.-])(?:[A-Z]{1,4}-?[0-9]{5,8}[A-Z]?|[0-9]{6,8}[A-Z])(?![\w-])", re.IGNORECASE)
#: Digits alone are a person's right behind "patient" or a name.
BESIDE = re.compile(
    r"\b(?:[Pp]atient|[Pp][tx]|PT|M(?:r|rs|s|iss)\b\.? (?:[A-Z][\w'’-]{1,30} ){0,2}[A-Z][\w'’-]{1,30})"
    rf"[ ,(:#–-]{{1,3}}(?P<code>[0-9]{{6,8}}){END}(?![%]|,[0-9])"
)
DIGITS = re.compile(r"(?<![\w£/.,-])[0-9]{6,9}(?![\w-]|[.,/][0-9])")
PERSON = (
    rf"patients?{NO_THING}|pts?|mr|mrs|ms|miss|lady|gentleman|gent|woman|man|baby|child|mum|dad"
    r"|(?:waiting|theatre|operating|trolley|clinic|ward|discharge|transfer) list|admitted|transferred"
    r"|she|he|her|his|resident|notes (?:for|of)|wristband|relative of|daughter of|son"
    r" of|dob|female|male|aged|year[- ]old|y/?o|yrs?|discharged|readmitted|never (?:reviewed"
    r"|seen)|reviewed by"
)
THING = (
    r"assets?|orders?|batch(?:es)?|rooms?|po|invoices?|tickets?|lots?|serial|incident"
    r"|datix|model|equipment|pumps?|purchase|jobs?|requisition|req|stock|barcode"
    r"|part|catalogue|supplier|version|contract|account|cost ?code|ledger|licen[cs]e"
    r"|registration|vehicle|trolley|bed|fridge|hoist|machine|monitor|scanner|printer"
    r"|laptop|pc"
    r"|device|calls?|log|change|policy|study|trial|form|file|folder|extension|ext|bleep"
    r"|door|store|kit|drug|vaccine|leaflet|poster|document|risk|complaint|petition|pat test|tag|service desk"
    r"|helpdesk|works?|nmc|gmc|pin|staff|payroll|employee|badge"
)
CUES = re.compile(rf"\b(?:(?P<person>{PERSON})|(?P<thing>{THING}))\b", re.IGNORECASE)
SOME_DIGITS = re.compile(r"[0-9]{4}|[0-9]{2}[ /-][0-9]{2}")
SAY = "Leave the hospital number out: nobody needs to know which patient it was. Say “a patient”."


def hospital_numbers(text: str) -> Iterator[Finding]:
    if not SOME_DIGITS.search(text):
        return
    for found in LABELLED.finditer(text):
        start, end = found.span("code")
        if not other_number(found["code"]) and not label_of_a_thing(text, found.start(), found[0]):
            yield finding(text, start, end)
            yield from listed_after(text, end)
    for found in BESIDE.finditer(text):
        yield finding(text, *found.span("code"))
    for pattern in (BARE, DIGITS):
        for found in pattern.finditer(text):
            start, end = found.span()
            if LABEL_AFTER.match(text[end : end + 40]) or (pattern is BARE and beside_a_person(text, start, end)):
                yield finding(text, start, end)


def finding(text: str, start: int, end: int) -> Finding:
    return Finding("identifier", "hospital_number", text[start:end], start, end, SAY)


MORE = re.compile(
    rf"\s*(?:,|and|or|&|/|not|instead of|rather than|, not)\s+(?P<code>[A-Z]{{0,3}}[0-9]{{5,9}}[A-Z]?){END}",
    re.IGNORECASE,
)


def listed_after(text: str, end: int) -> Iterator[Finding]:
    """The second and third of "hospital numbers 123456 and 654321"."""
    for _ in range(5):
        found = MORE.match(text, end)
        if not found or other_number(found["code"]):
            return
        end = found.end("code")
        yield finding(text, found.start("code"), end)


def other_number(code: str) -> bool:
    """A year, a telephone number, or too short to be one person's."""
    digits = re.sub(r"[^0-9]", "", code)
    return (len(digits) < 5 and not (len(digits) == 4 and code[0].isalpha() and code[1].isalpha())) or len(digits) > 9


def label_of_a_thing(text: str, start: int, found: str) -> bool:
    """An asset's record number, or the unit number of a machine; or a short label that says little by itself."""
    lead = before(text, start, 30)
    cue = list(CUES.finditer(lead))
    thing = bool(cue) and cue[-1].lastgroup == "thing" and len(lead) - cue[-1].end() < 12
    return thing and not found.lower().startswith(("mrn", "hosp", "patient", "pt"))


def beside_a_person(text: str, start: int, end: int) -> bool:
    """A person is the nearest thing named before it, in the sentence; after it only where nothing is named before."""
    for window, last in ((before(text, start, 60), True), (after(text, end, 40), False)):
        cues = list(CUES.finditer(window))
        if cues:
            return cues[-1 if last else 0].lastgroup == "person"
    return False
