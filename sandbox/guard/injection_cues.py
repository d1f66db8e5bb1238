"""Weighs the cues that a sentence is meant for a machine that reads along: no one of them is enough alone.

The cues come in families: who is addressed (a language model, an automatic reader), how (a note to it, a role, a
heading such as ###SYSTEM###), that it reads this very text, that it must do something, and what (leave out, rank
first, reveal). A sentence is an instruction when one family says that it is addressed, one says what to do, and
together they weigh enough. It does not know what is harmless (injection.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.guard.plain import lower

Place = tuple[int, int, float, str]
"""Start, end, score, and why (a key of the catalogue `guard`)."""

WHY = "injection.addressed"
ENOUGH = 5
MOST_TRIES = 6
OVERLAP = 50  # characters of a sentence without end that are looked through twice
SHORT = 30  # characters after which a sentence is more than a call
BEFORE, AFTER = 110, 170  # characters of a sentence that are looked through on either side of who is addressed
WEIGHTS = {"strong": 2, "weak": 1, "human": 0, "mark": 2, "turn": 3}

# Words that only mean a machine; words that often mean something else; words that are people's jobs too.
ADDRESSED = re.compile(
    r"""(?x)(?<![\w.@\-])(?:
      (?P<turn>(?<=\n)assist[ae]nt(?=[ ]?:[ ]))
      |(?P<strong>(?:ai|ki)(?:[ '’\-](?:en|assistent|model|system|agent|reviewer|reader|bot|tool|værktøj|læser)\w*)?
        |kunstig\w*\sintelligens\w*|artificial\sintelligence|\w*sprogmodel\w*|language\smodels?|llms?|(?:chat
        |ai)-?bot\w*
        |chat-?gpt|gpt(?:-?[0-9])?|copilot)
      |(?P<weak>model(?:len|ler|lerne|ls)?|robot\w*|(?:\w+[ ])?bots?(?:ten)?|maskine[nr]?\w*|machines?
        |computere?n?\w*|gemini
        |algoritme\w*|algorithms?|\w*systeme?r?(?:et|ne)?|systems?|(?:automati(?:sk|ske|seret|serede|c)|automated
        |digitale?|virtuelle?)
        \s(?!svar|besked|mail|d.r|repl)\w+|parser\w*|(?:du|you|jer|dig),?\s(?:som|der|who|that)\s[^.,\n]{2,40}(?:maskin|automati|by\smachine)\w*)
      |(?P<human>assistent(?:en|er)?|assistants?|agents?)
      |(?P<mark>(?:(?<=\n)|(?<=[|:.!?»”")]\s)|(?<=["“>]))[ \t]*(?:system|admin|developer|root)(?:[ ]?(?:prompt
        |message|besked|meddelelse|note|instruks|ordre|order|command))?[ ]?(?=:[ ]))
    )(?![\w@])"""
)
# "###SYSTEM###", ">>> prompt:", "[SYSTEM]", "=== END OF MESSAGE ===", "--- slut på mail ---", "New task:"
ROLE = r"(?:system|assistant|assistent|prompt|instruktion(?:er)?|instructions?|admin|developer|root|ai)"
MARKER = re.compile(
    rf"""(?x)(?:
      [\#>*=|<\[]{{2,8}}[ ]?{ROLE}(?:[ ]?(?:prompt|message|besked|note|override))?[ ]?(?:[\#>*=|\]<]{{1,8}}|:)
      |\[{ROLE}\]
      |(?P<new>)\b(?:nye?|new|next|real|updated|opdaterede?)[ ]
        (?:system[ ]?prompt|prompt|instruk\w+|instruction\w*|task|opgave|rolle|role|ordrer?)[ ]?:
      |(?:[\-=*\#~_]{{2,12}}[ ]?|["'”][ ]?[;,.)}}]\s?)(?:slut|end|ende)(?:[ ](?:på|of
        |af)(?:[ ]the)?)?[ ]\w+(?:[ ]\w+)?(?:[ ]?[\-=*\#~_]{{2,12}}|[.;])
    )"""
)
NEW_TASK = re.compile(
    r"\b(?:ny|new|next|næste|rigtige|real|egentlige) (?:opgave|task|instruk\w+|instruction\w*|prompt|rolle|role)\b"
)
NOTE = re.compile(
    r"(?:\b(?:note|notat|besked|bemærkning|kommentar|instruktion|instruks|meddelelse|message|instruction"
    r"|attention|obs|nb|vigtigt?"
    r"|bemærk|advarsel|p\.?s\.?|info|kære|dear|hej|hello|hey|hi)\b|(?:^|(?<=[.!?:»”\"] )|(?<=\n)"
    r"|(?<=[(\[{*#/>\-]))[ ]?(?:til|to|for)\b)"
    r"[ :!\-]{0,3}(?:[\w'’]+[ ]){0,5}$"
)
IF = re.compile(
    r"\b(?:hvis|såfremt|når|skulle|if|when|in case|should) (?:du|you|læseren|the reader|der|denne|dette"
    r"|this)\b(?! (?:bruge|anvende|benytte|vil|har|use|using|ask|spørger|skriver|får|arbejder|taler|giver"
    r"|sender))[^.\n]{0,40}$"
)
OPENS = re.compile(r"(?:^|\n|[(\[{#*\"“»/>\-]|[.!?:] )[ \t]{0,3}$")
CALLED = re.compile(r"[^.,:!?\n]{0,45}[:!]|\s?,\s?(?=[a-zæøå]+\b)|\s(?:fra nu af|from now on|du|you)\b")
MUST = re.compile(
    r"[^.,;:!?\n]{0,50}(?:, ?(?:der|som|which|that|who) [^.,\n]{2,60},)?[ ](?:skal|bør|må|bedes|must|should|shall"
    r"|may|can|er nu|is now)\b"
)
READS = re.compile(
    r"\b(?:læs(?:er|e|es|t)?|behandle[rs]?|bearbejde[rs]?|opsummere[rs]?|resumere[rs]?|oversætte[rs]?"
    r"|vurdere[rs]?|evaluere[rs]?|bedømme[rs]?"
    r"|scanne[rs]?|sortere[rs]?|screene[rs]?|gennemgå[rs]?|møder|modtager|svarer|ender i|read(?:s|ing)?|process(?:es"
    r"|ing)?|summari[sz]\w+"
    r"|translat(?:es|ing)|evaluat(?:es|ing)|review(?:s|ing)|scan(?:s|ning)|grad(?:es|ing)|screen(?:s|ing)|receiv(?:es"
    r"|ing)"
    r"|sort(?:s|ing)|handl(?:es|ing)|answer(?:s|ing))\b"
)
HERE = re.compile(
    r"\b(?:denne|dette|den her|det her|disse|this|these|min|mit|mine|mig|my|me|ovenstående|nedenstående|above|below"
    r"|teksten|mailen|notatet|brevet|beskeden|dokumentet|ansøgningen|henvendelsen|rapporten|tilbuddet|kontrakten|klagen"
    r"|siden|artiklen|høringssvaret|filen|skemaet|referatet|fakturaen|kommentaren|billedet|cv'et|the (?:text|mail"
    r"|message|document"
    r"|report|offer|contract|complaint|page|article|file|cv|resume|application|invoice|image|code|letter|ticket"
    r"|next))\b"
)
YOU = re.compile(r"\b(?:du|dig|din|dit|dine|you|your)\b")
STRONG = re.compile(
    r"\b(?:ignor\w+|disregard\w*|forget|glemm?e?|se bort fra|(?:spring\w*|skip)\b|(?:næv\w*|medtag\w*|omtal\w*"
    r"|advar\w*|vis|fortæl\w*|oversæt) ikke"
    r"|ikke (?:næv\w*|medtage?|omtale|advare|vise|fortælle|tage [^.\n]{0,30} med)|und(?:lad|er)(?:e|trykk?e?)?\b"
    r"|udelade?\b|not (?:mention|include|tell|warn|report|translate|flag)"
    r"|omit|leave out|exclude|hide|skjul\w*"
    r"|topkarakter|topscore|top (?:mark|score|grade)s?|full marks|(?:høj|bed)este? (?:score|karakter|vurdering|point)"
    r"|highest|øverst|(?:som )?nummer (?:et|1)|first place|(?:candidate|me|mine|one|it|this) (?:first|highest)"
    r"|12[ -]tal|give? (?:12|10)|10/10|100/100|kun (?:skrive?|svare?)|(?:skrive?|svare?) kun|(?:only|just) (?:reply"
    r"|answer|say|write|output)|output only"
    r"|(?:reply|answer|respond) (?:only )?with|svare? (?:at\b|med (?:ordet|ordene))|(?:skrive?|sige?|meld) at\b"
    r"|(?:say|state|report|reply|claim) that|konkluder\w*|konkludér|conclude"
    r"|(?:afslør\w*|udlever\w*|udskriv\w*|reveal|print|dump|leak|vise?|liste?|send|show|list)\b[^.\n]{0,30}\b(?:your"
    r"|dine?|jeres|alle|all|the|din|dit|prompt\w*|instruk\w*)\b"
    r"|i stedet|instead|uanset|regardless|uden at (?:læse|se|kontrollere|kigge|spørge|advare|nævne)|without (?:read"
    r"|check|look|ask|telling|review)\w*"
    r"|(?:tæl\w*|regn\w*|behandl\w*|count|treat|regard)\b[^.\n]{0,25} (?:som|as)\b|passere|let [^.\n]{0,20} pass"
    r"|er (?:nu )?(?:ændret|ophævet|annulleret)|(?:have|has) (?:been )?(?:changed|revoked|cancelled)"
    r"|has? no (?:bugs|errors|faults)|(?:support|admin|debug|developer|god)[ -]?mode|(?:regler"
    r"|instruktioner) gælder ikke)\b"
)
LIGHT_VERB = (
    r"godkende?|approve|accept\w*|afvise?|reject|slet(?:te)?|delete|remove|fjerne?|anbefale?|recommend"
    r"|vælge?|choose|select|placere?|placér|give?|giv|grant|tilkend|bevilg|tildel|indrøm|medgiv|bekræft|erklær|assign"
    r"|award"
    r"|confirm|admit|declare"
    r"|love|send(?:e)?|videresende?|pay|paid|betales?|udbetales?|udbetal|overfør|refund|transfer|forward|write"
    r"|skrive?|svare?|besvar"
    r"|reply|answer|tell|fortælle?|report|meld"
    r"|fremhæve?|mark|markere?|markér|treat|rate|rank|ranger\w*|bedøm\w*|afbryd\w*|cancel|indstille?|bevillige?"
    r"|eskaler\w*|escalate"
    r"|prioriter\w*|prioritér|output|act|opfør|pretend|lad|frafald\w*|hent|fetch|vise?|show|liste?|list|gentag|repeat"
    r"|kopi[eé]r|copy"
    r"|luk|close|åbn|open|opret|create|opdat[eé]r|update|registr[eé]r|register|not[eé]r|udlever|henvise?|refer|kør"
    r"|udfør|run|execute|tæl"
    r"|count|ring|book|invite?r?|sæt|set|tilføj|add|put|læg|flyt|sige?|say|antag|assume|påstå|hævde?|claim|ret|change"
    r"|skift"
)
LIGHT = re.compile(rf"(?i)\b(?:{LIGHT_VERB})\b")
DIRECTIVE = re.compile(
    r"\b(?:skal|må (?:ikke|gerne)|bør|bedes|must|should|shall|will now|er nu|(?:you|we) are|du er|from now on|fra nu af"
    r"|aldrig|altid|never"
    r"|always|venligst|please|stop|don'?t|do not)\b|[:,;!] ?(?:og |and |så |then )?[a-zæøå]{2,12} (?:at|that|ikke|not"
    r"|kun|only|alle?|all|this|den|det|the|my|min|mig)\b"
    rf"|[:!] ?(?:{LIGHT_VERB})\b"
)
HIDDEN = re.compile(
    r"<!--|(?:hvid|skjult|usynlig|white|hidden|invisible) (?:tekst|text|skrift)|display:\s?none|font-size:\s?0|#fff"
)
STOPS = re.compile(r"[.?](?=[\s\"'»”)\]]|$)|\n[ \t]*\n|-->")
TRIGGER = re.compile(
    r"\b(?:ai|ki)\b|intelligen|model|llm|bot|gpt|copilot|maskin|machine|computer|algorit|system|automat|digital"
    r"|virtu|assist|agent|parser"
    r"|prompt|gemini|admin|developer|root|instru|slut|end(?: of|e)"
)


@dataclass
class _Sentence:
    """A sentence with what it says to do, what that weighs, and how many more addressees are looked at in it."""

    start: int
    end: int
    strong: re.Match[str] | None
    light: re.Match[str] | None
    weight: int
    tries: int


def find(text: str) -> Iterator[Place]:
    """Yield the sentences of a plain text whose cues together say that they are meant for a machine."""
    text = lower(
        text
    )  # all patterns are in lower case: that is several times as fast as leaving capitals out of account
    if not TRIGGER.search(text):
        return
    done = 0
    for match in MARKER.finditer(text):
        if match.start() < done:
            continue
        end = _after_marker(text, match)
        done = end or match.end() + AFTER // 2
        if end:
            yield match.start(), end, 0.8, "injection.tags"
    sentence = None
    for match in ADDRESSED.finditer(text):
        if sentence is None or match.start() >= sentence.end:
            sentence = _sentence(text, match, sentence.end - OVERLAP if sentence else 0)
        if sentence.tries and (place := _weigh(text, match, sentence)):
            yield place
            sentence.tries = 0


def _after_marker(text: str, match: re.Match[str]) -> int:
    """Return where the order after a marker ends, or 0 when what follows tells no machine to do anything."""
    end = min(len(text), match.end() + AFTER)
    verb = STRONG.search(text, match.end(), end)
    role = ADDRESSED.search(text, match.end(), end) or YOU.search(text, match.end(), end)
    if verb and (role or match["new"] is None):
        return verb.end()
    directive, light = DIRECTIVE.search(text, match.end(), end), LIGHT.search(text, match.end(), end)
    if (
        light
        and directive
        and role
        or light
        and re.match(r"\s{0,2}(?:\w{2,12}: )?\w+$", text[match.end() : light.end()])
    ):
        return light.end()
    return 0


def _sentence(text: str, match: re.Match[str], least: int) -> _Sentence:
    """Return the sentence around a match; one that only calls ("OBS SPROGMODEL!!") takes the next along."""
    start = max(0, least, match.start() - BEFORE)
    for stop in STOPS.finditer(text, start, match.start()):
        start = stop.end()
    stop_at = match.end() + AFTER
    first = STOPS.search(text, match.end(), stop_at)
    if first and first[0] != "?" and first.end() - match.end() < SHORT:
        first = STOPS.search(text, first.end(), stop_at)
    end = first.start() if first else min(len(text), stop_at)
    strong, light = STRONG.search(text, start, end), LIGHT.search(text, match.end(), end)
    weight = 2 if strong else 1 if light else -1
    if weight > 0 or READS.search(text, start, end):
        weight += bool(DIRECTIVE.search(text, start, end)) + bool(HERE.search(text, start, end))
        weight += 2 * bool(HIDDEN.search(text, max(0, start - 40), match.start()))
        return _Sentence(start, end, strong, light, weight, MOST_TRIES)
    return _Sentence(start, end, None, None, weight, 0)


def _weigh(text: str, match: re.Match[str], sentence: _Sentence) -> Place | None:
    """Return the place of an instruction when the cues of the sentence around a match weigh enough."""
    sentence.tries -= 1
    start, end, strong = sentence.start, sentence.end, sentence.strong
    if not strong and (match["human"] or match["weak"] and not sentence.light):
        return None
    form, first = _form(text, match, start)
    reads = _reads(text, match, start, end)
    if not (form or reads or match["mark"] or match["turn"] or MUST.match(text, match.end(), end)):
        return None
    if match["weak"] and not (form or reads) and not HERE.search(text, match.end(), end):
        return None
    weight = sentence.weight + WEIGHTS[match.lastgroup or ""] + form + reads
    weight += 2 * bool(NEW_TASK.search(text, start, match.start()))
    if not HERE.search(text, start, end):
        weight += bool((form or reads) and YOU.search(text, start, end))
    if weight < ENOUGH:
        return None
    last = max(found.end() for found in (strong, sentence.light, match) if found)
    return min(first, strong.start() if strong else first), last, 0.75 if weight > ENOUGH else 0.6, WHY


def _form(text: str, match: re.Match[str], start: int) -> tuple[int, int]:
    """Return 2 when the words around call on somebody ("note til X:", "hvis du er X"), and where they begin."""
    low = max(start, match.start() - 60)
    if match["mark"] or match["turn"]:
        return 0, match.start()
    called = CALLED.match(text, match.end()) is not None
    if (note := NOTE.search(text, low, match.start())) and (called or match["strong"]):
        return 2, note.start()
    if (
        match["strong"]
        and text[match.start() - 2 : match.start()] == ", "
        and text[match.end() : match.end() + 1] == ","
    ):
        return 2, match.start()
    if note := IF.search(text, low, match.start()):
        return 2, note.start()
    return 2 * bool(called and OPENS.search(text, max(0, match.start() - 4), match.start())), match.start()


def _reads(text: str, match: re.Match[str], start: int, end: int) -> int:
    """Return 2 when whoever is addressed reads this very text, 1 when it reads something, else 0."""
    if reading := READS.search(text, match.start(), min(end, match.end() + 40)):
        return 2 if HERE.search(text, reading.end(), min(end, reading.end() + 40)) else 1
    if reading := READS.search(text, start, match.start()):
        return 2 if HERE.search(text, start, match.start()) else 1
    return 0
