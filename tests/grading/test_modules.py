"""The real modules through the real grader: model answers get every point, the untouched page none."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import answers, build, outbox, paths
from course.module import load_modules
from grading.course_dir import CourseDir
from grading.feedback import make_feedback
from grading.release import release
from grading.watch import Grader


@pytest.mark.slow
def test_every_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    modules = load_modules()
    build.build()
    assert release() == sorted(modules)
    assert release() == []
    for module in modules.values():
        page = paths.site() / module.id
        monkeypatch.setenv("KOEREKORT_LEARNER", "untouched")
        outbox.hand_in(module.id, page, "da")
        monkeypatch.setenv("KOEREKORT_LEARNER", "model")
        for item in module.items.values():
            answers.save(page, module.id, "en", item.id, item.model_value(), 0.95 if item.confidence else None)
        outbox.hand_in(module.id, page, "en")
    course = CourseDir()
    assert Grader(course).take_all() == 0
    for module in modules.values():
        model, untouched = (make_feedback(course, module.id, learner, "") for learner in ("model", "untouched"))
        ruled = sum(item.points for item in module.items.values() if item.use == "graded")
        read = sum(item.points for item in module.items.values() if item.use == "reflection")
        assert (model["points"], model["max_points"], model["error"]) == (ruled, ruled + read, None)
        assert untouched["points"] == 0
        assert not any(entry["answered"] for entry in untouched["items"].values())
