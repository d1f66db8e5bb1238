"""The words that instructions to a model are made of, as parts of patterns: whom, what and the verbs, in two languages.

It does not know the forms that they are put together in (injection_words.py, injection_pasted.py).
"""

from __future__ import annotations


def any_of(*forms: str) -> str:
    """Return the part of a pattern that any of the forms matches."""
    return f"(?:{'|'.join(forms)})"


MACHINE = any_of(
    r"AI(?:[ -](?:assist\w*|model\w*|system\w*|agent\w*|tool\w*|værktøj\w*|readers?))?",
    r"kunstige? intelligens|sprogmodel\w*|chat-?bots?\w*|LLMs?|(?:large )?language models?|chat-?gpt|gpt(?:-?[0-9])?",
    r"copilot|gemini|claude|ki-?model\w*|assistant|(?:ai-)?assistent(?:en)?|robot(?:ten)?",
)
WHOSE = any_of(
    r"all?e?|any|dine|din|jeres|your|the|de|den|disse|these|of|other|andre|øvrige|givne|given|brugerens|user'?s",
    r"tidligere|foregående|forrige|hidtidige|ovenstående|oprindelige|skjulte",
    r"previous|prior|earlier|preceding|existing|initial|original|above|system|safety|hidden",
)
ORDERS = any_of(
    r"instruktion\w*|instruks\w*|instruc\w*|direc?tiv\w*|prompts?\b|system ?prompt\w*|regler\w*|rules?|guidelines?"
    r"|guardrails?",
    r"retningslinj\w*|restrictions?|begrænsning\w*|policy|policies|programmering|programming|commands?|requests?"
    r"|opgave\w*",
    r"beskeder|messages?|training|træning|context|sikkerhedsregler\w*|filtre|filters?|anmodning\w*|forespørgsel\w*"
    r"|ønsker?\b",
)
# Verbs with which one tells a model what to do; a few that only occur in such sentences.
TELL = any_of(
    r"ignor|disregard|forget|glem|reply|respond|answer|svar|besvar|skriv|write|output|say\b|state\b|sig\b|tell"
    r"|fortæl|bed\b",
    r"approv|godkend|recommend|anbefal|reveal|afslør|print|send|vis\b|udelad|medtag|include|exclude|skip|spring"
    r"|giv\b|give\b",
    r"afvis|reject|vælg|choose|select|konklud|conclude|slet|delete|nævn|mention|mark|rank|rate|rangér|ranger|bedøm"
    r"|vurdér",
    r"vurder|add\b|tilføj|insert|indsæt|stop\b|treat|behandl|prioritér|prioriter|prioriti|override|tilsidesæt|opsummer",
    r"do not|don'?t|never|always|altid|aldrig|ikke\b|du (?:skal|må|er)|you (?:must|are|will|should)",
)
VERB = any_of(
    TELL,
    r"du (?:kan|har)|you (?:have|can)|your?\b|dine?\b|before|must\b|skal\b|bør\b|er det eneste|is correct",
)
