"""A report is stored as it was approved and guarded, can be deleted, and leaves nothing behind."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from sandbox.reports import MAX_CHARACTERS, ReportRefused, Reports

MAIL = "kirsten.prøve@example.org"


@pytest.fixture
def reports(tmp_path: Path) -> Reports:
    return Reports(tmp_path / "reports.db", days=30)


def test_a_report_is_stored_and_has_a_receipt(reports: Reports) -> None:
    receipt = reports.store("bias", "chat", "gemma3-270m", "da", "  Den skrev „han“ om alle ledere. ")
    (report,) = reports.all()
    assert (report.receipt, report.text, report.kind) == (receipt, "Den skrev „han“ om alle ledere.", "bias")
    assert report.day % (24 * 3600) == 0, "the day, not the moment"
    assert stat.S_IMODE(reports.path.stat().st_mode) == 0o600


def test_what_the_guard_would_mask_is_not_stored(reports: Reports) -> None:
    text = f"Den skrev til {MAIL} uden grund."
    with pytest.raises(ReportRefused, match="EMAIL") as refused:
        reports.store("personal", "chat", "gemma3-270m", "da", text)
    (found,) = refused.value.findings
    assert text[found.start : found.end] == MAIL
    assert not reports.path.exists()
    assert reports.store("personal", "chat", "gemma3-270m", "da", "Den skrev til [E-MAIL] uden grund.")


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [("odd", "da", "x"), ("bias", "xx", "x"), ("bias", "da", " "), ("bias", "da", "x" * 4001)],
)
def test_bad_input_is_refused_in_a_sentence(reports: Reports, kind: str, language: str, text: str) -> None:
    assert MAX_CHARACTERS == 4000
    with pytest.raises(ReportRefused, match="A report"):
        reports.store(kind, "chat", "gemma3-270m", language, text)


def test_a_deleted_report_leaves_nothing_in_the_file(reports: Reports) -> None:
    receipt = reports.store("other", "chat", "gemma3-270m", "da", "et helt særligt ord: kvæsthuslygte")
    assert "kvæsthuslygte".encode() in reports.path.read_bytes()
    assert reports.delete(receipt)
    assert not reports.delete(receipt)
    for file in reports.path.parent.iterdir():
        assert "kvæsthuslygte".encode() not in file.read_bytes()


def test_reports_are_deleted_when_their_days_are_over(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 32 * 24 * 3600)
    reports.store("other", "chat", "gemma3-270m", "da", "gammelt")
    monkeypatch.setattr(time, "time", lambda: now)
    reports.store("other", "chat", "gemma3-270m", "da", "nyt")
    assert [report.text for report in reports.all()] == ["nyt"]
