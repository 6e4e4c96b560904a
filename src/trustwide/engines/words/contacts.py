"""Telephone numbers and e-mail addresses of patients, relatives and carers; those of the hospital are clean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import NO_THING, after, before, small
from trustwide.engines.words.finding import Finding

GAP = r"(?:[ \u00a0.\-‐‑–/]{0,2})"
PHONE = re.compile(
    rf"(?<![\w£+.,-])(?:(?:\+|00)44{GAP}(?:\(0\){GAP})?|\(?0)(?:\)?{GAP}[0-9]){{9,10}}(?![\w]|[.,-][0-9])"
    rf"|(?<![\w£+.,-])7[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{3}}(?![\w]|[.,-][0-9])"
)
LOCAL = re.compile(r"(?<![\w£+.,/#-])[2-9][0-9]{2}[ -]?[0-9]{3,4}(?![\w]|[.,/-][0-9])")
#: Numbers for all the country: help lines and firms, never a home.
EVERYBODYS = re.compile(r"^(?:0[389]|(?:\+|00)44 ?[389])")
PERSON = (
    rf"patient['’]?s?{NO_THING}|pt['’]?s?|relatives?['’]?s?|famil(?:y|ies)['’]?s?|daughter['’]?s?"
    r"|son['’]?s?|wife['’]?s?|husband['’]?s?|mum['’]?s?|mother['’]?s?|dad['’]?s?|father['’]?s?"
    r"|sister['’]?s?|brother['’]?s?"
    r"|partner['’]?s?|carers?['’]?s?|neighbour['’]?s?|nok|next of kin|niece['’]?s?|nephew['’]?s?"
    r"|gran(?:d\w+)?['’]?s?|nan['’]?s?|parents?['’]?s?|friend['’]?s?|aunt(?:ie|y)?['’]?s?"
    r"|uncle['’]?s?|cousin['’]?s?"
    r"|him|her|his|hers|she|he|them|(?:mr|mrs|ms|miss)\b(?:\.? [\w'’-]+)?|home|lady|gentleman|gent|woman|widow"
    r"|service user['’]?s?|son-in-law|in-law|guardian|complainant|volunteer driver|personal"
    r" (?:mobile|number)|caller|visitor['’]?s?|girlfriend|boyfriend|child['’]?s|baby['’]?s"
)
HOUSE = (
    r"switchboard|switch|ext(?:ension)?n?|bleeps?|pager|ward['’]?s?|reception|clinic|help ?desk"
    r"|help ?line|hotline|main (?:hospital )?number|hospital|surgery|gp|practice|pharmacy"
    r"|council|office|supplier|compan(?:y|ies)|pals"
    r"|estates|department|unit|on[- ]call|duty|site (?:manager|team|office)|bed (?:manager"
    r"|team|meeting)|matron|team|secretary|secretaries|service desk|porters?|porters['’]?"
    r"|lodge|booking|appointments?|security|contractor|engineer|firm|taxi|laborator(?:y"
    r"|ies)|lab|radiology|theatres?|library|charity|social services|ambulance|conference"
    r"|dial[- ]in|meeting id|teams|fax|safeguarding|infection control|transport|catering"
    r"|coordinator|co-ordinator|charge nurse|crash|depot|voicemail|central|trust|control"
    r" room|it support|line for|central line|hub|registrar|consultant|blood bank|mortuary"
    r"|finance|hr|communications|minor injuries|bureau|call centre"
    r"|(?:advice|results?|out[- ]of[- ]hours|nurse|information|referrals?|crisis|absence|sickness|enquir(?:y|ies)) "
    r"(?:(?:tele)?phone )?(?:line|number|service)"
)
CUES = re.compile(rf"\b(?:(?P<person>{PERSON})|(?P<house>{HOUSE}))(?!\w)", re.IGNORECASE)
#: Whose number: "daughter's mobile" beats a ward that is named between it and the number.
FIRM = re.compile(
    rf"\b(?:{PERSON})(?:['’]s)? (?:\w+ )?(?:mobile|mob|number|no|tel|phone|cell|landline"
    rf"|contact|email|e-mail|on)\b",
    re.IGNORECASE,
)
LOCAL_LEAD = re.compile(r"\b(?:tel|phone|telephone|ring|call|home number|landline|contact)\b", re.IGNORECASE)
SOME_DIGITS = re.compile(r"(?:[0-9][ .()/-]{0,2}){5}")
PHONE_SAY = "Leave the telephone number out. Say whom to ask on the ward."
#: "name[at]mail[dot]example" hides an address from programs, not from people.
DOT = r"(?:\.| ?[\[({<] ?dot ?[\])}>] ?)"
EMAIL = re.compile(
    r"(?<![\w.+-])(?P<local>[\w.+'’-]{1,64})(?: ?[\[({<] ?at ?[\])}>] ?|@)"
    rf"(?P<domain>(?:[a-z0-9-]{{1,63}}{DOT}){{1,5}}[a-z]{{2,24}})(?![\w-])",
    re.IGNORECASE,
)
SHARED = re.compile(
    r"(?:^|[._+-]|\b)(?:team|ward\w*|pals|info|information|enquir\w+|inquir\w+|admin\w*"
    r"|reception\w*|booking\w*|office|quality|improv\w+|qi|help|help\w*|service\w*|comms"
    r"|communication\w*|hr"
    r"|workforce|finance|payroll|estates|facilities|appointment\w*|referral\w*|feedback"
    r"|contact|contactus|hello|mailbox|inbox|switchboard|foi|complaint\w*|secretar\w+"
    r"|governor\w*|membership|volunteer\w*|research"
    r"|library|training|education|learning|safeguarding|clinic\w*|support|no-?reply|news\w*"
    r"|ideas?|project\w*|pmo|it|ict|digital|porter\w*|pharmacy|radiology|theatres?|outpatient\w*"
    r"|discharge\w*|patient\w*|experience|involvement"
    r"|engagement|ed|ae|maternity|physio\w*|therap\w+|dietetic\w*|rota\w*|roster\w*|recruit\w+"
    r"|procurement|orders?|supplies|catering|transport|security|fire|safety|risk|datix"
    r"|incident\w*|audit|governance|board|trust|chair\w*|events?|conference|survey\w*"
    r"|group|network|hub|unit|dept|department|staff|everyone|all|shared|general|post"
    r"|mail|web\w*|press|charity|friends|fundrais\w+|bed\w*|site\w*|ops|operations|matrons?"
    r"|nursing|medical|records|results|pathology|labs?)(?:$|[._+-]|[0-9])",
    re.IGNORECASE,
)
HOUSE_DOMAIN = re.compile(
    r"[@.](?:\w[\w-]*\.)*(?:nhs|gov|ac|police|mod)(?:\.|$)|nhs|trust|hospital|council"
    r"|improvement",
    re.IGNORECASE,
)
SHARED_CUE = re.compile(
    r"\b(?:shared|team|generic|group|ward|departmental|service)['’]?s? (?:\w+ )?(?:mail"
    r" ?box|inbox|e-?mail|address|account)\b|\bmail ?box\b|\binbox\b",
    re.IGNORECASE,
)
EMAIL_SAY = "Leave the e-mail address out. Say whom to ask in the team."


def phones(text: str) -> Iterator[Finding]:
    if not SOME_DIGITS.search(text):
        return
    for found in PHONE.finditer(text):
        start, end = found.span()
        bare = found[0][0] == "7" and not said_of_a_person(before(text, start))
        if not bare and not EVERYBODYS.match(found[0].replace("(", "")) and of_a_person(text, start, end):
            yield Finding("identifier", "phone", found[0], start, end, PHONE_SAY)
    for found in LOCAL.finditer(text):
        start, end = found.span()
        lead = before(text, start, 40)
        if LOCAL_LEAD.search(lead) and said_of_a_person(lead):
            yield Finding("identifier", "phone", found[0], start, end, PHONE_SAY)


def said_of_a_person(lead: str) -> bool:
    cues = list(CUES.finditer(lead))
    return bool(cues) and cues[-1].lastgroup == "person"


def of_a_person(text: str, start: int, end: int) -> bool:
    """By whose number it is said to be; else by the nearest word about somebody; else it is taken for a person's."""
    lead = before(text, start)
    firm = list(FIRM.finditer(lead))
    house = [cue for cue in CUES.finditer(lead) if cue.lastgroup == "house"]
    if firm and (not house or firm[-1].end() > house[-1].start() or len(lead) - firm[-1].end() < 25):
        return True
    for window, last in ((lead, True), (after(text, end), False)):
        cues = list(CUES.finditer(window))
        if cues:
            return cues[-1 if last else 0].lastgroup == "person"
    return True


def emails(text: str) -> Iterator[Finding]:
    if "@" not in text and "at" not in small(text):
        return
    for found in EMAIL.finditer(text):
        if of_a_private_person(text, found):
            yield Finding("identifier", "email", found[0], *found.span(), EMAIL_SAY)


def of_a_private_person(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    local, domain = found["local"], re.sub(DOT, ".", found["domain"], flags=re.IGNORECASE)
    lead = before(text, start, 60)
    firm = said_of_a_person(lead) and not SHARED_CUE.search(lead)
    if SHARED.search(local) or SHARED_CUE.search(lead) or SHARED_CUE.search(after(text, end, 30)):
        return firm and bool(FIRM.search(lead)) and not HOUSE_DOMAIN.search("@" + domain)
    return firm or not HOUSE_DOMAIN.search("@" + domain)
