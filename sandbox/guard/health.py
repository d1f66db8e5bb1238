"""Finds facts on health, abuse, violence and social benefits of a person whom the text points out.

The same word is a finding beside a person and none in general, so `find` is given what the other recognisers found: a
person is a name, a CPR number, an address or a case, and the fact must stand in the same paragraph, near it, and in a
sentence that is not about people in general. Rules see words and not meaning: they miss what is only described, and
take a fact along that is about someone else. It does not know the policy.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sandbox.guard.finding import Finding
from sandbox.guard.plain import lower
from sandbox.guard.wordlists import read

KIND = "HEALTH"
POINTERS = frozenset(("NAME", "CPR", "ADDRESS", "CASE"))
NEAR = 350  # characters between a fact and the person
SHORT = 90  # the same over the end of a paragraph
REACH = 60  # characters before a fact that may govern it
LONGEST = 120  # characters of a sentence that are looked through on either side
LETTER = "a-zæøåéü"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE = re.compile(r"[.!?](?=\s)|\n")
PARAGRAPH = re.compile(r"\n[ \t]*\n|\n-{2,}")
# Before a fact: it belongs to the fact, and the mark should cover it.
QUALIFIER = re.compile(
    rf"(?i)(?<![{LETTER}])(?:(?:har|haft|har fået|fået|får|fik|er|lider af|lidt af|led af|været|"
    rf"bliver|blev|diagnosticeret med|i behandling for|sygemeldt (?:med|pga\.?)|mistanke om"
    rf"|udredt for|udredes for|under udredning for|svær|svært|svære|let|moderat|kronisk|alvorlig|"
    rf"alvorlige|akut|daglige|type [12]|en|et|sin|sit|sine|meget|nedsat|infantil|atypisk|"
    rf"gennemgribende|stærke?) ){{1,4}}$"
)
# The sentence is not about one person.
GENERAL = re.compile(
    r"(?i)(?<!\w)(?:generelt|generel|generelle|statistik|procent|andelen af|antallet af|pjece|folder|"
    r"kampagne|temadag\w*|vejledning(?:en)? om|kursus|kurset|oplæg|artikel|paragraf"
    r"|borgere (?:med|der|som|på)|personer (?:med|der|som|på)|børn (?:med|der|som)|elever (?:med|der|"
    r"som)|unge (?:med|der|som)|mennesker med|ældre med|mange (?:med|har|får)|pårørende til"
    r"|medarbejdere (?:med|der|som)|forældre (?:med|til)|voksne med|kvinder (?:med|der)|mænd (?:med|"
    r"der)|patienter med|hvad er|hvad vil det sige|forskellen på|definition|symptomer på|typiske|"
    r"risiko for|forebyg\w*|politik(?:ken)? for|retningslinje\w*|handleplan mod|beredskab\w*|"
    r"målgruppe\w*|hvordan (?:skriver|laver|formulerer|kan (?:jeg|vi)|gør)|til alle|[0-9]+ (?:borgere|beboere|sager"
    r"|personer|børn"
    r"|elever|unge|ældre|gravide|pårørende|ansøgninger|medarbejdere|patienter)|høringssvar\w*|ansøgningsskema\w*"
    r"|stillingsbeskrivelse\w*|jobopslag\w*"
    r"|foredrag\w*|(?:pr\.|hver|per) måned|drøftede|vedtog|temamøde\w*|informationsmøde\w*|åbningstid\w*|regler for"
    r"|hvor mange|rammer|emnet|temaet|hvert år|invitation|pjece\w*|quiz|"
    r"(?:mange|flere|nogle|de fleste|alle|færre) (?:unge|børn|ældre|borgere|danskere|kvinder|mænd|elever|familier"
    r"|mennesker|voksne|medarbejdere)|steg fra|faldt fra|tilbuddet|tilbud til|tilbud om"
    r"|screening(?:en)? for|foreningen|"
    r"fonden|konference|webinar|projektet|indsatsen mod|arbejdet med|kompetenceudvikling)(?!\w)|"
    r"[0-9] ?%"
)
FIRST_PERSON = re.compile(r"(?i)(?<!\w)(?:jeg|mig|min|mit|mine|my|me|i'm|i (?:am|have|had|was|suffer|take|need))(?!\w)")
SIGNED = re.compile(r"(?i)(?:hilsen|hilsner|mvh\.?|kh|vh|regards|sincerely)[\s,.!/]{0,4}$|[\s.]/ ?$")
GREETED = re.compile(r"(?i)(?<!\w)(?:hej(?:sa)?|kære|dear|hi|hello|til:|att\.?:?)[\s,]{0,3}$")
WORKS = re.compile(
    r"(?i)(?:borgmester|chef(?:en)?|leder(?:en)?|psykolog|læge|sagsbehandler|rådgiver|konsulent|"
    r"kollega|oplægsholder|foredragsholder|forsker|professor|lektor|overlæge|sygeplejerske|underviser|jordemoder"
    r"|\w*terapeut"
    r"|tandlæge|pædagog|lærer|direktør|rådmand|byrådsmedlem|advokat|journalist|redaktør|sekretær"
    r"|formand|koordinator|kontakt(?:person)?|ansvarlig|referent|vært|kilde|afbud (?:fra|til)|tilmelding (?:til|hos)"
    r"|spørg"
    r"|spørgsmål til|ligger hos|fås hos|hentes hos|(?:udarbejdet|skrevet|lavet|leveret|holdt|ledet|trukket) af|v/"
    r"|ved)[ ,:]{1,3}$|v/$"
)
# "Karl Erik, jeg mangler ...": called upon, not told of.
CALLED = re.compile(
    r"(?i), (?:jeg|du|kan|vil du|har du|husk|tak|vi|skal|hvad|hvornår|hvordan|can|could|do|did|please)(?!\w)"
)
# What follows and shows that it is no fact: a word for the field, a label's colon, "stammer fra", "slår op".
NO_FACT = re.compile(
    r"(?i)[- ]?(?:politik|forsikring|afdeling|kurset|kursus|pjece|indsats|område|loven|reform|"
    r"vejledning|team|ordning|statistik|konsulent|rådgivning|center|koordinator|forening|"
    r"sagsbehandler|kampagne|venlig)| ?:| fra | af (?:\w*kort|tillid|data|magt|midler|oplysninger|\w*adgang|\w*bil\b)"
)
# A word made with a word of the list, that is an office, a rule or a place: "demenskonsulent", "kontanthjælpsloftet".
OFFICE = re.compile(
    r"(?i)(?:konsulent\w*|rådgive(?:r|ren|re)|koordinator\w*|vejleder\w*|terapeut\w*|sygeplejersk\w*|team(?:et|s)?"
    r"|cent(?:er|ret|re)"
    r"|råd(?:et)?|foreninge?n?|loft(?:et)?|kørs(?:el|len)|bolige?r?(?:ne)?|afdelinge?n?|områd(?:e|et)|lov(?:en"
    r"|givning\w*)?|reform(?:en)?"
    r"|politik(?:ken)?|pakken?|indsatse?n?|hus(?:et)?|kurs(?:er|us|et)|uddannelse\w*|forebyggelse\w*|statistik\w*"
    r"|tal(?:lene)?"
    r"|udvalg(?:et)?|foredrag\w*|dage?n?|uge[nr]?|caf[eé]e?n?|gruppe[nr]?|forsikring\w*|kampagne\w*|linje[nr]?"
    r"|strategi\w*|venlig\w*"
    r"|området|parkering\w*|forskning\w*|forsker\w*|rapporte?n?|oversigt\w*|ordning\w*|kontor(?:et)?|nævn(?:et)?"
    r"|klinik(?:ken)?"
    r"|pædagog\w*|sekretær\w*|ansvarlig\w*|ambassadør\w*|netværk\w*|afsnit(?:tet)?|hotel\w*|toilet\w*)$"
)
# What governs a fact and makes it a subject of work or talk: "underviser i", "tallene for", "skemaet til", "noget om".
TOPIC = re.compile(
    r"(?i)(?<!\w)(?:(?:undervis|forsk|arbejd|speciali)\w* (?:i|på|inden ?for|med forebyggelse af)|(?:ansat"
    r"|ansættelse\w*|stilling\w*"
    r"|job|praktik|vikar|leder|chef|formand|ekspert|specialist|vært) (?:i|på|som|for|ved)|(?:stillingen|job|ansat"
    r"|arbejder) som"
    r"|(?:tal|tallene|skema\w*|\w*skema(?:et)?|formular\w*|blanket\w*|regler(?:ne)?|takst\w*|satse?r?\w*|hold"
    r"|tilbud\w*|ordning\w*"
    r"|program\w*|plan(?:en|er)?|plakate?r?\w*|materiale\w*|netværk\w*|caf[eé]\w*|ansvar\w*|opslag\w*|budget\w*"
    r"|regnskab\w*|livet"
    r"|at leve|leve|vaccin\w*|\w*forberedelse|afdeling\w*|team\w*|center|ventelist\w*|bevillingstal\w*"
    r"|undersøgelse\w*|screening\w*)"
    r" (?:for|til|om|mod|med|på|af|vedrørende)"
    r"|(?:sager(?:ne)?|bøger|bog(?:en)?|film\w*|indlæg\w*|undervisning\w*|drøftelse\w*|forældre|forældrene|alle"
    r"|aftalen|lov(?:en)?"
    r"|regel|emner?|samarbejde\w*|projekt\w*|\w*notat|skriver|læser) (?:om|mod|mellem)|blandt)"
    r" (?:(?:nye?|gode|unges|børns|ældres|samt|både)\s)?(?:[a-zæøå-]{3,25}(?:,| og| eller) )?$"
)
STRIKES = frozenset(("slår", "slog", "slået", "truer", "truet"))
STRIKES_ELSE = re.compile(r"(?: \w+){0,3} (?:op|til|fast|rod|sammen|ind|græs\w*|alarm|igennem|på)(?!\w)")
NOT_BEFORE = re.compile(
    r"(?i)(?:ingen|uden|ikke|aldrig|no|anti|forebygge|ord som|ordet|hvad er|begrebet"
    r"|(?:notat|bog|oplæg|foredrag|film|artikel|viden|information|spørgsmål|materiale|rapport|tekst|dialog|debat"
    r"|kampagne|møde|handler|drejer sig) (?:om|mod)) $"
)


class _Lexicon:
    """The list of words, in the forms that it is searched by."""

    def __init__(self, rows: list[str]) -> None:
        self.words = {row for row in rows if " " not in row and "*" not in row}
        self.heads = {row[:-1] for row in rows if row.endswith("*") and " " not in row}
        self.ends = {row[1:] for row in rows if row.startswith("*")}
        self.phrases: dict[str, list[str]] = {}
        for row in sorted((row for row in rows if " " in row), key=len, reverse=True):
            self.phrases.setdefault(row.split(" ", 1)[0], []).append(row)

    def match(self, low: str, word: str, start: int) -> int:
        """Return where the fact that begins with this word (in lower case) ends, or 0 when none does."""
        for phrase in self.phrases.get(word, ()):
            end = start + len(phrase.rstrip("*"))
            if low.startswith(phrase.rstrip("*"), start) and (phrase[-1] == "*" or not low[end : end + 1].isalnum()):
                return end
        whole = start + len(word)
        if word in self.words:
            return whole
        sizes = range(3, min(len(word), 24) + 1)
        return whole if any(word[:size] in self.heads or word[-size:] in self.ends for size in sizes) else 0


@lru_cache
def _lexicon() -> _Lexicon:
    return _Lexicon([row.lower() for row in read("health_words")])


def _facts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the words of the list."""
    low, lexicon, done = lower(text), _lexicon(), 0
    for match in WORD.finditer(low):
        if match.start() >= done and match.end() - match.start() < 60:
            done = lexicon.match(low, match[0], match.start()) or done
            if done > match.start():
                yield match.start(), done


