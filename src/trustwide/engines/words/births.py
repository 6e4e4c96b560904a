"""Dates of birth: a date, in any written form, that the words around it say is a person's birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import NO_THING, after, before, small
from trustwide.engines.words.finding import Finding

MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
TENS = (
    r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety)"
)
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
YEAR_IN_WORDS = (
    rf"(?:(?:nineteen|twenty)[ -](?:hundred(?: and)? )?(?:oh[ -])?{TENS}?[ -]?{ONES}?"
    rf"|two thousand(?: and)?(?: {TENS}|))\b"
)
YEAR = rf"(?:(?:19|20)[0-9]{{2}}|['’]?[0-9]{{2}}(?![0-9:])|{YEAR_IN_WORDS})"
DAY = rf"(?:[0-3]?[0-9](?: ?(?:st|nd|rd|th))?|{ORDINAL})"
DATE = re.compile(
    rf"(?<![\w/£.])(?:{DAY}[ ]?(?:of )?[-/., ]{{0,2}}{MONTH}(?:[-/, ]{{0,2}}{YEAR}(?!\w))?"
    rf"|{MONTH} (?:the )?{DAY}(?:,? {YEAR})?(?!\w)"
    rf"|{MONTH} (?:19|20)[0-9]{{2}}"
    r"|(?:19|20)[0-9]{2}(?:[-/. ][0-1]?[0-9][-/. ][0-3]?[0-9]|[0-1][0-9][0-3][0-9])(?![0-9])"
    r"|[0-3]?[0-9](?P<between> ?[-/.\\] ?| )[0-1]?[0-9](?P=between)(?:(?:19|20)[0-9]{2}|['’]?[0-9]{2})(?![0-9])"
    r"|(?:[0-3][0-9][0-1][0-9](?:19|20)?[0-9]{2}|[0-9]{2}[0-1][0-9][0-3][0-9])(?![0-9]))",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\bd[./]? ?o[./]? ?b\b\.?|\bdates? ?of ?births?|\bbirth ?-?dates?|\bdate born|\bbirthdays?"
    r"|\bb-?day\b|\bborn\b|\bbirth\b"
    r"|(?:(?<=[(,;])|(?<=[(,;] ))b\.? ?$",
    re.IGNORECASE,
)
#: What else can have a date, or be born: then the date is not a person's.
OTHER = re.compile(
    r"\b(?:trial|test|pilot|meeting|board|project|idea|scheme|building|wing|block|trust"
    r"|service|unit|clinic|team|network"
    r"|programme|charity|committee|admitted|admission|seen|discharged?|appointment|clinic"
    r"|opened?|opens|started|launch(?:ed)?"
    r"|review(?:ed)?|scan|operation|surgery|referred|referral|due|deadline|by|from|since"
    r"|built|began|came|visited|founded|joined|retired|until|agreed|audit|changed?|went"
    r"|nhs['’]?s?|hospital|centre|system|campaign|plan|week|form|field|record(?:ed|ing)?"
    r"|missing|birth (?:rate|plan|centre)s?)\b",
    re.IGNORECASE,
)
THING = (
    r"(?:trials?|ideas?|projects?|schemes?|trusts?|services?|units?|teams?|networks?"
    r"|programmes?|charity|nhs|hospitals?|centres?"
    r"|systems?|campaigns?|plans?|huddles?|boards?|wards?|partnerships?|groups?|clinics?"
    r"|collaboratives?|movements?|concepts?"
    r"|departments?|app|approach|policy|pathways?|thinking|tool|rota|checklist|leaflet|club|choir|garden"
    r"|caf[eé]|course|event|role|model|process|method|newsletter|forum|habit)"
)
THING_BORN = re.compile(
    rf"(?:\b{THING}(?: (?:itself|first|really|was|were|is|had|been|that|which|as we know it))*\W*$"
    rf"|^\W*(?:the|this|our|that|a|their) (?:[\w-]+ ){{0,2}}{THING}\b(?!['’]s))",
    re.IGNORECASE,
)
THING_BIRTHDAY = re.compile(
    r"\b(?:nhs|trust|hospital|ward|team|unit|service|centre|building|charity|network)['’]?s?\b", re.IGNORECASE
)
PERSON = re.compile(
    rf"\b(?:mr|mrs|ms|miss|patient{NO_THING}|pt|lady(?! chapel| day)|gentleman|gent|mum|dad|name|nhs n|mrn|hosp"
    r"|resident|man|woman|[a-z]{2,}, [a-z]{2,})\b",
    re.IGNORECASE,
)
#: A person right beside the date: what follows tells what happened to them, unless it is what the date is of.
PERSON_BESIDE = re.compile(
    rf"\b(?:patient{NO_THING}|pt|lady|gentleman|gent|man|woman|male|female|boy|girl|mum|dad|resident|chap)"
    r"[ ,(–-]{1,3}$",
    re.IGNORECASE,
)
DATE_OF = re.compile(
    r"^ (?:trial|test|pilot|meeting|board|project|review|audit|scan|operation|surgery|clinic|appointment|referral|list"
    r"|survey|record|form|letter|plan|discharge|admission|visit|deadline|census)s?\b",
    re.IGNORECASE,
)
#: "Born out of a talk": an idea. "Born out of area": a child.
BORN_OF = re.compile(r"^\W*(?:out of (?!area|hospital|hours)|of )", re.IGNORECASE)
#: A year so long ago, in four digits or two, that little but a birth has it.
OLD_YEAR = re.compile(
    r"^(?:19[0-9]{2}|200[0-9])(?=[-/. ][0-9]|[0-9]{4}$)|(?:19[0-9]{2}|200[0-9])$"
    r"|^[0-9].*(?:[-/.\\] ?|[a-z.][-/, ]{0,2})['’]?[3-9][0-9]$",
    re.IGNORECASE,
)
#: Right beside the date, so that what follows cannot make it another's: "Jean Smith, 2 Nov 1952", "Mrs Ali (3.4.41)".
NAME = r"[A-Z][a-z]*['’-]?[A-Z]?[a-z]+"
NAMED = re.compile(
    rf"\b(?:M(?:r|rs|s|iss)\b\.? (?:{NAME} )?{NAME}|(?P<names>{NAME} {NAME}))(?:,| \(|,? ?[-–]| )? ?\(?$"
)
#: What has a name of two words and a date, and is nobody.
NOBODY = re.compile(
    r"\b(?:wards?|wing|house|block|road|street|lane|hospital|unit|trust|board|report|meeting|minutes|centre|building"
    r"|chapel|church|hall|charter|act|committee|group|team|day|week|month|school|college|park|gate|court|lodge|suite"
    r"|theatre|clinic|service|department|review|plan|policy|strategy|letter|form|edition|version|updated?"
    r"|dated?|the|an?|of|on|in|at|from|since|until|by|opened|built|founded|stone|bank|holiday|garden|library|royal"
    r"|nhs|news|times|journal|guide|survey|census|project|programme|award|prize|festival|first|last|next"
    r"|queen|king|prince(?:ss)?|st|saint|sir|commission|quality|fund|society|council|institute|association"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"^\s*(?:,|/|not|or|and|instead of|rather than|but|when|it|is|was|should|say(?:s)?"
    r"|really|actually|be|as|on|the|her|his|wristband|\s)*$",
    re.IGNORECASE,
)
#: Without one of these, or the short "b.", or a year long ago beside a person, no date is anybody's birth.
PARTS = ("born", "birth", "bday", "b-day", "dob", "d.o", "d/o", "d o", "do.b")
LONG_AGO = re.compile(r"19[0-9]{2}|200[0-9]|(?:[-/.\\]|[a-z.][-/, ]{0,2}) ?['’]?[3-9][0-9](?![0-9])")
SHORT = re.compile(r"[(,;] ?b\.? ?[0-9]", re.IGNORECASE)
SAY = "Leave the date of birth out. If age matters, say “in their seventies”."


def births(text: str) -> Iterator[Finding]:
    low = small(text)
    if not any(part in low for part in PARTS) and not SHORT.search(low) and not LONG_AGO.search(low):
        return
    last_end = -1
    for date in DATE.finditer(text):
        start, end = date.span()
        end -= len(date[0]) - len(date[0].rstrip(" .,"))
        joined = 0 <= last_end < start and start - last_end < 40 and JOINED.match(text[last_end:start])
        if joined or of_a_person(text, start, end):
            last_end = end
            yield Finding("identifier", "date_of_birth", text[start:end], start, end, SAY)


def of_a_person(text: str, start: int, end: int) -> bool:
    lead, tail = before(text, start), after(text, end, 30)
    cues = list(CUE.finditer(lead))
    if cues:
        cue = cues[-1]
        between = lead[cue.end() :]
        said = cue[0].lower()
        of_thing = (said == "born" and (THING_BORN.search(lead[: cue.start()]) or BORN_OF.search(between))) or (
            "day" in said and THING_BIRTHDAY.search(lead)
        )
        return not of_thing and len(between) < 60 and not OTHER.search(between)
    cue_after = CUE.match(tail.lstrip(" (,-–=:")) or re.match(
        r"^[ ,(–-]{0,3}(?:is|was|as|for|=|being)? ?(?:(?:the|her|his|their|my|mum's|dad's"
        r"|patient's|pt's|a|correct|wrong|real) ?){0,3}"
        r"(?:d\.?o\.?b|date of birth|birth ?day|birth ?date)",
        tail,
        re.IGNORECASE,
    )
    if cue_after:
        return not THING_BIRTHDAY.search(lead)
    if not OLD_YEAR.search(text[start:end]):
        return False
    if PERSON_BESIDE.search(lead) and not DATE_OF.match(tail):
        return not OTHER.search(lead[-45:])
    return beside_a_name(lead) or bool(PERSON.search(lead) and not OTHER.search(lead[-45:] + " " + tail))


def beside_a_name(lead: str) -> bool:
    """Whether a person's name stands right before; the names of places, papers and days are none."""
    named = NAMED.search(lead)
    return named is not None and not NOBODY.search(named["names"] or "")
