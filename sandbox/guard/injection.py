"""Finds instructions to a model that are hidden in pasted text, in Danish and English ("ignorer alle tidligere ...").

A finding is the sentence, or what a bracket or comment holds, at most 200 characters. A writer's own wishes ("glem alt
om mødet", "du er en erfaren jurist") and talk about injection are none. Rules find the clumsy attempts, not the clever
ones. It does not know the policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox.guard import injection_cues
from sandbox.guard.finding import Finding
from sandbox.guard.injection_terms import MACHINE
from sandbox.guard.injection_words import FORMS

KIND = "INJECTION"
LONGEST = 200  # characters of a finding
TALK = re.compile(
    r"(?i)\b(?:hvad (?:er|betyder|vil det sige)|hvordan|forklar|beskriv|definér|what (?:is|does)|how (?:do|does|to"
    r"|can)|explain"
    r"|describe|eksempel(?:vis)? på|examples? of|som fx|f\.eks\.|for example|genkend\w*|opdag\w*|beskyt\w*"
    r"|undervis\w*|kursus|quiz"
    r"|prompt[ -]?injection|angreb|attack)\b"
)
ABOUT_PROMPTS = re.compile(r"(?i)(?<!ny )(?<!nye )(?<!new )(?<!system )\b(?:en |et )?prompts?\b(?![ ]?[:>])")
TURNS = re.compile(r"(?im)^\W{0,4}(?:user|bruger|human|borger|kunde|mig|me|q|spørgsmål)\s?:")
ENDS = re.compile(r"[.!?](?=[\s\"'»”)\]]|$)|\n|-->|(?=[\])}»”])")
FAR = 4000  # characters before a place that are looked at for the beginning of a quotation
HEAD = re.compile(
    r"(?im)^(?:fra|from|emne|subject|til|sendt|date)\s?:|^-{3,}\s*$|^[>|]|^```|:\s+[A-ZÆØÅ\"'“\n]|\n\s*\n"
)
IS_TURN = re.compile(rf"(?i)\W{{0,6}}(?:{MACHINE}|system)\s?:")
CLOSERS = {"[": "]", "(": ")", "{": "}", "«": "»", "<!--": "-->"}


def find(text: str) -> Iterator[Finding]:
    """Yield the instructions to a model in a plain text, the first of those that overlap."""
    low = text.lower()
    found = [
        (match.start(), match.end(), score, why)
        for pattern, score, why, words in FORMS
        if any(word in low for word in words)
        for match in pattern.finditer(text)
    ]
    found += injection_cues.find(text)
    is_chat = bool(found) and TURNS.search(text) is not None
    reached = 0
    for first, last, score, why in sorted(found):
        if first < reached or _is_harmless(text, first, last, why, is_chat):
            continue
        start, end = (first, last) if why == "injection.link" else _whole(text, first, last)
        start = max(start, reached)
        reached = end
        yield Finding(KIND, start, end, score, why)


def _is_harmless(text: str, start: int, end: int, why: str, is_chat: bool) -> bool:
    """Say whether it is talk about instructions, a question, a chat that was pasted, or a greeting to the model."""
    line_start = max(text.rfind("\n", 0, start) + 1, start - LONGEST)
    before = text[line_start:start]
    sentence = re.split(r"[.!?]\s", before)[-1] + (text[start:end] if why == "injection.leak" else "")
    if TALK.search(sentence):
        return True
    if why == "injection.override":
        stop = ENDS.search(text, end, end + FAR)
        return stop is not None and stop[0] == "?"
    if why == "injection.pasted":
        return not _is_pasted(text, start)
    if why == "injection.instead":
        return not before.strip() and line_start == 0
    if why == "injection.addressed":
        if ABOUT_PROMPTS.search(sentence):
            return True
        is_turn = IS_TURN.match(text, start, end) is not None
        return not text[max(0, start - LONGEST) : start].strip() and not is_turn or is_turn and is_chat
    return False


def _is_pasted(text: str, place: int) -> bool:
    """Say whether a place lies in something quoted: in quotation marks, a comment, or below a head or a colon."""
    before = text[max(0, place - FAR) : place]
    quoted = (
        before.count('"') % 2 == 1
        or before.rfind("“") > before.rfind("”")
        or before.rfind("<!--") > before.rfind("-->")
    )
    return quoted or HEAD.search(before) is not None


def _whole(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the bracket or the sentence around a place, no longer than LONGEST."""
    lowest = max(0, first - LONGEST // 2)
    for opener, closer in CLOSERS.items():
        start = text.rfind(opener, lowest, first + len(opener))
        if start >= 0 and text.find(closer, start, first) < 0:
            end = text.find(closer, last, start + LONGEST)
            if end > 0:
                return start, end + len(closer)
    start = max((end.end() for end in ENDS.finditer(text, lowest, first)), default=lowest)
    while start < first and text[start] in " \t\n\"'":
        start += 1
    stop = ENDS.search(text, last, start + LONGEST)
    return start, stop.end() if stop else max(last, min(len(text), start + LONGEST))
