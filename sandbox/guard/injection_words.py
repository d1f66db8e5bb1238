"""The forms that instructions to a model take when somebody hides them in a text, in Danish and English.

Each pattern comes with a score, a reason (a key of the catalogue `guard`), and words of which one must stand in the
text (in lower case) before it is worth trying. It does not know what is harmless, nor where a finding ends
(injection.py).
"""

from __future__ import annotations

import re

from sandbox.guard.injection_pasted import PASTED
from sandbox.guard.injection_terms import MACHINE, ORDERS, TELL, VERB, WHOSE, any_of

OVERRIDE = re.compile(
    r"(?i)\b"
    + any_of(
        r"ignor(?:er|ér|ere|e|ing|erer)|disregard|forget|bypass|override|overrule|glem|se (?:nu )?(?:helt )?bort fra"
        r"|tilsidesæt",
        r"overhør|omgå|(?:do not|don'?t) (?:follow|obey)|følg ikke|drop|stop med at følge",
    )
    + rf",?\s(?:{WHOSE}[\s,]){{0,5}}"
    + any_of(
        rf"{WHOSE}\s{ORDERS}|opgaven\b|alt (?:oven\w+|tidligere|det (?:oven\w+|tidligere|foregående)|før\b"
        rf"|,? ?hvad du har fået)",
        r"(?:det|alt|hvad|teksten|everything|anything|what|all)\b(?![^.\n]{0,30}\b(?:jeg|vi|I|we)\b)[^.\n]{0,30}"
        r"\b(?:ovenfor|ovenstående|above)\b",
        r"alt, hvad du (?:har|er|tidligere)|what you (?:were|have been) told|hvad du (?:har fået|er blevet)",
        r"(?:everything|anything|all)(?: that)?(?: is| was| has been)?(?: written| said| told| stated)? "
        r"(?:above|before|previous\w*|prior|you)",
    )
)
INSTEAD = re.compile(
    rf"(?i)\b(?:ignor(?:er|ér|e)|disregard|forget|glem|se bort fra|drop)\b[^.\n]{{0,60}}\b(?:and|og|men|but)\s"
    rf"(?:(?:instead|i stedet|blot|bare|kun|only|just|simply)\s{TELL}|{TELL}\w*\s(?:[\w]+\s)?(?:instead|i stedet|kun"
    rf"|only|blot|just)\b)"
)
TAGS = re.compile(
    r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|</?(?:system|instructions?)(?:_prompt)?>"
    r"|#{2,4} ?(?:System|Instructions?|Response|Human|Assistant)(?: Prompt)?:"
    r"|(?i:\b(?:BEGIN|START|END|NEW|SLUT|BEGYND|NYE?) (?:OF )?(?:THE )?(?:HIDDEN|SYSTEM|ADMIN|SECRET|SKJULTE?) "
    r"(?:INSTRUCTIONS?|PROMPT|MESSAGE|INSTRUKTION\w*)"
    r"|SYSTEM ?PROMPT OVERRIDE|SYSTEM OVERRIDE|END OF (?:USER )?(?:INPUT|PROMPT|DOCUMENT)\b|admin override"
    r"|jailbreak(?:et|ed)?:)"
)
THIS = r"(?:this|dette|denne|den her|det her|teksten)"
READING = re.compile(
    # "Når du læser dette, skal du konkludere ..."
    rf"(?im)\bnår du (?:læser|ser|behandler|opsummerer|resumerer) {THIS}\b[^.\n]{{0,40}}(?:skal du (?:konklud|skrive"
    rf"|svare|anbefale|godkende|altid|ikke|udelade|sige|ignorere|glemme)|så (?:skriv|svar|anbefal|godkend))"
    rf"|\bwhen (?:you are |you'?re )?(?:summari[sz]ing|reading|processing|reviewing) this\b[^.\n]{{0,40}}{VERB}"
)
ROLE = re.compile(
    r"(?i)\b(?:from now on|fra nu af|fra dette øjeblik|du er nu|you are now|you will now|du skal nu|act as|agér som"
    r"|opfør dig som"
    r"|pretend (?:to be|you)|lad som om|enter|gå i)\b(?=.{0,140}"
    + any_of(
        r"uden (?:regler|begrænsning|filt|censur)|without (?:any )?(?:restriction|rule|filter|limit|censor)|\bDAN\b"
        r"|kan alt\b",
        r"(?:admin|developer|debug|god|root|udvikler)[ -]?(?:mode|tilstand)|unrestricted|no (?:rules|restrictions"
        r"|limits)",
        r"må ikke nægte|nægt aldrig|never (?:refuse|mention)|jailbr|debugbot|evil|hemmelige? (?:koder|kode)"
        r"|medhold i alle|ignore",
    )
    + ")"
)
LEAK = re.compile(
    r"(?i)\b(?:reveal|print|show|output|repeat|leak|disclose|expose|dump|recite|quote|share|copy|paste|afslør|udskriv"
    r"|gengiv"
    r"|læk|vis|skriv|send|forward|videresend|aflever|oplys|citer|citér|gentag|kopier|kopiér|indsæt|del|opremse?)"
    r"\b[^.\n]{0,45}"
    + any_of(
        r"system ?prompt|\b(?:hidden|secret|initial|skjulte|hemmelige) (?:rules|instructions?|regler|instruktion\w*"
        r"|prompts?)",
        r"\b(?:your|dine?|jeres) (?:[a-zæøå]+ )?(?:instructions?|instruks\w*|instruktion\w*|environment|memory"
        r"|configuration|hukommelse|konfiguration"
        r"|miljøvariabler)",
        r"\.env\b|\b(?:earlier|previous) messages|tidligere beskeder|(?:chat|conversation) history|samtalehistorik",
        r"brugerens (?:oplysninger|data)|user'?s (?:data|information|credentials)|all (?:user )?data",
    )
    + r"|\b(?:reveal|print|show|output|repeat|recite|afslør|udskriv|gengiv|vis|gentag|oplys)\b[^.\n]{0,20}"
    r"\b(?:the|de|den|alle?|all) " + rf"{ORDERS}[^.\n]{{0,15}}\b(?:you (?:were|have|got|are)|du (?:har|fik|er))"
    r"|\b(?:do not|don'?t|never) (?:tell|inform|alert|let) the (?:user|reader|human)"
    r"|\bfortæl (?:det )?ikke (?:det )?(?:til )?brugeren|\buden at (?:brugeren|læseren) (?:ved|opdager|får)"
)
IMAGE = re.compile(
    r"(?i)!?\[[^\]\n]{0,80}\]\(https?://[^)\s]{0,200}[?&][\w\-]{1,20}=(?:[\[{<%$][^)\n]{0,120}"
    r"|[^)\n]{0,60}(?:samtale|conversation|history|historik|chat|kontekst|context|secret|data|prompt|insert"
    r"|indsæt)[^)\n]{0,60})\)?"
)
HIDDEN = re.compile(
    r"(?i)(?:<!--|<[a-z]+ [^>]{0,80}(?:display:\s?none|font-size:\s?0|visibility:\s?hidden|color:\s?(?:#fff"
    r"|white))[^>]{0,80}>"
    r"|[\[({*](?:hvid|skjult|usynlig|white|hidden|invisible)e? (?:skrift|tekst|text)[^:\])}*\n]{0,30}[:\])}*])"
    rf"(?=[^\n]{{0,160}}(?:{MACHINE}\b|ignor|system ?prompt|resum|summar|model\w*))(?=[^\n]{{0,200}}{VERB})"
)
# In the languages of our neighbours and of many letters: German, Swedish, Norwegian, Dutch, French, Spanish, Polish.
FOREIGN = re.compile(
    r"(?i)\b(?:ignorier\w*|missachte\w*|vergiss|vergessen sie|ignorera|glöm|bortse från|se bort ifra|glem|negeer"
    r"|vergeet|ignore[zr]"
    r"|oublie[zr]?|ignora|ignore|olvida|zignoruj|zapomnij)\b[^.\n]{0,40}\b(?:anweisung|instrukti|anvisning|regel"
    r"|instructie|instruction"
    r"|consigne|règle|instruccion|regla|instrukcj|polece|zasad)\w*"
    r"(?=[^.\n]{0,20}\b(?:und|och|en|et|y|i|precedente|précédente|anteriores|oben|ovan|hierboven|ci-dessus)\w*\b"
    r"|[^\n]{0,3}$)"
)
# Marks of the writer's own are welcome where a text begins, and not inside a letter.
WRAPPED = re.compile(
    r"(?i)<(?:instruks\w*|instruktion\w*|instruction\w*|hidden\w*|skjult\w*|prompt|assist[ae]nt|ai|llm"
    r"|admin)\b[^>\n]{0,40}>"
    r"|\"role\"\s?:\s?\"(?:system|developer)\"[^}\n]{0,80}\b(?:skal|must|ignor\w*|never|always|altid|aldrig|reveal"
    r"|afslør)\b"
)
PATTERNS = (
    (FOREIGN, 0.85, "injection.override", "anweis regel instru consigne règle regla anvisn polece zasad"),
    (WRAPPED, 0.75, "injection.instead", "< role"),
    (TAGS, 0.9, "injection.tags", "< [ ## instru prompt override message input document jailbr"),
    (
        OVERRIDE,
        0.9,
        "injection.override",
        "ignor regard forget pass over glem bort tilside omgå follow følg obey drop",
    ),
    (INSTEAD, 0.7, "injection.instead", "ignor regard forget glem bort_fra drop"),
    (IMAGE, 0.85, "injection.link", "](http"),
    (HIDDEN, 0.85, "injection.hidden", "< tekst text"),
    (
        LEAK,
        0.8,
        "injection.leak",
        "prompt rules regler instru .env message beske histor user bruger data læser environ memory miljøvar hukomm",
    ),
    (ROLE, 0.75, "injection.role", "now nu fra act som pretend enter gå"),
    (READING, 0.75, "injection.addressed", "når_du when"),
    *((re.compile(f"(?im){form}"), 0.6, "injection.pasted", words) for form, words in PASTED),
)
# Each pattern with its score, its reason, and the words (in lower case) of which one must stand in the text.
FORMS = tuple((form, score, why, [w.replace("_", " ") for w in words.split()]) for form, score, why, words in PATTERNS)
