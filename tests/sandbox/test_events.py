"""The event database counts, holds no text whatever happens, and never gets in anybody's way."""

from __future__ import annotations

import sqlite3
import stat
import time
from pathlib import Path

import pytest

from course.locale import LANGUAGES
from sandbox import events
from sandbox.events import Events

MODELS = ("gemma", "smol")


@pytest.fixture
def kept(tmp_path: Path) -> Events:
    return Events(MODELS, tmp_path / "events.db", days=30)


def test_events_of_an_hour_become_one_row(kept: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)
    for seconds in (1.0, 3.0, 0.5):
        assert kept.add("answered", "chat", "gemma", "da", seconds)
    kept.flush()
    kept.add("answered", "chat", "gemma", "da", 2.0)
    kept.add("rated_up", "chat", "gemma", "en")
    answered, rated = sorted(kept.rows(), key=lambda row: row.kind)
    assert (answered.count, answered.total, answered.least, answered.most) == (4, 6.5, 0.5, 3.0)
    assert (answered.hour, answered.kind, answered.lab, answered.model) == (1_800_000_000, "answered", "chat", "gemma")
    assert (rated.count, rated.language) == (1, "en")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "names", [("typed",), ("opened", "010127-1234"), ("opened", "chat", "Fatima"), ("opened", "chat", "gemma", "de")]
)
def test_only_known_names_are_counted(kept: Events, names: tuple[str, ...]) -> None:
    assert not kept.add(**dict(zip(("kind", "lab", "model", "language"), names, strict=False)))  # type: ignore[arg-type]
    assert kept.rows() == []


def test_no_column_can_hold_a_text(kept: Events) -> None:
    kept.add("opened", "chat")
    kept.flush()
    database = sqlite3.connect(kept.path)
    columns = database.execute("PRAGMA table_info(events)").fetchall()
    assert {column[2] for column in columns} == {"INTEGER", "REAL"}
    for place in range(len(columns)):
        row: list[object] = [1] * len(columns)
        row[place] = "et planlagt ord"
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
            database.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(row))})", row)


def test_names_have_codes_of_their_own(kept: Events) -> None:
    names = [*events.KINDS, *LANGUAGES, *MODELS, events.NOWHERE, events.IN_LESSON]
    assert len({events.code(name) for name in names}) == len(names)


def test_old_rows_are_deleted(kept: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 31 * 24 * 3600)
    kept.add("opened", "chat")
    assert [row.lab for row in kept.rows()] == ["chat"]
    monkeypatch.setattr(time, "time", lambda: now)
    kept.add("opened", "tokens")
    assert [row.lab for row in kept.rows()] == ["tokens"]


def test_a_full_database_disturbs_nobody_and_what_waits_is_written_later(
    kept: Events, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept.add("opened", "chat")
    kept.flush()
    used = sqlite3.connect(kept.path).execute("PRAGMA page_count").fetchone()[0]
    monkeypatch.setattr(events, "MOST_PAGES", used)
    for hour in range(400):
        monkeypatch.setattr(time, "time", lambda hour=hour: 1_800_000_000.0 + hour * 3600)
        assert kept.add("opened", "chat")
    kept.flush()
    kept.flush()
    assert kept.unwritten == 2
    assert caplog.text.count("Events cannot be written") == 1
    monkeypatch.setattr(events, "MOST_PAGES", 16_384)
    assert sum(row.count for row in kept.rows(1_800_000_000.0)) == 400
    assert kept.unwritten == 0


def test_a_damaged_database_is_put_aside(kept: Events, caplog: pytest.LogCaptureFixture) -> None:
    kept.path.write_bytes(b"this was a database once" * 1000)
    kept.add("opened", "chat")
    assert [row.count for row in kept.rows()] == [1]
    (aside,) = kept.path.parent.glob("events.db.bad-*")
    assert aside.name in caplog.text


def test_counts_are_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOEREKORT_VAR", str(tmp_path))
    assert events.main([]) == 0
    assert "Nothing was counted" in capsys.readouterr().out
    counted = Events(MODELS)
    counted.add("opened", "chat", language="da")
    counted.close()
    events.main([])
    assert "1  opened       chat" in capsys.readouterr().out
    events.main(["--csv"])
    assert capsys.readouterr().out.startswith("hour,kind,lab,model,language,count")
