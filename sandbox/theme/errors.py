"""The look's own error.

It does not know who shows the message.
"""

from __future__ import annotations

from course.errors import CourseError


class FetchError(CourseError):
    """A part of the look could not be fetched, or is not what it should be."""
