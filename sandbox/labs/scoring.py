"""How likely a model holds a given continuation, as a natural log probability: by next words, or by scoring a text.

It does not know what is compared with what, nor how anything looks.
"""

from __future__ import annotations

import math

from sandbox.client import ModelClient
from sandbox.errors import ModelServiceError
from sandbox.labs.pairs import Side, Words

NEXT = 100
SCORING = "prompt_logprobs"


class Scorer:
    """Asks one model. `can_score` is whether the service can score a whole text with it."""

    def __init__(self, client: ModelClient, model: str | None) -> None:
        self._client = client
        self._model = model
        self.can_score = SCORING in _capabilities(client, model)

    def next_words(self, context: str, words: Words) -> tuple[float, float] | None:
        """Return the log probabilities that the next word is one of the first words, and one of the second.

        The likeliest tokens are asked for. None when neither is among them, nor one of two single words. Of two lists,
        one that is not among them gets the probability of the last token told: it is no likelier than that.
        """
        told = self._client.next_tokens(context, NEXT, model=self._model)
        found = {one.token: one.logprob for one in told}
        sums = [sum(math.exp(found[f" {word}"]) for word in side if f" {word}" in found) for side in words]
        single = len(words[0]) == len(words[1]) == 1
        if not any(sums) or (single and not all(sums)):
            return None
        one, other = (math.log(total) if total else told[-1].logprob for total in sums)
        return one, other

    def logprob(self, side: Side) -> float:
        """Return the log probability of what is measured, given what stands before it.

        Raises:
            ModelServiceError: of kind "blocked" when the model got another text than was asked for (the guard's masks).
        """
        tokens = self._client.score(side.whole, self._model)
        if "".join(token.text for token in tokens) != side.whole:
            raise ModelServiceError("The guard changed the sentence, so it was not measured.", "blocked")
        total, place = 0.0, 0
        for token in tokens:
            total += (token.logprob or 0.0) if place >= len(side.context) else 0.0
            place += len(token.text)
        return total


def _capabilities(client: ModelClient, model: str | None) -> list[str]:
    models = client.models()
    chosen = [one for one in models if one["id"] == model or (model is None and one.get("default"))]
    return list(chosen[0].get("capabilities") or []) if chosen else []
