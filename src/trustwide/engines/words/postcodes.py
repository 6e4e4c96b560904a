"""Postcodes of a home, or of where a patient stays; those of hospitals and public buildings are nobody's secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import after, before
from trustwide.engines.words.finding import Finding

POSTCODE = re.compile(r"(?<![\w-])[A-Z]{1,2}[0-9][A-Z0-9]?(?:[ \u00a0]{0,2}|-)[0-9][A-Z]{2}(?![\w-])", re.IGNORECASE)
#: "bay a1 2nd", "ward c3 4pm": not the end of a postcode when typed small.
NOT_INWARD = {"st", "nd", "rd", "th", "am", "pm", "hr", "yr", "wk", "mg", "ml", "kg", "mm", "cm"}
HOME = (
    r"lives?|living|lived|resid(?:es?|ing|ent of)|stay(?:s|ing|ed)?|home address|(?:her"
    r"|his|their|patient['’]?s?|pt['’]?s?|mum['’]?s|dad['’]?s"
    r"|daughter['’]?s|son['’]?s|wife['’]?s|husband['’]?s|mother['’]?s|father['’]?s|sister['’]?s"
    r"|brother['’]?s|relative['’]?s|carer['’]?s) "
    r"(?:own |new |full |home )?(?:address|home|house|flat|bungalow|postcode|place)|addr(?:ess)?"
    r" on (?:file|record)|discharged? (?:\w+ )?to|goes? home|going home"
    r"|went home|sent (?:\w+ )?home|home (?:to|at|in|is)|moved (?:in|to)|comes? from"
    r"|next of kin|drop(?:ped)? (?:her|him|them)|(?:took|take|taken) (?:her|him|them)"
    r"|(?:mr|mrs|ms|miss)\b(?:\.? [\w'’-]+)?|patient (?:at|in|from|of)|her|his|she|he|lady|gentleman|patient"
    r"|pt|daughter|son|wife|husband|mum|dad|widow(?:er)?"
)
PUBLIC = (
    r"hospitals?|trust(?!wide)|clinics?|surgery|practice|library|town hall|village hall"
    r"|community hall|church|mosque|temple|school|college|university|council"
    r"|headquarters|hq|head office|offices?|car ?park|park and ride|visitors?|sat ?nav"
    r"|entrance|pharmacy|chemist|museum|leisure centre|centre|venue|meetings?|conference"
    r"|hotel"
    r"|health centre|depot|warehouse|stores?|laundry|supplier|deliver(?:y|ies)|station"
    r"|court|stadium|theatre|hub|site|building|campus|reception|our (?:own )?(?:address"
    r"|postcode)"
    r"|post room|hall|training|event|academy|academic|courier|switchboard|unit|department"
    r"|hospice|gym|pool|supermarket|cinema|arena|nursery|estates|signs?|letterhead|headed paper|website"
)
CUES = re.compile(rf"\b(?:(?P<home>{HOME})|(?P<public>{PUBLIC}))\b", re.IGNORECASE)
#: A home that is named as one beats a public building between it and the postcode ("lives by the hospital, TB2 4XY").
FIRM = re.compile(
    r"\b(?:lives?|living (?:at|in|alone|with)|lived|resid(?:es?|ing)|stay(?:s|ing|ed)"
    r" (?:at|with|in)|home address|discharged? (?:\w+ )?to"
    r"|(?:her|his|their|patient['’]?s|pt['’]?s) (?:\w+ )?(?:address|home|house|flat|bungalow|postcode))\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[;]|,? (?:but|and|so|while|whereas) (?:the|our|we|it)\b|\b(?:meet|meets|meeting"
    r"|drop in|come) at\b",
    re.IGNORECASE,
)
#: A code of something else in the same shape: "stock code SK9 1AA", "form FP10 2BC".
CODED = re.compile(
    r"\b(?:(?:stock|product|part|item|order|catalogue|model|serial|asset|batch|lot|invoice|requisition|locker|kit|tag|job"
    r"|cost)(?: (?:code|number|no|num|ref|id))?\.?[ :#(-]{1,3}|(?:form|version|room|leaflet|ref|reference) )$",
    re.IGNORECASE,
)
#: "12 Church Lane", "3 Beech Court": an address. What its street is named after says nothing of whose it is.
SMALL_WORDS = r"(?:at|by|for|from|in|is|near|of|off|on|opposite|or|our|the|to|and|with)\b"
STREET = re.compile(
    rf"(?<![\w.])[0-9]{{1,3}}[a-z]?,? (?:(?!{SMALL_WORDS})[a-z][a-z'’.-]* ){{1,3}}?"
    r"(?:roa?d|rd|street|st|lane|court|close|avenue|ave|drive|way|place|terrace|crescent|gardens|row|grove|mews|square"
    r"|hill|walk)\b",
    re.IGNORECASE,
)
#: A home named after what it was: "Mrs Shaw, The Old Library, BD9 7XX". Only right behind a person is it one.
OLD_HOUSE = re.compile(
    r"(?<=, )The Old (?:[A-Z][a-z]+ )?(?:School|Library|Chapel|Church|Surgery|Station|Court|Hall|Pharmacy|Stores?"
    r"|Hospital|Council|Theatre|Laundry|Warehouse)(?: House)?(?=,? )"
)
BARE_ADDRESS = re.compile(r"\baddr(?:ess)?[ ,:–-]{1,3}(?:is )?_+[ ,]*$", re.IGNORECASE)
OF_WHAT = re.compile(r"^\W{0,2}(?:for|of|has|is)\b", re.IGNORECASE)
SAY = "Leave the postcode of a home out. Say the town or the district."


def postcodes(text: str) -> Iterator[Finding]:
    for found in POSTCODE.finditer(text):
        start, end = found.span()
        if text[end - 2 : end] not in NOT_INWARD and not coded(text, start) and of_a_home(text, start, end):
            yield Finding("identifier", "postcode", found[0], start, end, SAY)


def coded(text: str, start: int) -> bool:
    return CODED.search(before(text, start, 30)) is not None


def of_a_home(text: str, start: int, end: int) -> bool:
    """By the nearest word that says whose address it is; a postcode that nothing explains is taken for a home."""
    wider = without_names_of_streets(text[max(0, start - 160) : start])
    sentence = before(wider, len(wider), 120)
    lead, tail = CLAUSE.split(sentence)[-1] or "", after(text, end)
    if FIRM.search(lead) or at_a_bare_address(lead, tail):
        return True
    for window, last in ((lead, True), (tail, False), (sentence, True), (wider, True)):
        cues = list(CUES.finditer(window))
        if cues:
            return cues[-1 if last else 0].lastgroup == "home"
    return True


def without_names_of_streets(lead: str) -> str:
    """What comes before a postcode, as long as it was, with "12 Church Lane" struck out.

    >>> without_names_of_streets("Mr Ali, 4 Station Road, ")
    'Mr Ali, ______________, '
    """
    lead = STREET.sub(struck_out, lead)
    whose = [each.lastgroup for each in CUES.finditer(OLD_HOUSE.split(lead)[0])]
    return OLD_HOUSE.sub(struck_out, lead) if whose[-1:] == ["home"] else lead


def struck_out(found: re.Match[str]) -> str:
    return "_" * len(found[0])


def at_a_bare_address(lead: str, tail: str) -> bool:
    """Whether "address" is all that is said of a street: a weak sign of a home, so any other word weighs more."""
    return bool(BARE_ADDRESS.search(lead)) and not CUES.search(lead) and not OF_WHAT.match(tail)
