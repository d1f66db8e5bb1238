"""The home page: modules with the learner's progress, the sandbox's pages, links that lead there."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course import answers, home, outbox, paths
from course.items import load_items
from course.syllabus import LicenceRule, Syllabus, Track

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "items.yaml"
LABS = """
schema: 1
pages:
  - id: chat
    lab: chat
    module: capabilities
    minutes: 10
    title: {da: Snak, en: Chat}
    summary: {da: Skriv & læs, en: Write & read}
"""


@pytest.fixture
def labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("KOEREKORT_LEARNER", "anna")
    texts = {"da": "Til alle", "en": "For everyone"}
    tracks = (
        Track("alle", texts, texts, 90, {"sample": ("one",)}),
        Track("more", texts, texts, 60, {"sample": ("two",)}),
    )
    syllabus = Syllabus({"da": "Kursus", "en": "Course"}, "koerekort", ("sample",), tracks)
    monkeypatch.setattr(home, "load_syllabus", lambda: syllabus)
    folder = paths.site() / "sample"
    folder.mkdir(parents=True)
    copies = [item.learner_copy() for item in load_items(SAMPLE).values()]
    pieces = [
        {"id": "one", "minutes": 9, "items": [copy["id"] for copy in copies]},
        {"id": "two", "minutes": 4, "items": []},
    ]
    words = {"title": {"da": "Hvad <AI> kan", "en": "What AI can"}, "summary": {"da": "Kort", "en": "Short"}}
    data = {"schema": 1, "module": "sample", **words, "pieces": pieces, "demos": [], "items": copies}
    (folder / "items.json").write_text(json.dumps(data), "utf-8")
    file = tmp_path / "pages.yaml"
    file.write_text(LABS)
    return file


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]


def links(html: str) -> list[str]:
    parser = _Links()
    parser.feed(html)
    return parser.found


def test_links_lead_from_each_language_to_its_own_pages(labs: Path) -> None:
    danish = ["sample/sample.ipynb", "sample/sample.ipynb#two", "sandbox/chat.ipynb", "guides/index.ipynb"]
    assert links(home.home_html("da", labs)) == danish
    english = ["sample.ipynb", "sample.ipynb#two", "sandbox/chat.ipynb", "guides/index.ipynb"]
    assert links(home.home_html("en", labs)) == english


def test_a_module_shows_minutes_and_progress(labs: Path) -> None:
    html = home.home_html("da", labs)
    for text in (
        "Cirka 9 min.",
        "Cirka 4 min.",
        "højst 90 minutter",
        "0 af 9",
        "Ikke afleveret endnu",
        "Hvad &lt;AI&gt; kan",
        "Skriv &amp; læs",
    ):
        assert text in html
    answers.save(paths.site() / "sample", "sample", "da", "sample-g1", "b")
    assert "1 af 9" in home.home_html("da", labs)
    assert "answered 1 of 9" in home.home_html("en", labs)


def test_a_hand_in_and_its_points_are_shown(labs: Path) -> None:
    ticket = outbox.hand_in("sample", paths.site() / "sample", "da")
    assert "Venter på at blive bedømt" in home.home_html("da", labs)
    folder = paths.feedback() / "anna"
    folder.mkdir(parents=True)
    report = {"ticket": ticket, "module": "sample", "points": 7.5, "max_points": 9.0, "error": None, "items": {}}
    (folder / "sample.json").write_text(json.dumps(report))
    assert "Afleveret og bedømt: 7,5 af 9 point" in home.home_html("da", labs)
    (folder / "sample.json").write_text(json.dumps(report | {"waiting_for_reader": True}))
    assert "7.5 of 9 points so far" in home.home_html("en", labs)


def test_the_licence_is_shown_to_the_learner_who_has_it(labs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = LicenceRule({"da": "Bevis", "en": "Proof"}, "alle", 24, True)
    texts = {"da": "Til alle", "en": "For everyone"}
    syllabus = Syllabus(texts, "koerekort", ("sample",), (Track("alle", texts, texts, 90, {"sample": ("one",)}),), rule)
    monkeypatch.setattr(home, "load_syllabus", lambda: syllabus)
    assert "AI-kørekortet" not in home.home_html("da", labs)
    ticket = outbox.hand_in("sample", paths.site() / "sample", "da")
    folder = paths.feedback() / "anna"
    folder.mkdir(parents=True)
    licence = {"met": True, "missing": [], "date": "2026-11-23", "expires": "9999-01-01"}
    report = {"ticket": ticket, "module": "sample", "points": 9, "max_points": 9, "error": None, "items": {}}
    (folder / "sample.json").write_text(json.dumps(report | {"licence": licence}))
    assert "Du har AI-kørekortet" in home.home_html("da", labs)
    (folder / "sample.json").write_text(json.dumps(report | {"licence": licence | {"met": False}}))
    assert "AI-kørekortet" not in home.home_html("da", labs)


def test_each_fault_is_a_sentence_and_the_rest_is_shown(labs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.site() / "sample" / "answers.json").write_text("{")
    html = home.home_html("da", labs)
    assert "ikke slettet" in html
    assert "sample/sample.ipynb" in html
    (paths.site() / "sample" / "items.json").unlink()
    html = home.home_html("da", labs)
    assert "items.json is missing" in html
    assert "sandbox/chat.ipynb" in html
    labs.write_text("pages: 5")
    assert "Sandkassens sider kan ikke vises" in home.home_html("da", labs)
    monkeypatch.setenv("KOEREKORT_LEARNER", "a b")
    assert "cannot be used" in home.home_html("da", labs)


def test_the_labs_alone_show_no_module_and_nobodys_progress(labs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEREKORT_LABS_ONLY", "1")
    page = home.home_html("da", labs)
    assert "sandbox/chat.ipynb" in page
    assert "sample" not in page
    assert "guides" not in page
