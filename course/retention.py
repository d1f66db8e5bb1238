"""How long things are kept, read from `retention.yaml`. It does not know who keeps or deletes them."""

from __future__ import annotations

from pathlib import Path

from course.fields import Fields, load_yaml

FILE = Path(__file__).with_name("retention.yaml")
KEPT = ("events", "reports")


def load_retention(path: Path = FILE) -> dict[str, int]:
    """Return the days that each thing is kept, by name; raises ContentError that names the field."""
    fields = Fields(load_yaml(path), path.name)
    fields.schema(1)
    listed = Fields(fields.any("days"), f"{path.name}, days")
    days = {name: listed.integer(name) for name in KEPT}
    for name, number in days.items():
        if number < 1:
            raise listed.fail(name, f"must be at least 1 day, not {number}.")
    listed.done()
    fields.done()
    return days
