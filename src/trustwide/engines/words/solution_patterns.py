"""The wording of fixes, and of the lack of one. Beside each pattern stand parts of words without which it cannot match."""

from __future__ import annotations

import re

SOFT = r"(?:really |just |only |also |still |now |all |badly |desperately |urgently |definitely |clearly |simply |probably |obviously |do |will |would |might |must |'ll |’ll )*"
#: What makes the thing needed a fix: some of it, or something to be done.
SOME = (
    r"(?:an?|another|more|extra|additional|better(?! use)|bigger|larger|faster|new|newer|one|two|three|four|five|six|several|some|proper|dedicated|its own|our own|their own|improved|longer|electronic|digital|full[- ]time"
    r"|part[- ]time|24/7|stronger|clearer|tighter|stricter|fewer|smaller|second|third|automatic|automated|mandatory|modern|protected|permanent|higher|enough|funding|training|software|signage|kit|equipment"
    r"|staff|investment|resources?|resourcing|computers?|laptops|tablets|ipads?|phones|wheelchairs|porters?|nurses|hcas|beds|scanners?|printers?|space|wi-?fi|reminders|posters|leaflets|support|cover|cameras|cctv|barcodes?|ai|admin)"
)
#: To need more of these is to want to know, not to have decided.
KNOWING = (
    r"(?:better |clearer |deeper |fuller |proper |much |good |full |honest |bit |little |lot |of |a |an |more |clear |real |new |some |true |shared |common |accurate |reliable |further )*"
    r"(?:understanding|understand|information|info|insight|insights|clarity|evidence|idea|picture|sense|look|conversation|view|explanation|answer|answers|grasp|knowledge|learning|detail|data|facts|baseline|know|curiosity|discussion|talk|chat|think|count|feedback|question|questions|account|explanations?|description|figures?|numbers|observation|measurement|measure|definition)\b"
)
DO = (
    r"(?:buy|hire|recruit|employ|appoint|introduce|roll(?:ing)? ?-?out|implement|install|invest|get (?!to |(?:a )?(?:better |clearer )?(?:understanding|grips|picture|sense|idea))|set up|bring|replace|upgrade|train|move|switch|digiti[sz]e|automate"
    r"|build|create|expand|open|extend|purchase|provide|have (?!a (?:better |clear(?:er)? |good |proper )?(?:look|think|conversation|picture|understanding|idea|discussion))|adopt|start using|use|put|centrali[sz]e|outsource|fund|add|double|increase|redesign"
    r"|restructure|go (?:paperless|digital|electronic)|commission|develop|launch|deploy|procure|make|give|offer|send|ban|scrap|ring-?fence|change|convert|reinstate|reintroduce|merge|remind|enforce|insist|tell|write|draw up|design|assign|allocate|rewrite|update|order)\b"
)
NOUN = (
    r"(?:apps?|systems?|tools?|software|portals?|machines?|scanners?|printers?|computers?|laptops?|tablets?|ipads?|staff|porters?|nurses?|clerks?|receptionists?|co-?ordinators?|administrators?|pharmacists?|doctors?|consultants?|registrars?"
    r"|physios?|physiotherapists?|therapists?|rooms?|space|areas?|polic(?:y|ies)|protocols?|procedures?|guidelines?|guidance|checklists?|templates?|training|funding|cover|leads?|teams?|services?|clinics?|forms?|signs?|signage|phones?|trolleys?|hoists?|wheelchairs?"
    r"|equipment|transport|wi-?fi|kit|support|manpower|resources?|capacity|beds?|nurse specialists?|specialists?|interpreters?|champions?|managers?|budget|money|time|process|pathways?|dashboards?|whiteboards?|screens?|reminders?|alerts?|alarms?|trainers?|educators?|hcas?"
    r"|healthcare assistants?|secretar(?:y|ies)|housekeepers?|cleaners?|volunteers?|dieti[ct]ians?|social workers?|standard|standardi[sz]ation|automation|integration|interface|leaflets?|posters?|storage|cupboards?|lockers?|chairs?|desks?|drivers?|vans?|analysts?|matrons?|midwives|midwife|rota|tracker|tracking|single (?:system|form|record|list)|electronic \w+|shared \w+|standard \w+|proper \w+|dedicated \w+|formal \w+|second \w+)"
)
REST = r"(?: [\w&'’/-]+){0,3}"
NOT_STATES = (
    r"(?!(?:any |a |an |the |their |our |clear |proper |shared |real |good |much |some |enough |more )*(?:sleep|appetite|privacy|dignity|understanding|clarity|information|confidence|interest|awareness|energy|mobility|evidence|idea|knowledge|trust|respect|data|figures|numbers|explanation|insight"
    r"|consent|movement|exercise|detail|reason|picture|sense|change|difference|problem|issue|doubt|complaints?|results?|sign of|certainty|answer|say|feedback|hope|rest|daylight|oxygen|curiosity|progress|wish|view|record of|baseline|choice but|need to|plans? to|intention|one way|objection|way of knowing|concerns?)\b)"
)

