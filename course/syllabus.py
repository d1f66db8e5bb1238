"""The course as a whole: its title, its id in the gradebook, its modules in order, and its tracks.

A track is a list of modules' pieces that a group of employees takes. It does not know what is in a module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.errors import ContentError
from course.fields import Fields, Text, load_yaml, unique


@dataclass(frozen=True)
class Track:
    """What a group of employees takes: `minutes` at most, and the ids of its pieces by module, in order."""

    id: str
    title: Text
    summary: Text
    minutes: int
    pieces: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class LicenceRule:
    """When a learner has the AI-kørekort: a track is handed in, with every graded item of its pieces answered.

    With `must_pass` its items marked so must be right too. It lasts `months`.
    """

    title: Text
    track: str
    months: int
    must_pass: bool


@dataclass(frozen=True)
class Syllabus:
    """The course: `modules` are module ids in the order learners meet them."""

    title: Text
    course_id: str
    modules: tuple[str, ...]
    tracks: tuple[Track, ...] = field(default=())
    licence: LicenceRule | None = None

    def track(self, name: str) -> Track | None:
        """Return the track with an id, if there is one."""
        return next((track for track in self.tracks if track.id == name), None)


FILE = Path(__file__).with_name("syllabus.yaml")


def load_syllabus(path: Path = FILE) -> Syllabus:
    """Return the checked syllabus; raises ContentError."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(2)
    title, course_id = fields.text("title"), fields.id("course_id")
    tracks = fields.children("tracks")
    ids = [child.id() for child in tracks]
    unique(ids, path.name, "the track")
    modules = {}
    for child in fields.children("modules"):
        modules[child.id()] = _read_pieces(child, ids)
        child.done()
    unique([child.id() for child in fields.children("modules")], path.name, "the module")
    licence = _read_licence(fields, ids) if fields.has("licence") else None
    fields.done()
    return Syllabus(title, course_id, tuple(modules), tuple(_read_track(child, modules) for child in tracks), licence)


def check_tracks(syllabus: Syllabus, minutes: Mapping[str, Mapping[str, int]]) -> None:
    """Raise ContentError unless each piece is in one track, and no track is longer than it says.

    `minutes` are those of each module's pieces, by module and piece.
    """
    for module, pieces in minutes.items():
        placed = [piece for track in syllabus.tracks for piece in track.pieces.get(module, ())]
        unique(placed, f"{FILE.name}, module {module!r}", "the piece")
        if odd := set(placed).symmetric_difference(pieces):
            name = sorted(odd)[0]
            fault = "is in no track" if name in pieces else "is in a track, and the module does not have it"
            raise ContentError(f"{FILE.name}, module {module!r}: the piece {name!r} {fault}.")
    for track in syllabus.tracks:
        total = sum(minutes[module][piece] for module, pieces in track.pieces.items() for piece in pieces)
        if total > track.minutes:
            raise ContentError(
                f"{FILE.name}: the track {track.id!r} takes {total} minutes, more than its {track.minutes}."
            )


def _read_licence(fields: Fields, tracks: list[str]) -> LicenceRule:
    child = Fields(fields.any("licence"), f"{fields.where}, licence")
    track, months = child.choice("track", tracks), child.integer("months")
    if not months:
        raise child.fail("months", "is 0; it must last at least 1 month.")
    rule = LicenceRule(child.text("title"), track, months, child.boolean("must_pass", True))
    child.done()
    return rule


def _read_pieces(fields: Fields, tracks: list[str]) -> dict[str, tuple[str, ...]]:
    """Return a module's piece ids by track."""
    child = Fields(fields.any("tracks"), f"{fields.where}, tracks")
    found = {track: tuple(map(str, child.sequence(track))) for track in tracks if child.has(track)}
    child.done()
    return found


def _read_track(fields: Fields, modules: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Track:
    track_id = fields.id()
    pieces = {module: found[track_id] for module, found in modules.items() if track_id in found}
    track = Track(track_id, fields.text("title"), fields.text("summary"), fields.integer("minutes"), pieces)
    fields.done()
    return track
