"""Ask the documents: an answer with and without sources side by side, and a drill in checking references.

The search is by words, in invented guides and in a text of the learner's own, which stays in memory. A passage that
fits too badly is no source, and then no answer from sources is asked for. It does not know how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import traitlets

from sandbox.documents import LEAST, Cutter, Found, Index, load_guides, split_own
from sandbox.documents.asking import IN_PROMPT, SAMPLING, check, sources
from sandbox.labs.base import LabWidget, Start, css, esm, own_texts
from sandbox.labs.documents_data import load_cases, load_frames, load_measured
from sandbox.labs.tasks import Task


class DocumentsLab(LabWidget):
    """A question to the guides, and cases to judge; the cases' key stays here until one is judged."""

    lab = "documents"
    _esm = traitlets.Unicode(esm("documents_passage", "documents_drill", "documents")).tag(sync=True)
    _css = traitlets.Unicode(css("documents")).tag(sync=True)

    def __init__(self, start: Start) -> None:
        more = {
            "guides": [asdict(guide) for guide in load_guides(start.language)],
            "cases": [_case_view(case.id, start.language) for case in load_cases()],
            "frames": {"with": load_frames().sourced[start.language], "without": load_frames().bare[start.language]},
            "measured": load_measured(start.language),
        }
        super().__init__(replace(start, settings={**start.settings, **more}))

    def work(self, task: Task, content: Mapping[str, Any]) -> None:
        """Answer `ask` with passages and two answers, `judge` with whether a case was judged right, and why."""
        if content["what"] == "judge":
            self._judge(task, content)
            return
        question = self.guarded(task, str(content["question"]), field="question")
        own = self.guarded(task, str(content["own"]), field="own") if question is not None else None
        if question is not None and own is not None:
            self._ask(task, question.strip(), own, content["model"])

    def _ask(self, task: Task, question: str, own: str, model: str | None) -> None:
        cutter = Cutter(self.language)
        title = own_texts(self.lab, self.language)["documents.own.title"]
        guides = [passage for guide in load_guides(self.language) for passage in guide.passages]
        found = Index([*guides, *split_own(own, title)], cutter).search(question)
        enough = bool(found) and found[0].score >= LEAST
        task.say("found", passages=[_view(one) for one in found], enough=enough)
        sourced = self._stream(task, "with", question, model, found) if enough else ""
        bare = self._stream(task, "without", question, model, [])
        if sourced is None or bare is None:
            return
        used = [one.passage for one in found[:IN_PROMPT]]
        seen = asdict(check(sourced, used, cutter)) if sourced else None
        task.end("answered", sourced=sourced, bare=bare, check=seen)

    def _stream(self, task: Task, which: str, question: str, model: str | None, found: list[Found]) -> str | None:
        """Tell one answer while it grows; None when the task was stopped."""
        frames, text, shown = load_frames(), "", ""
        frame = frames.sourced if found else frames.bare
        texts = sources(found, frames.source[self.language])
        prompt = frame[self.language].replace("{sources}", texts).replace("{question}", question)
        for delta in self.client.complete(prompt, model=model, **SAMPLING):
            if task.stopped:
                return None
            text += delta.text
            shown = f"{text.strip()} …" if delta.finish == "length" else text.strip()
            task.say(which, text=shown)
        return shown

    def _judge(self, task: Task, content: Mapping[str, Any]) -> None:
        case = next(one for one in load_cases() if one.id == content["case"])
        task.end(
            "judged",
            right=content["verdict"] == case.verdict,
            verdict=case.verdict,
            reason=case.reason[self.language],
            mark=case.mark[self.language],
            other=case.other,
        )


def _case_view(case_id: str, language: str) -> dict[str, str]:
    """What a browser gets of a case before it has been judged: no key."""
    case = next(one for one in load_cases() if one.id == case_id)
    texts = {"question": case.question[language], "answer": case.answer[language]}
    return {"id": case.id, "passage": case.passage, **texts}


def _view(found: Found) -> dict[str, Any]:
    """A passage as found: its text in parts, those that the question's words hit marked."""
    passage, place = found.passage, 0
    parts: list[dict[str, Any]] = []
    for start, end in found.places:
        parts += [{"text": passage.text[place:start]}, {"text": passage.text[start:end], "hit": True}]
        place = end
    weights = [{"word": one.word, "score": round(one.score, 2)} for one in found.weights]
    kept = [part for part in [*parts, {"text": passage.text[place:]}] if part["text"]]
    return {**asdict(passage), "score": round(found.score, 2), "weights": weights, "parts": kept}