#: Each with the word before it to be looked at: what a patient needs is a fact.
NEEDS = (
    (("need", "requir", "want", "could ", "crying out", "deserve", " for ", " like ",),
     rf"\b(?:needs?|requires?|wants?|could do with|could use|crying out for|deserves?|(?:desperate|pushing|asking) for|would like|[\'’]d like) {SOFT}(?!to\b)(?!{KNOWING}){SOME}\b(?! {KNOWING}){REST}"),
    (("need", "want", "has", "have", "ought", "like", "ask", "get",),
     rf"\b(?:needs?|wants?|has|have|ought|has got|have got|would like|[\'’]d like|(?:like|want|ask|get|need|asking) (?:us|them|someone|somebody|the \w+|you|everyone)) to (?:just |all |simply |also |urgently |quickly |be able to )?{DO}{REST}"),
    (("need", "want", "requir",),
     rf"\b(?:just|badly|desperately|urgently|really|still|all|only) (?:needs?|wants?|requires?) (?!to\b)(?!{KNOWING}){SOME}\b(?! {KNOWING}){REST}"),
)
OTHERS = (
    (("need", "want", "lack", "requir",),
     r"\b(?:what|all|the (?:only )?thing|everything) (?:we|i|they|staff|the \w+|this \w+) (?:really |actually |all |just )?(?:needs?|wants?|lacks?|requires?)(?: now| here)? (?:is|are)\b(?! to (?:understand|know|find out|learn|see|ask|look|hear))" + REST),
    ((" to be ",),
     rf"\b(?:there |it )?(?:needs?|has|have|ought|should) to be (?:an? |more |some |another |one |replaced|digiti[sz]ed|automated|electronic|upgraded|moved|rolled out|introduced|mandatory|made|installed|rebuilt|outsourced|centrali[sz]ed|scrapped|banned|extended|funded|a dedicated)(?!\w){REST}"),
    (("needs ",),
     rf"\bneeds (?:replacing|upgrading|digiti[sz]ing|automating|rebuilding|modernising|expanding|extending|refurbishing){REST}"),
    (("needed", "required",),
     r"\b(?:more|extra|additional|new|better|another) [\w-]+ (?:\w+ )?(?:is|are) (?:badly |urgently |really |desperately |clearly )?(?:needed|required)\b"),
    (("need of",),
     rf"\b(?:is|are) in need of (?!{KNOWING})[\w-]+{REST}"),
    (("need for",),
     rf"\b(?:there(?:['’]s| is)|have|has|see|identified) (?:a |an )?(?:\w+ )?need for (?!{KNOWING})[\w-]+{REST}"),
    (("lack", "absence", "shortage",),
     rf"\b(?:(?:a |the |this |our |chronic |general |due to |because of )?(?:lack|absence|shortage) of|lacking|lacks?) {NOT_STATES}[\w&'’-]+{REST}"),
    (("short of", "staffed", "staffing", "under",),
     rf"\bshort of {NOT_STATES}(?!(?:breath|the|time to|what|where|target)\b)[\w&'’-]+{REST}|\b(?:under-?staffed|short[- ]staffed|understaffing|under-?resourced|under-?funded)\b"),
    (("no ", "without",),
     rf"\b(?:no|without(?: an?| any)?) (?:dedicated|proper|central|single|formal|standard|electronic|shared|named|agreed|on-?site|permanent|full[- ]time|specialist|suitable|designated|digital|joined[- ]up|automated|automatic|consistent|in-house|weekend|night|second|protected|reliable|working)\b (?!{KNOWING})[\w-]+{REST}"),
    (("no ",),
     rf"\b(?:there(?:['’]s| is| are| was| were)|we have|we['’]ve got|has|have|having|got|with|is|are|being) (?:currently |just |simply |still |often |also |basically )?no (?:\w+ )?{NOUN}\b{REST}"),
    (("n't", "n’t", "nt", "not", "never",),
     rf"\b(?:there )?(?:isn['’]?t|aren['’]?t|is not|are not|wasn['’]?t|weren['’]?t|is never|are never|not) (?:currently |nearly |anywhere near )?(?:enough|sufficient|any|an? (?:dedicated |proper |second |single |standard )?(?={NOUN}\b)) ?(?!{KNOWING}){NOT_STATES}(?:\w+ )?{NOUN}\b{REST}"),
    (("have",),
     rf"\b(?:do|does)(?:n['’]?t| not) (?:currently |even |actually )?have {NOT_STATES}(?:an?|any|enough|the (?:right |staff|money|kit|equipment|resources?|capacity|tools|space)|sufficient|our own|its own|access to an?)\b(?! (?:problem|issue)){REST}"),
    (("have", "has",),
     rf"\b(?:have|has)(?:n['’]?t| not) (?:got )?(?:an?|any|enough|the (?:right |staff|kit|equipment|resources?|tools|space)|got) {NOT_STATES}[\w-]+{REST}"),
    (("too few", "insufficient", "inadequate", "enough",),
     rf"\b(?:too few|insufficient|inadequate|not enough|never enough) (?!{KNOWING}){NOT_STATES}(?:[\w-]+ )?{NOUN}\b{REST}|\b(?:too few|insufficient) (?:\w+ )?(?:staff|nurses|porters|beds|resources?|funding)\b"),
    (("problem", "issue", "trouble", "challenge",),
     rf"\b(?:the |our |biggest |main |real )?(?:problem|issue|trouble|challenge) (?:is|here is|being)(?: that)? (?:we|there)(?:['’]s| is| are| have| do not| don['’]t)? (?:no|not|only (?:one|two)|don['’]t have|haven['’]t|isn['’]t) (?!{KNOWING}){NOT_STATES}[\w-]+{REST}"),
    (("missing",),
     rf"\bmissing (?:is )?an? {NOUN}\b{REST}"),
    (("have", "get", "be given", "be provided", "be issued",),
     rf"\b(?:should|ought to|must|need to|could) (?:really |just |all |simply |also |definitely |at least )?(?:have|get|be given|be provided with|be issued with) (?:an?|more|extra|our own|their own|its own|another|two|better|access to an?|dedicated)\b(?! (?:been|{KNOWING})){REST}"),
    (("should",),
     rf"\bshould (?:really |just |all |simply |also |definitely |at least )?(?:buy|hire|recruit|employ|appoint|introduce|roll ?-?out|implement|install|invest|set up|bring (?:in|back)|replace|upgrade|switch|digiti[sz]e|automate|build|expand|purchase|adopt|outsource|fund|go (?:paperless|digital|electronic)|start using|move to|scrap|ban|extend|train|all use|use the same|have the same|put|make|move|give|open|run a|offer|provide|create)\b{REST}"),
    (("should", "there must", "there ought",),
     rf"\bshould (?:all )?be (?:electronic|digital|automated|automatic|replaced|rolled out|introduced|scrapped|mandatory|moved to|an? (?!standard|priority)|more (?={NOUN}\b)|made |given an?|centrali[sz]ed|outsourced|banned)(?<!\s)\b{REST}|\bthere (?:should|must|ought to) be (?!{KNOWING})(?:an?|more|some)\b{REST}"),
    (("if", "wish", "hope",),
     rf"\b(?:if|wish|wished|hope) (?:only )?(?:we|i|there|they|the \w+|every \w+|each \w+|staff) (?:just |only )?(?:had|were|was|got|could have|could get|could (?:buy|hire|use|move|switch|install|recruit))\b(?! known| more information| understood| a (?:better )?understanding)(?: (?:an?|more|another|some|the|our|enough|extra|better|two|proper|[\w-]+ more)\b{REST})"),
    (("answer", "solution", "fix", "remedy", "way forward", "quick win",),
     rf"\b(?:the |my |our |an? |one )?(?:obvious |only |real |simple |best |easy |quick |clear )?(?:answer|solution|fix|remedy|way (?:forward|to fix (?:it|this))|quick win) (?:to (?:this|that|it|all this|the \w+) )?(?:is|are|here is|would be|has to be|must be|lies in)\b(?! (?:not |un)(?:known|clear|yet)| unknown){REST}"),
    ((":",),
     rf"\b(?:solutions?|fix(?:es)?|answer|proposal|suggestion|my idea|idea|remedy):{REST}"),
    (("would", "could", "will", "'d", "’d",),
     r"(?:\b(?:an?|another|more|extra|new|better|having|introducing|buying|moving|getting|a second)\b(?: [\w-]+){1,4} |\b(?:this|that|it) )(?:would|will|could|'d|’d) (?:soon |easily |probably |really |just |definitely |immediately )?(?:solve|fix|sort|resolve|cure|stop|end|put an end|eliminate|prevent)\b"
    + REST),
    (("why", "can", "could", "let", "suggest", "propose", "recommend", "time",),
     rf"\b(?:why (?:don['’]t|can['’]t|not)|can|could|please can|let['’]?s|let us|suggest|propose|recommend|time) (?:we |the trust |someone |you |that we |to )?(?:just |simply |please |not )?(?:buy|hire|recruit|employ|appoint|introduce|roll ?-?out|implement|install|invest|set up|bring (?:in|back)|replace|upgrade|switch|move to|go (?:paperless|digital)|purchase|have an?|get an?|get more|get some|create|start using|build|fund|use an? app){REST}"),
    (("propos", "suggest", "recommend", "want", "plan", "like", "keen", "going", "decided", "aim", "asking", "request", "business",),
     rf"\b(?:propos(?:e|ing|al)|suggest(?:ing|ion)?|recommend(?:ing|ation)?|want|plan|like|keen|going|decided|aim|asking|request(?:ing)?|business case)(?: is)? (?:to|for|that we) (?:the )?(?:introduc|implement|install|buy|purchas|recruit|roll|hire|hiring|employ|appoint|set up|replac|invest|fund|bring in)\w*{REST}"),
    (("would",),
     rf"\b(?:would (?:be better|help|work better|be solved|be fixed|improve)) (?:if|by|with) (?:we |they |there |staff |the \w+ )?(?:had|were|was|having|got|bought|introduc\w+|using|more|an?|buying|hiring|moving|used|recruit\w+)\b{REST}"),
    (("introducing", "implementing", "installing", "buying", "purchasing", "recruiting", "hiring", "rolling", "employing", "appointing", "replacing", "outsourcing", "bringing",),
     rf"\b(?:by|through) (?:introducing|implementing|installing|buying|purchasing|recruiting|hiring|rolling out|employing|appointing|replacing|outsourcing|bringing in){REST}"),
    ((),
     rf"(?:(?<=^)|(?<=[.!?:;] )|(?<=\n)|(?<=- )|(?<=[*•] ))(?:please |just |simply )?(?:buy|hire|recruit|employ|appoint|introduce|roll ?-?out|implement|install|invest in|set up|bring (?:in|back)|replace|upgrade|switch to|move to|purchase(?! orders?)|get an?|get more|get some|get the trust|provide|create an?|build an?|put an?|put in|put up|give (?:every|each|all|us|staff|the)|add an?|add more|digiti[sz]e|automate|make it mandatory|develop an?|launch an?|procure|order (?:more|a|some|new)|extend the|open an?|open more|more (?:staff|nurses|porters|beds|training|funding|computers))\b{REST}"),
    (("need", "requir",),
     rf"\b(?:need|needs|require|requires) (?:another|extra|additional|more) {NOUN}\b{REST}"),
    (("need", "requir",),
     r"\b(?:needs?|requires?) an? (?:\w+ )?(?:apps?|portal|system|software|database|dashboard|co-?ordinator|policy|checklist|machine|scanner)\b"),
    (("no ", "only "),
     rf"\b(?:only have|have only|only got|got only|there(?:[\'’]s| is| are) only|only) (?:one|two|a single|1|2) {NOUN}\b{REST}"),
    (("put ",),
     rf"(?:(?<=^)|(?<=[.!?:;,] )|(?<=\n)|(?<=- ))(?:just |so |please )?put (?:[\w-]+ ){{1,4}}(?:on|in|up|at|by|outside|next)\b{REST}"),
    (("make ",),
     rf"\b(?:(?<![\w] )|(?<=should )|(?<=could )|(?<=must )|(?<=let us )|(?<=please ))make (?:[\w-]+ ){{1,4}}(?:electronic|digital|mandatory|automatic|compulsory|paperless|a rule|online|bigger|longer|available|standard)\b"),
    (("who can", "someone", "somebody",),
     rf"\b(?:could|can|would|will) (?:someone|somebody|you|the \w+|estates|it) (?:please |not |just )?(?:buy|get|order|fund|provide|install|put|fit|replace|employ|set up|build|give)\b{REST}"),
    (("had ",),
     rf"\b(?:have|has)n[\'’]?t had (?:the |any |enough |proper )*(?:training|funding|support|kit|equipment|staff)\b"),
    (("would be", "better",),
     rf"\b(?:would|might) be (?:better|solved|sorted|easier|quicker|safer|fixed|good|great|nice|ideal|helpful) (?:if|with|to have|by) (?:we (?:all |each |could )?(?:had|have|got|bought|used|moved)|there (?:were|was)|an?|more|another|two|extra|having)\b{REST}"),
    (("time for", "time we", "time the",),
     rf"\btime (?:for (?:an?|the)|(?:we|the \w+) (?:had|got|bought|moved|introduced|invested))\b{REST}"),
    (("without",),
     rf"\bwithout (?:an?|any|enough|the right) (?!{KNOWING}){NOT_STATES}(?:[\w-]+ )?{NOUN}\b{REST}"),
    (("would", "should", "could", "help", "want", "wish", "please", "until", "if", "suggest", "need", "time"),
     rf"\b(?:would|should|could|helps?|wants?|wish|please|until|if|suggest\w*|needs?|high time)\b(?! (?:to )?(?:understand|know|find))[^.!?;\n]{{0,40}}\b(?:an? (?:second|extra|additional|dedicated|proper|new|bigger|better|full-time|part-time|separate)|another|extra|more|additional|separate|one more|two more) (?:pair of hands|(?!{KNOWING})(?:[\w-]+ )?{NOUN}\b){REST}"),
    (("would", "will", "’d", "'d"),
     r"\b(?:an?|another|more|extra|new|better|having|one more|(?:two|three|four|five|six|[0-9]+) (?:more|extra|new)|proper)(?: [\w-]+){1,4} (?:would|will|’d|'d) (?:really |surely |soon |also )?(?:help|clear|make|mean|let|free|allow|speed|cut|reduce|be (?:a (?:big |great )?help|great|ideal|good|useful|better|quicker|brilliant|nice))\b"),
    (("no ",),
     rf"(?:(?<=^)|(?<=[.!?:;,(] )|(?<=\n)|(?<=- )|(?<=because )|(?<=since )|(?<=as )|(?<=and )|(?<=but )|(?<=so )|(?<=to )|(?<=of ))no (?!one\b)(?:[\w-]+ )?{NOUN}\b{REST}"),
    (("short", "down"),
     r"\b(?:one|two|three|four|five|six|[0-9]+|several) (?:people|nurses?|staff|porters?|doctors?|clerks?|posts?|cleaners?) (?:short|down)\b"),
    (("what",),
     rf"\b(?:is|are|would be|'s|’s) (?:exactly |just |really )?what(?:['’]s| is| we| the \w+| staff| everyone)(?: \w+)? (?:needed|needs?|required|wants?|missing)\b|\bwhat(?:['’]s| is) (?:needed|required|missing|lacking)(?: here| now)? is\b(?! to (?:know|understand)){REST}|\bwhat (?:would|might|could) (?:really |most )?(?:help|work|fix it|solve (?:it|this))(?: us| most| here)? (?:is|would be)\b{REST}"),
    (("should be", "ought to be", "must be", "needs to be", "need to be"),
     rf"\b(?:should|ought to|must|needs? to) (?:all |really |also )?be (?:using|given|getting|set up|bought|provided|offered an?|introduced|available (?:on|in|at) every|hired|recruited|on every|installed|an app|extended|doubled|trained|paid|merged|combined|standardi[sz]ed|redesigned|put in|built|appointed|employed|invested|brought in|fitted|issued)\b{REST}"),
    (("suggest", "propos", "recommend", "idea", "how about", "what about"),
     rf"\b(?:suggest(?:ion)?|propos(?:e|al)|recommend(?:ation)?|idea|how about|what about)(?:s|ing|ed)?(?: is)?(?: that| to)? (?:(?:we|the trust|they|someone) (?:should |could |all )?(?!(?:ask|find|look|understand|talk|meet|went|go|had)\b)\w+|an? (?:new|second|dedicated|extra|app|system|rota|tag|separate)|having|using|moving|getting|trial(?:ling)?)\b{REST}"),
    (("would be", "could be", "might be"),
     r"\b(?:would|could|might) (?:all |then )?be (?:\w+ )?(?:better|easier|smoother|quicker|faster|safer|happier|calmer|simpler|shorter|less \w+|solved|fixed|sorted|avoided|prevented) (?:if|with|by|through) [\w-]+(?: [\w-]+){0,4}"),
    (("us ",),
     rf"\b(?:buys?|bought|gave|gives?|gets?|got|fund(?:s|ed)?|provides?|provided|found|finds?) us (?:all |each )?(?:an?|more|some|new|extra|another|two|proper|better) (?!{KNOWING})[\w-]+{REST}"),
    (("wants ", "needs ", "want ", "need "),
     r"\b(?:needs?|wants?) (?:\w+ly )?(?:replacing|upgrading|digiti[sz]ing|automating|rebuilding|modernising|expanding|extending|refurbishing|scrapping|redesigning|computerising|enlarging)\b"),
    (("time",),
     rf"\btime (?:that |for )?(?:we|the \w+|they|someone)(?: all)? (?:gave|got|bought|had|moved|introduced|invested|put|hired|changed to|switched|to (?:buy|get|hire|move|introduce|invest))\b{REST}"),
    (("let",),
     rf"\blet(?:['’]?s| us) (?:just |all )?(?:charge|send|try an?|start (?:using|an?)|use an?|make|put|give|have|train|open|bring|stop (?:using|the)|scrap|ban|add|combine|merge|share out|fit|run an?|offer)\b(?! (?:sure|sense|it clear|time)){REST}"),
    ((),
     rf"(?:(?<=^)|(?<=[.!?:;] )|(?<=\n)|(?<=- )|(?<=[*•] ))(?:please |just |simply )?(?:require|train|ban|scrap|get rid of|abolish|stop using|fit|supply|issue|fund|pay for|merge|combine|standardi[sz]e|redesign|redecorate|computeri[sz]e|outsource|extend|expand|double|increase (?:the (?:number|hours)|staffing)|employ|have an?|offer|let (?:us|staff|nurses|patients)|allow (?:us|staff|nurses)|start an?|send (?:text|automat\w+|reminder)s?|use (?:text|an? |ai)|open (?:a|the|up|more)|change to|need)\b(?! (?:to|of|than|on|in|for|at|and|people|patients|falls|complaints)\b)(?! {KNOWING}){REST}"),
    (("nowhere", "nothing", "nobody", "no one", "no-one"),
     rf"\b(?:nowhere|nothing|nobody|no[- ]one) (?:is )?(?:dedicated|employed|trained|available|to (?:store|cover|park)|on (?:site|duty))\b{REST}"),
)


def compiled(patterns: tuple[tuple[tuple[str, ...], str], ...]) -> list[tuple[tuple[str, ...], re.Pattern[str]]]:
    return [(parts, re.compile(pattern, re.IGNORECASE)) for parts, pattern in patterns]
