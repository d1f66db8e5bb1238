"""The forms that instructions to a model take when somebody hides them in a text, in Danish and English.

Each pattern comes with a score, a reason (a key of the catalogue `guard`), and words of which one must stand in the
text (in lower case) before it is worth trying. It does not know what is harmless, nor where a finding ends
(injection.py).
"""

from __future__ import annotations

import re


def _any(*forms: str) -> str:
    return f"(?:{'|'.join(forms)})"


MACHINE = _any(
    r"AI(?:[ -](?:assist\w*|model\w*|system\w*|agent\w*|tool\w*|værktøj\w*|readers?))?",
    r"kunstige? intelligens|sprogmodel\w*|chat-?bots?\w*|LLMs?|(?:large )?language models?|chat-?gpt|gpt(?:-?[0-9])?",
    r"copilot|gemini|claude|ki-?model\w*|assistant|(?:ai-)?assistent(?:en)?|robot(?:ten)?",
)
WHOSE = _any(
    r"all?e?|any|dine|din|jeres|your|the|de|den|disse|these|of|other|andre|øvrige|givne|given|brugerens|user'?s",
    r"tidligere|foregående|forrige|hidtidige|ovenstående|oprindelige|skjulte",
    r"previous|prior|earlier|preceding|existing|initial|original|above|system|safety|hidden",
)
ORDERS = _any(
    r"instruktion\w*|instruks\w*|instruc\w*|direc?tiv\w*|prompts?\b|system ?prompt\w*|regler\w*|rules?|guidelines?"
    r"|guardrails?",
    r"retningslinj\w*|restrictions?|begrænsning\w*|policy|policies|programmering|programming|commands?|requests?"
    r"|opgave\w*",
    r"beskeder|messages?|training|træning|context|sikkerhedsregler\w*|filtre|filters?|anmodning\w*|forespørgsel\w*"
    r"|ønsker?\b",
)
# Verbs with which one tells a model what to do; a few that only occur in such sentences.
TELL = _any(
    r"ignor|disregard|forget|glem|reply|respond|answer|svar|besvar|skriv|write|output|say\b|state\b|sig\b|tell"
    r"|fortæl|bed\b",
    r"approv|godkend|recommend|anbefal|reveal|afslør|print|send|vis\b|udelad|medtag|include|exclude|skip|spring"
    r"|giv\b|give\b",
    r"afvis|reject|vælg|choose|select|konklud|conclude|slet|delete|nævn|mention|mark|rank|rate|rangér|ranger|bedøm"
    r"|vurdér",
    r"vurder|add\b|tilføj|insert|indsæt|stop\b|treat|behandl|prioritér|prioriter|prioriti|override|tilsidesæt|opsummer",
    r"do not|don'?t|never|always|altid|aldrig|ikke\b|du (?:skal|må|er)|you (?:must|are|will|should)",
)
VERB = _any(
    TELL,
    r"du (?:kan|har)|you (?:have|can)|your?\b|dine?\b|before|must\b|skal\b|bør\b|er det eneste|is correct",
)
OVERRIDE = re.compile(
    r"(?i)\b"
    + _any(
        r"ignor(?:er|ér|ere|e|ing|erer)|disregard|forget|bypass|override|overrule|glem|se (?:nu )?(?:helt )?bort fra"
        r"|tilsidesæt",
        r"overhør|omgå|(?:do not|don'?t) (?:follow|obey)|følg ikke|drop|stop med at følge",
    )
    + rf",?\s(?:{WHOSE}[\s,]){{0,5}}"
    + _any(
        rf"{WHOSE}\s{ORDERS}|opgaven\b|alt (?:oven\w+|tidligere|det (?:oven\w+|tidligere|foregående)|før\b"
        rf"|,? hvad du har fået)",
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
# What a writer may well ask a model for, but a letter that was pasted has no reason to.
PASTED = (
    (
        r"\b(?:giv|tildel|rangér|ranger|placer|placér|rate|rank|score|bedøm|vurdér|vurder|grade|give|award|assign"
        r"|mark)\b"
        r"[^.\n]{0,60}(?:højeste|maksimal\w*|maksimum|topkarakter|10/10|100/100|5/5|10 ud af 10|nummer (?:et|1)\b"
        r"|øverst"
        r"|highest|maximum|full marks|top (?:score|marks|grade)|first\b|as the best|som den bedste)",
        "højest maksim topkar 10/10 100/100 5/5 10_ud nummer_ øverst highest maximum full_marks top_ first best bedste",
    ),
    (
        rf"\b{TELL}\w*\b[^.\n]{{0,70}}\b(?:i (?:dit|din|dine|hvert) (?:svar|resumé|referat|opsummering|vurdering"
        rf"|konklusion"
        r"|oversættelse)|in (?:your|every|each|any) (?:summary|answer|response|reply|output|assessment|translation"
        r"|evaluation|report))",
        "i_dit_ i_din i_hvert_ in_your_ in_every_ in_each_ in_any_",
    ),
    (
        r"(?:^|[.!?:\"“»>\-(\[] ?)(?:venligst |please |you must |du skal )?(?:svar|skriv|sig|reply|respond|answer"
        r"|output|say"
        r"|write)(?:e|er)? (?:kun|only|just|udelukkende|i stedet|instead|with only|only with)\b",
        "_kun _only _just udelukkende i_stedet instead",
    ),
    (
        r"\bdu er (?:nu|ikke længere) (?:en|et|ikke)\b|\byou are (?:now|no longer) (?:a|an|the|bound)\b",
        "du_er_nu du_er_ikke are_now are_no",
    ),
    (
        r"\b(?:opsummer|summari[sz]e|oversæt|translate|resumer|resumér) (?:ikke|not|i stedet|instead)\b"
        r"|\bdo not (?:summari[sz]e|translate)",
        "opsummer summari oversæt translat resum",
    ),
    (
        rf"\b{TELL}\w*\b[^.\n]{{0,70}}(?:fra|from|af|of) (?:resum\w+|opsummering\w*|the (?:summary|translation"
        rf"|assessment)"
        r"|din vurdering)",
        "_resum _opsummering the_summary the_translation the_assess din_vurd",
    ),
    (
        r"\b(?:din|your) (?:nye|new|rigtige|real|egentlige|actual) (?:opgave|rolle|instruks|task|role|job|goal|mål)\b",
        "din_ny your_new din_rig your_real din_egen your_act",
    ),
    (
        r"\b(?:stop|afbryd|cancel|abort)\w* (?:opsummer\w*|oversættelse\w*|opgaven|the (?:summary|task|translation)"
        r"|summari[sz]ing|translating|helping|reviewing)",
        "stop afbryd cancel abort",
    ),
    (
        r"\b(?:tell|ask|bed|instruct|inform|fortæl|vis|show|overtal|persuade|få) (?:the )?(?:user|reader|brugeren"
        r"|læseren)\b"
        r"|\b(?:brugeren|the user) (?:har|has) (?:allerede |already )?(?:godkendt|givet|approved|authori[sz]ed|agreed"
        r"|consented)",
        "user reader bruger læser",
    ),
    (
        r"\b(?:fra nu af|from now on|i resten af samtalen|for the rest of (?:this|the))\b[^.\n]{0,40}\b(?:du|you|svar"
        r"|reply"
        r"|answer)\b",
        "fra_nu from_now resten_af rest_of",
    ),
    (
        r"\b(?:spil rollen som|udgiv dig for|roleplay|role-play|play the role of|act as (?:an?|if|the)|agér som"
        r"|opfør dig som)\b",
        "roll udgiv role act_as agér opfør",
    ),
    (
        r"\b(?:ignor(?:e|er|ér)|disregard|forget|glem|drop)\b (?:the |your |dit |det "
        r"|hele )?(?:stillede )?(?:question|spørgsmål)",
        "question spørgsmål",
    ),
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
    + _any(
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
    r"(?i)\b(?:reveal|print|show|output|repeat|leak|disclose|expose|dump|afslør|udskriv|gengiv|læk|vis|skriv|send"
    r"|forward|videresend)"
    r"\b[^.\n]{0,45}"
    + _any(
        r"system ?prompt|\b(?:hidden|secret|initial|skjulte|hemmelige) (?:rules|instructions?|regler|instruktion\w*"
        r"|prompts?)",
        r"\b(?:your|dine?|jeres) (?:[a-zæøå]+ )?(?:instructions?|instruks\w*|instruktion\w*|environment|memory"
        r"|configuration|hukommelse|konfiguration"
        r"|miljøvariabler)",
        r"\.env\b|\b(?:earlier|previous) messages|tidligere beskeder|(?:chat|conversation) history|samtalehistorik",
        r"brugerens (?:oplysninger|data)|user'?s (?:data|information|credentials)|all (?:user )?data",
    )
    + r"|\b(?:do not|don'?t|never) (?:tell|inform|alert|let) the (?:user|reader|human)"
    r"|\bfortæl (?:det )?ikke (?:det )?(?:til )?brugeren|\buden at (?:brugeren|læseren) (?:ved|opdager|får)"
)
IMAGE = re.compile(
    r"!?\[[^\]\n]{0,80}\]\(https?://[^)\s]{0,200}[?&][\w\-]{1,20}=(?:[\[{<%$][^)\n]{0,120}"
    r"|[^)\n]{0,60}(?:samtale|conversation|history|secret|data|prompt|insert|indsæt)[^)\n]{0,60})\)?"
)
HIDDEN = re.compile(
    r"(?i)(?:<!--|<[a-z]+ [^>]{0,80}(?:display:\s?none|font-size:\s?0|visibility:\s?hidden|color:\s?(?:#fff"
    r"|white))[^>]{0,80}>"
    r"|\((?:hvid|skjult|usynlig) tekst[^:\n]{0,30}:|\((?:white|hidden) text[^:\n]{0,30}:)"
    rf"(?=[^\n]{{0,160}}(?:{MACHINE}\b|ignor|system ?prompt|resum|summar|model\b))(?=[^\n]{{0,200}}{VERB})"
)
PATTERNS = (
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