def find(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the facts of a plain text that are tied to a person among what was `found` in it."""
    people = sorted((finding for finding in found if finding.kind in POINTERS), key=lambda finding: finding.start)
    if not people:
        return
    places = [person.start for person in people]
    breaks = [match.start() for match in PARAGRAPH.finditer(text)]
    for fact in _facts(text):
        if NO_FACT.match(text, fact[1]) or NOT_BEFORE.search(text, max(0, fact[0] - 24), fact[0]):
            continue
        if text[fact[0] : fact[1]].lower() in STRIKES and STRIKES_ELSE.match(text, fact[1]):
            continue
        if _is_office(text[fact[0] : fact[1]]) or TOPIC.search(text, max(0, fact[0] - REACH), fact[0]):
            continue
        sentence = _sentence(text, *fact)
        if GENERAL.search(text, *sentence):
            continue
        if tied := _tied(text, fact, people, places, breaks, sentence):
            yield Finding(KIND, _begin(text, fact[0], sentence[0], people), fact[1], tied, "health.person")


def _is_office(word: str) -> bool:
    """Say whether a word that only begins or ends as those of the list do is an office, a rule or a place."""
    return " " not in word and OFFICE.search(word) is not None and word.lower() not in _lexicon().words


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of the sentence around a place."""
    first = max(0, start - LONGEST)
    for stop in SENTENCE.finditer(text, first, start):
        first = stop.end()
    last = SENTENCE.search(text, end, end + LONGEST)
    return first, last.start() if last else min(len(text), end + LONGEST)


def _tied(
    text: str,
    fact: tuple[int, int],
    people: list[Finding],
    places: list[int],
    breaks: list[int],
    sentence: tuple[int, int],
) -> float:
    """Return how surely a fact is about a person who is pointed out: 0 when nobody near is."""
    first = bisect_left(places, fact[0] - NEAR)
    best = 0.0
    for person in people[first : first + 40]:
        gap = person.start - fact[1] if person.start >= fact[1] else fact[0] - person.end
        if person.start > fact[1] + NEAR:
            break
        split = bisect_left(breaks, min(person.start, fact[0])) != bisect_left(breaks, max(person.start, fact[0]))
        if gap > (SHORT if split else NEAR) or not _is_subject(text, person, sentence):
            continue
        best = max(best, 0.7 if sentence[0] <= person.start < sentence[1] else 0.5)
    return best


def _is_subject(text: str, person: Finding, sentence: tuple[int, int]) -> bool:
    """Say whether a fact may be about a person: one who signs is where it says "I", one who is greeted never."""
    if person.kind != "NAME":
        return True
    if GREETED.search(text, max(0, person.start - 12), person.start) and text[person.end : person.end + 1] in ",.!\n":
        return False
    if text[person.start - 1 : person.start] in ("", "\n") and CALLED.match(text, person.end):
        return False
    if SIGNED.search(text, max(0, person.start - 24), person.start):
        return bool(FIRST_PERSON.search(text, *sentence))
    return not WORKS.search(text, max(0, person.start - 24), person.start)


def _begin(text: str, start: int, sentence: int, people: Sequence[Finding]) -> int:
    """Return where a fact begins with the words that qualify it, never inside another finding."""
    low = max(sentence, start - 50, *(person.end for person in people if person.end <= start), 0)
    qualifier = QUALIFIER.search(text, low, start)
    return qualifier.start() if qualifier else start
