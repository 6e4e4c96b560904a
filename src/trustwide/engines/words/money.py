"""Aims and reasons framed as savings, income or budget. A patient's own costs, gifts, bank staff and time are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.context import after, before, small
from trustwide.engines.words.finding import Finding

AMOUNT = (
    r"(?:(?:about |around |over |up to |nearly |at least |another |roughly |an estimated"
    r" |some |the |us |the trust |ourselves )*(?:£ ?[0-9][0-9,.]*|£{2,}|[0-9][0-9,.]* ?(?:k\b"
    r"|p\b|pence\b|grand\b|pounds\b|quid\b|thousand pounds|million pounds|million\b|m\b))(?: ?(?:k"
    r"|m|bn|million|thousand|grand)\b)?)"
)
SPENDING = (
    r"(?:costs?|spend(?:ing)?|expenditure|expenses?|pay ?bill|wage bill|pay costs|bills?"
    r"|overheads?|budgets?|outgoings|overspends?|deficit|agency (?:spend|use|costs?|bill)"
    r"|bank and agency|locum (?:spend|costs?))"
)
#: Money whatever stands around it.
SURE = (
    r"\bcost[- ](?:improvement|saving|cutting|reduction|efficienc\w+|effective(?:ness)?"
    r"|pressures?|base|neutral|avoidance)s?(?: (?:programme|plan|target|scheme)s?)?|\bcutting"
    r" costs?|\bCIPs? (?:targets?|gaps?|schemes?|savings?|plan|programme)\b|\b(?:deliver"
    r"|meet|hit|our|towards|for the|achieve) (?:\w+ )?CIPs?\b|\bQIPP\b|\bwithin (?:our"
    r"|its|their) means\b|\brebates?\b|\bpaybacks?\b"
    r"|\b(?:cash[- ]?(?:releasing|flow|saving)|invest[- ]to[- ]save|return on investment"
    r"|ROI|value for money|break[- ]?even|control total|financial(?:ly)? (?:balance|savings?"
    r"|pressures?|recovery|benefits?|position|plan|targets?|sustainab\w+|gap|envelope"
    r"|viab\w+|control|challenge|efficienc\w+|reasons?|case|impact|return|gains?)|efficiency"
    r" (?:savings?|targets?|programme|requirement)s?)\b"
    r"|\b(?:over-?spen(?:t|d|ds|ding)|under-?spen(?:t|d|ds|ding)|in the red|in the black"
    r"|in deficit|deficit|(?:run|running|make|made|making|financial|budget|year-end)"
    r" (?:at )?(?:a |an )?surplus|run rate|bottom line|balance the books|purse strings)\b"
    r"|\b(?:within|on|under|over|in|off|stay(?:ing)? (?:with)?in|meet|hit|keep to|live"
    r" within|cut(?:s|ting)?|reduce|slash|trim|protect|squeeze|set|our|the|ward|unit"
    r"|staffing|pay|non-pay|training|agency|department(?:al)?|team|trust['’]?s?|this"
    r" year['’]s|next year['’]s|drugs?|stationery|annual|devolved|directorate|division(?:al)?"
    r"|service) (?:the |our |its |their |my |ward |pay |staffing )?budgets?\b"
    r"|\bbudget (?:cuts?|holders?|pressures?|gap|savings?|is|was|will|for|reductions?"
    r"|targets?|position|this|next|constraints?|limits?)\b|\b(?:no|because of|for|hit"
    r" the) budget\b|\bbudgetary\b"
    r"|\b(?:avoid|face|risk|escape)(?:s|ing)? (?:an? |the |another |more |any )?fines?\b"
    r"|\b(?:trust|hospital|department|service|we)(?:['’]d| would| will) be (?:financially )?better off\b"
    r"|\bfined\b|\bfinancial penalt(?:y|ies)\b|\bloss[- ]making\b|\b(?:makes?|made|making)"
    r" (?:a |an? \w+ )?(?:loss|profit)\b|\bpay ?bill\b|\bunit cost\b|\bcosts? per (?:case"
    r"|patient|bed|day|procedure|test)\b"
    r"|\b(?:more|less|no|enough|extra|save|saves|saving|saved|release|releases|releasing"
    r"|short of|lose|loses|losing|find|free up|frees up) (?:the |some |any |us )?(?:money"
    r"|cash|funds)\b(?! from| back on| box)|\b(?:better|lower|best) prices?\b|\bearn(?:s"
    r"|ing)? (?:more|extra|the trust|us|money|income)\b"
    rf"|{AMOUNT} (?:gap|hole|shortfall|pressure|overspend|deficit|savings?|target|loss"
    rf"|saved|a year|per year|per annum|in savings|of savings|off the)\b|\b(?:find|take"
    rf" out|taking out|releas(?:e|es|ed|ing)|recoup(?:s|ed|ing)?|claw(?:s|ed|ing)? back|recover(?:s|ed|ing)?"
    rf"|(?:free(?:s|d|ing)?(?: up)?|deliver(?:s|ed|ing)?|yield(?:s|ed|ing)?|bring(?:s|ing)? in"
    rf"|generat(?:e|es|ed|ing))(?=[a-z ]{{1,30}}£)) {AMOUNT}"
    rf"(?: (?:in|of) (?:\w+ ){{0,2}}savings)?|\b(?:not|stop|n['’]t)"
    rf" (?:pay(?:ing)?|fund(?:ing)?) (?:us|the trust|the hospital)\b"
)
SAVING = (
    rf"\bsav(?:e|es|ed|ing|ings of|ings worth)(?: \w+){{0,4}}? (?:{AMOUNT}|money|cash"
    rf"|cost|costs|pounds|thousands|millions|a fortune)(?!\w)|\bsav(?:e|ing|es)(?: \w+)?"
    rf" on (?!time|steps|walking|journeys)[\w-]+(?: [\w-]+)?"
    rf"|\b(?:money|cash)[- ]sav(?:er|ing)s?\b|\bsavings?\b(?! (?:time|lives|grace|accounts?"
    rf"|(?:an?|the|her|his|your|our) (?:seat|place|space|life|table|trip|walk|journey|step|minute|hour|day)"
    rf"|groups?|books?|club))|\b(?:close beds and|and|to|could|would|will|we|also) save(?=[.,;!]"
    rf"|$)"
)
CUTTING = (
    rf"\b(?:reduc(?:e|es|ed|ing|tion in)|cut(?:s|ting)?(?: down)?(?: on)?|lower(?:s|ed"
    rf"|ing)?|drive down|driving down|bring(?:ing)? down|control(?:ling)?|slash(?:ing)?"
    rf"|keep(?:ing)? down|trim(?:ming)?|shav(?:e|ing)|avoid(?:ing)?|minimi[sz](?:e|ing)"
    rf"|contain(?:ing)?|limit(?:ing)?|less|lower|rein(?:ing)? in|offset(?:ting)?|cover(?:ing)?)(?:"
    rf" (?:[\w-]+(?:['’]s)?)){{0,3}}? {SPENDING}\b"
    rf"|\b(?:spend(?:ing)?|spent) (?:far |so |much |a lot )?(?:too much|less|more|{AMOUNT})(?:"
    rf" (?:on|for) [\w-]+| money)?|\bspend(?:ing)? (?:on [\w-]+ )?(?:is|was|has|down|too"
    rf" high|under control)\b|\b(?:agency|locum|bank|drugs?|staff|pay|temporary staffing"
    rf"|overtime|taxi|hotel|travel) (?:spend(?:ing)?|costs?|bills?|expenditure)\b"
)
INCOME = (
    r"\b(?:rais(?:e|es|ed|ing)|generat(?:e|es|ed|ing|ion)|bring(?:s|ing)? in|brought"
    r" in|los(?:e|es|ing|t)|loss of|increas(?:e|es|ed|ing)|maximi[sz](?:e|ing)|boost(?:ing)?"
    r"|earn(?:s|ed|ing)?|extra|more|additional|our|protect(?:ing)?|new|recover(?:ing)?"
    r"|secur(?:e|ing)|private patient|commercial|trust|source of|lost|clinical|missed"
    r"|grow|growing|reduced)(?: \w+){0,2} (?:income|revenue|profits?)\b"
    r"|\bincome (?:generation|target|stream|from|for (?:the|us|our)|loss|is|was)s?\b"
    r"|\b(?:revenue|profit(?:able|s)?|profit margins?)\b|\btariffs?\b|\b(?:get|be|being"
    r"|are|not) (?:properly |fully |only )?(?:paid|reimbursed) (?:for (?:every|each|the"
    r"|this|that|activity|more)|per|less|more|by (?:the )?(?:commissioners?|icb))|\bbest"
    r" practice tariff|\bpayment by results\b|\b(?:best )?for the (?:money|finances)\b"
    r"|\bcharge (?:more|commissioners|the icb)\b"
)
COSTING = (
    rf"\b(?:cheaper|cheapest|too expensive|so expensive|(?:more|less|very|really|most"
    rf"|is|are|hugely) expensive|costly|costlier|affordab(?:le|ility)|unaffordable|(?:can['’]?t"
    rf"|cannot|can|not|could(?:n['’]t)?) afford (?!to wait|the (?:bus|taxi|fare|train"
    rf"|parking))|low[- ]cost|lower[- ]cost|cost[- ]effective(?:ly)?)\b(?: [\w-]+)?"
    rf"|\b(?:cost(?:s|ing)?|wast(?:e|es|ed|ing)|los(?:e|es|ing|t)|worth|fined?|burn(?:s"
    rf"|ing)?|los(?:s|ses) of|bill of|penalt(?:y|ies)(?: of)?|fines? of)(?: (?:us|the"
    rf" (?:trust|hospital|nhs|ward|department|service|taxpayer|organisation)))?(?: \w+){{0,2}}?"
    rf" {AMOUNT}|\bcost(?:s|ing)? (?:us|the (?:trust|hospital|nhs|ward|department|service"
    rf"|taxpayer|organisation))\b(?! (?:time|hours|minutes|dear|[\w-]+ (?:hours|minutes"
    rf"|days)))"
    r"|\b(?:wast(?:e|es|ed|ing)|waste of|los(?:e|es|ing)|haemorrhag(?:e|ing)|throwing"
    r"|pouring|bleeding|claw(?:ing)? back|short of|making|make|free(?:ing|s)? up|releas(?:e"
    r"|es|ing)) (?:the trust['’]s |public |taxpayers['’] |nhs |good |so much |a lot of"
    r" |our |some |the |more )*(?:money|cash|funds)\b"
    r"|\b(?:pay|pays) for itself\b|\bpay ?back (?:period|within|in)\b|\b(?:financial"
    r"|economic|cost|money|monetary) (?:reasons?|grounds|savings?|benefits?|terms|argument)\b"
    r"|\bfinances\b|\b(?:reduce|cut|fewer|less|avoid|eliminate|ending|end|stop) (?:the"
    r" )?(?:use of )?(?:agency|locum|premium)[\w -]{0,12}(?:spend|cost|rates?|pay)\w*"
    r"|\bfunding (?:gap|cut)s?\b|\b(?:finance|financial) director wants\b|\bmoney (?:down"
    r" the drain|into|in the|back|for (?:our|us)|we (?:lose|spend|waste)|is (?:tight"
    r"|short))\b"
    r"|\bcost(?:s|ing)? (?:us |the \w+ )?(?:too much|a fortune|so much|a lot(?: of money)?"
    r"|money|less|more|thousands|millions)\b|\bget(?:s|ting)? paid (?:what|for|properly"
    r"|in full|less|more)\b"
    r"|(?:^|(?<=[.!?:] )|\b(?:the|our|total|high|higher|lower|less|more|reduced) )spend(?:ing)?"
    r" (?:on|has|is|was|per|went|rose|fell)\b|\bbring(?:s|ing)? (?:in )?(?:more |extra"
    r" |some )?money\b"
    r"|\b(?:ward|trust|hospital|department|service|unit)['’]s? (?:money|finances|purse)\b"
    r"|\b(?:cost|costs) of (?:agency|locums?|staff|bank|temporary|outsourcing|running"
    r"|drugs|delay|sickness|overtime|insourcing)\b|\bworth the (?:money|cost|spend)\b"
    r"|\b(?:half an? |an? |several |one |two |three |[0-9.]+ )?(?:hundreds? |thousands? "
    r"|millions? )(?:of )?pounds\b|\b(?:thousands|millions) (?:a|per|each|every) year\b"
    r"|£ ?[0-9.,]+[km]? (?:for|in) every (?:£|pound)|\bble(?:ed|eds|eding|d) us dry\b"
    r"|\blos(?:e|es|ing|t) out(?= financially|[^a-z]*$| on (?:income|money|tariff|payment))"
    r"|\b(?:un)?profitable\b"
    r"|\bsav(?:e|es|ing) (?:the )?(?:trust|hospital|nhs|department|division|taxpayer"
    r"|organisation)(?! (?:\w+ ){0,3}(?:time|minutes|hours|staff|nurses|days|effort))\b"
    r"|\beconom(?:y|ies) of scale\b|\beconomical(?:ly)?\b"
    r"|\b(?:spend|invest)[- ]to[- ]save\b|\bbalance sheet\b|\bfinancial(?:ly)? (?:trouble"
    r"|distress|special measures|sanctions|year[- ]end|squeeze|hole|constraints?|climate"
    r"|gain|incentives?|health|sound|viable|better off|worse off)\b"
    r"|\b(?:generate|make|deliver|return|create|year[- ]end|financial) (?:an? )?(?:\w+ )?surplus\b"
    r"|\bmoney[- ]?(?:pit|maker|spinner)\b|\bspends? (?:far |way )?too much\b|\bcash[- ]strapped\b"
    r"|\bpenny[- ]pinching\b|\btaxpayers?['’]? money\b"
)
#: Beside each pattern stand parts of words without which it cannot match.
PATTERNS = [
    (parts.split(), re.compile(pattern.lower()))
    for parts, pattern in (
        (
            (
                "cost cip qipp cash return roi value break- break breakeven control financial efficiency"
                " overspen over-spen underspen"
                " under-spen deficit surplus bottom balance purse budget fine better loss profit money"
                " funds price earn £ bill pounds"
                " million spen rate red black means payback pay rebate bleed"
            ),
            SURE,
        ),
        ("sav recurrent", SAVING),
        ("cost spend spent expend expens bill budget overhead outgoing deficit agency overspend", CUTTING),
        ("income revenue profit tariff paid reimburs payment money finances charge", INCOME),
        (
            (
                "cheap expens cost afford wast los worth fine burn bill penalt money cash fund itself"
                " payback financ economic tax premium spend get thousand million bleed profit econom surplus"
                " invest balance penny £"
            ),
            COSTING,
        ),
    )
]
#: A patient's, a visitor's or a giver's money; and words that only look like money.
THEIRS = re.compile(
    r"\b(?:parking|taxis?|bus(?:es)? fares?|fares?|petrol|travel(?:ling)? costs?|hotels?"
    r"|prescription charges?|out of pocket|low incomes?|household|food ?bank|blood bank"
    r"|piggy bank|gifts?|donat\w+|raffle|charit\w+"
    r"|fundrais\w+|bequest|legacy|league of friends|cost of living|benefits office|universal"
    r" credit|carer['’]s allowance|their (?:own )?(?:money|income|savings|pocket|budget)"
    r"|his (?:own )?(?:money|income|savings|budget)|her (?:own )?(?:money|income|savings"
    r"|budget)"
    r"|patients['’]? (?:money|income|savings|budgets?)|personal health budgets?|personal"
    r" budgets?|families (?:pay|spend|spent|paid|can)|relatives (?:pay|spend|spent|paid"
    r"|can)|patients (?:pay|spend|spent|paid|can|who)|visitors (?:pay|spend|spent|paid"
    r"|can)|cost(?:s|ing)? (?:me|you|him|her|them|patients?|families|relatives|visitors|carers"
    r"|parents|people|a patient|the patient|the family|some)|energy bills?|heating|benefits"
    r" advice|care home fees"
    r"|tv (?:card|package)s?|phone bills?|train ticket|lost (?:her|his|their) (?:income"
    r"|wages|pay)|wages|day off work|unpaid|time off work|budget (?:airline|hotel)|(?:loss"
    r" of|lose|lost|losing) (?:earnings|wages)|(?:famil(?:y|ies)|patients?|carers?|parents|relatives|visitors|he"
    r"|she|they|who|mum|dad|i)(?: \w+){0,2} (?:lose|loses|lost|losing)(?: \w+)? income|sponsor\w*|funeral|cancer costs"
    r"|thank[- ]you|money (?:is|was|gets|being) (?:\w+ )?(?:tight|short) (?:for|at home)"
    r"|(?:famil(?:y|ies)|patients?|carers?|parents|relatives|visitors|he|she|they)"
    r" (?:\w+ ){0,3}(?:(?:can(?:no|['’])t|could(?: not|n['’]t)) afford|money is))\b",
    re.IGNORECASE,
)
NOT_MONEY = re.compile(
    r"\b(?:saving grace|at all costs|at what cost|whatever the cost|cost of living|time"
    r" budget|savings? of (?:\w+ ){0,3}(?:time|minutes|hours|steps|days)|(?:time|minutes?"
    r"|hours?|bed[- ]days?|journeys?|steps|carbon|energy|water|paper|life|lives) sav(?:ed"
    r"|ings?)|save (?:us |the \w+ |nurses |staff )?(?:time|hours))\b",
    re.IGNORECASE,
)
#: Words of the trust's own money beside words of somebody else's: then it is the trust's.
OURS = re.compile(
    r"\b(?:rais|generat|cost improvement|cip|for the trust|our budget|(?:trust|hospital)['’]?s?"
    r" (?:income|budget)|saves? (?:us|the trust)|costs? (?:us|the trust|the hospital)"
    r"|our (?:\w+ )?(?:spend(?:ing)?|bill|costs)|(?:taxi|hotel|travel) (?:spend(?:ing)?|budget))\b",
    re.IGNORECASE,
)
#: The trust pays for taxis, hotels and travel too: to cut that is its own aim, unless a person is named.
TRAVEL_CUT = re.compile(
    r"\b(?:cut|reduc|lower|slash|trim|less|bring(?:ing)? down|driv(?:e|ing) down)\w* (?:[\w-]+ ){0,4}"
    r"(?:taxis?|hotels?|travel|fares)\b",
    re.IGNORECASE,
)
PAYER = re.compile(
    r"\b(?:patients?|famil(?:y|ies)|visitors?|relatives?|carers?|parents?|people|children|mum|dad|he|she|him|her|his"
    r"|they|them|their|me|my)\b",
    re.IGNORECASE,
)
SAY = (
    "Say what gets better before what it saves: a pathway, waste, waiting, productivity or people's experience. "
    "The money can follow, as one of the results."
)


def money(text: str) -> Iterator[Finding]:
    low = small(text)
    for parts, pattern in PATTERNS:
        if any(part in low for part in parts):
            for found in pattern.finditer(low):
                start, end = found.span()
                if not excused(text, start, end):
                    yield Finding("money", None, text[start:end], start, end, SAY)


def excused(text: str, start: int, end: int) -> bool:
    """Somebody's own money, or no money at all."""
    around = before(text, start) + text[start:end] + after(text, end)
    if NOT_MONEY.search(text[max(0, start - 20) : end + 20]):
        return True
    if not THEIRS.search(around):
        return False
    return not OURS.search(around) and not (TRAVEL_CUT.search(around) and not PAYER.search(around))
