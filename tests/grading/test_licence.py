"""Who has the AI-kørekort, and what a report says of a test: with real hand-ins, nbgrader and gradebook."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sample_forms import SECRET, right, sample_with_test

from course import answers, build, outbox, paths
from course.items import load_items
from course.syllabus import LicenceRule, Syllabus, Track
from grading.course_dir import CourseDir
from grading.licence import expires_on, licence_of
from grading.release import release
from grading.watch import Grader

NAMES = {"da": "x", "en": "x"}
PIECES = {"first": ("first", "second"), "last": ("second",)}  # the first piece of `last` is in no rule
RULE = LicenceRule(NAMES, "alle", 24, True)
SYLLABUS = Syllabus(NAMES, "koerekort", tuple(PIECES), (Track("alle", NAMES, NAMES, 90, PIECES),), RULE)
MUST = "last-g1"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two modules, one with a test before and one with a test after and a must-pass item, built and released."""
    root = tmp_path_factory.mktemp("licence")
    modules = root / "modules"
    sample_with_test(modules, "before", "first")
    items = sample_with_test(modules, "after", "last") / "items.yaml"
    items.write_text(
        items.read_text("utf-8").replace(f"  - id: {MUST}\n", f"  - id: {MUST}\n    must_pass: true\n"), "utf-8"
    )
    for file in (modules / "forms").iterdir():
        file.write_text(file.read_text("utf-8").replace("area: sample", "area: first"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOEREKORT_VAR", str(root / "var"))
        patch.setattr(paths, "MODULES", modules)
        plain = Syllabus(NAMES, "koerekort", tuple(PIECES))
        for name in ("course.build.load_syllabus", "course.module.load_syllabus"):
            patch.setattr(name, lambda: plain)
        build.build()
        assert release(modules) == sorted(PIECES)
    return root


class Learner:
    """One learner who hands in modules of a course of their own."""

    def __init__(self, root: Path, homes: Path) -> None:
        self.root, self.homes = root, homes
        self.grader = Grader(CourseDir())

    def hand_in(self, module: str, **changed: Any) -> dict[str, Any]:
        """Hand in right answers but for those `changed` (None: unanswered), grade, and return the report."""
        items = load_items(self.root / "modules" / module / "items.yaml").values()
        folder = self.homes / module
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for item in items:
            value = changed.get(item.id.rpartition("-")[2], item.model_value())
            answers.save(folder, module, "da", item.id, value)
        outbox.hand_in(module, folder, "da")
        assert self.grader.take_all() == 0
        return self.report(module)

    def report(self, module: str) -> dict[str, Any]:
        """Return what the learner's page reads."""
        return dict(json.loads((paths.feedback() / "anna" / f"{module}.json").read_text("utf-8")))


@pytest.fixture
def anna(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    shutil.copytree(released / "var", tmp_path / "var")
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr("grading.feedback.load_syllabus", lambda: SYLLABUS)
    return Learner(released, tmp_path / "homes")


def lacks(licence: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    assert licence["met"] is False
    return [(one["module"], one["reason"], one["items"]) for one in licence["missing"]]


def test_it_is_met_when_all_is_answered_and_the_safety_items_are_right(anna: Learner) -> None:
    report = anna.hand_in("last", g1="a", g2=None)
    assert lacks(report["licence"]) == [
        ("first", "not-handed-in", []),
        ("last", "unanswered", ["last-g2"]),
        ("last", "safety", [MUST]),
    ]
    assert report["licence"]["missing"][0]["title"]["da"] == "Prøvemodul"
    assert lacks(anna.hand_in("last", g1=None)["licence"])[1:] == [("last", "unanswered", [MUST])]
    assert lacks(anna.hand_in("last", g2=["b"], r1=None, p1=None)["licence"]) == [("first", "not-handed-in", [])]
    assert "licence" not in anna.hand_in("first", g3=None)
    assert lacks(anna.report("last")["licence"]) == [("first", "unanswered", ["first-g3"])]
    before = anna.report("last")
    anna.hand_in("first", g1="a")  # wrong, but no safety item; a text waits for its reader
    after = anna.report("last")
    assert anna.report("first")["waiting_for_reader"] is True
    today = date.today()
    assert after["licence"] == {
        "met": True,
        "missing": [],
        "date": today.isoformat(),
        "expires": expires_on(today, RULE).isoformat(),
    }
    assert {name: after[name] for name in ("ticket", "points", "items", "graded")} == {
        name: before[name] for name in ("ticket", "points", "items", "graded")
    }


@pytest.mark.parametrize(
    ("earned", "months", "expires"),
    [("2026-11-23", 24, "2028-11-23"), ("2028-02-29", 24, "2030-02-28"), ("2026-12-31", 2, "2027-02-28")],
)
def test_it_expires_so_many_months_later(earned: str, months: int, expires: str) -> None:
    rule = LicenceRule(NAMES, "alle", months, True)
    assert expires_on(date.fromisoformat(earned), rule) == date.fromisoformat(expires)


def test_once_earned_it_is_kept_until_it_expires_and_then_renewed_by_handing_in_again(anna: Learner) -> None:
    anna.hand_in("first")
    met = anna.hand_in("last")["licence"]
    assert met["met"]
    assert anna.hand_in("last", g1="a")["licence"] == met
    course, expires = CourseDir(), date.fromisoformat(met["expires"])
    then = licence_of(course, "anna", SYLLABUS, expires)
    assert then is not None
    assert lacks(then) == [("last", "safety", [MUST]), ("last", "expired", [])]
    assert then["expires"] == met["expires"]
    (stamp,) = (paths.nbgrader_course() / "autograded" / "anna" / "last").glob("timestamp.txt")
    anna.hand_in("last")
    stamp.write_text(f"{expires} 12:00:00.000000 UTC")
    renewed = licence_of(course, "anna", SYLLABUS, expires)
    assert renewed is not None
    assert (renewed["met"], renewed["date"]) == (True, met["expires"])


def test_another_learner_has_none_and_without_a_rule_or_safety_items_there_is_none(anna: Learner) -> None:
    anna.hand_in("first")
    anna.hand_in("last")
    course = CourseDir()
    other = licence_of(course, "bo", SYLLABUS, date.today())
    assert other is not None
    assert [module for module, reason, _ in lacks(other) if reason == "not-handed-in"] == ["first", "last"]
    assert licence_of(course, "anna", Syllabus(NAMES, "koerekort", tuple(PIECES)), date.today()) is None
    only_first = (Track("alle", NAMES, NAMES, 90, {"first": PIECES["first"]}),)
    assert licence_of(course, "anna", Syllabus(NAMES, "koerekort", ("first",), only_first, RULE), date.today()) is None


def test_a_test_is_reported_by_area_only_and_changes_no_points(anna: Learner) -> None:
    plain = anna.hand_in("first", test=None)
    assert plain["tests"] == {}
    before = anna.hand_in("first", test=right("b", range(1, 6)))
    tally = {"right": 5, "answered": 5, "of": 20, "title": {"da": "Prøvemodul", "en": "Sample module"}}
    assert before["tests"] == {"first-test": {"when": "before", "areas": {"first": tally}, "before": {}}}
    assert (before["points"], before["max_points"]) == (plain["points"], plain["max_points"])
    after = anna.hand_in("last", test=right("a"))["tests"]["last-test"]
    assert (after["when"], after["areas"]["first"]["right"], after["before"]) == ("after", 20, {"first": tally})
    anna.hand_in("first", test={"form": "b", "answers": {"tb-01": "nonsense"}})
    assert anna.report("last")["tests"]["last-test"]["before"] == {}


def test_no_file_that_a_learner_has_holds_a_key_or_a_reason_of_a_form(anna: Learner) -> None:
    anna.hand_in("first")
    anna.hand_in("last", test=right("a", range(3, 9)))
    parts = ("site", "nbgrader/source", "nbgrader/release", "nbgrader/feedback", "feedback", "exchange")
    files = [file for part in parts for file in (paths.var() / part).rglob("*") if file.is_file()]
    assert len(files) > 20
    assert sum(b"Svar d20" in file.read_bytes() for file in files) >= 4
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    for file in files:
        if file.name == "items.json":
            test = next(item for item in json.loads(file.read_text("utf-8"))["items"] if item["kind"] == "test")
            assert not {"key", "why", "area"} & {name for form in test["forms"].values() for q in form for name in q}
