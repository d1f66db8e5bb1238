"""Authors' markdown becomes safe HTML."""

from __future__ import annotations

import pytest

from course.widgets.markdown import inline_html, split_question, to_html


def test_a_single_paragraph_stands_without_its_tags() -> None:
    assert inline_html("Skriv `ord` **nu**") == "Skriv <code>ord</code> <strong>nu</strong>"
    assert inline_html("a\n\nb") == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(
    ("stem", "context", "question"),
    [
        ("Hvad nu?", "", "Hvad nu?"),
        ("Scene.\n\nHvad nu?", "<p>Scene.</p>", "Hvad nu?"),
        ("> citat\n\nHvad *nu*?", "<blockquote>\n<p>citat</p>\n</blockquote>", "Hvad <em>nu</em>?"),
        ("Hvad nu?\n\n- a\n- b", "<p>Hvad nu?</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>", ""),
        ("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>", ""),
    ],
)
def test_the_last_paragraph_is_the_question(stem: str, context: str, question: str) -> None:
    assert split_question(stem) == (context, question)


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>x</script>",
        "a <img src=x onerror=y> b",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/p.png)",
    ],
)
def test_nothing_runs_and_nothing_is_loaded(markdown: str) -> None:
    html = to_html(markdown)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
