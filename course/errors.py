"""The errors of this product, drawn as a tree; each message says what happened, the value, and what to do.

    CourseError                 anything a person can put right
    ├── ContentError            a module's files (an author mends it)
    ├── AnswerFileError         a learner's answers.json (kept, never overwritten)
    └── SettingError            an environment variable or option with a value that cannot be used

It does not know who shows the message.
"""

from __future__ import annotations


class CourseError(Exception):
    """A fault with a sentence that a person can act on."""


class ContentError(CourseError):
    """A module's file breaks the format; the message names file, item and field."""


class AnswerFileError(CourseError):
    """A learner's answer file cannot be used; the message names file and item."""


class SettingError(CourseError):
    """A setting has a value that cannot be used; the message names the setting and the value."""
