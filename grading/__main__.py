"""The instructor's commands.

    python -m grading release               release the modules that changed (`make setup` does)
    python -m grading autograde [module]    collect, grade and give feedback (`make grade` does), in one process
    python -m grading watch [--once]        the grader process that answers hand-ins in seconds
    python -m grading wishes [module]       what learners would have us do better, without names
    python -m grading plan [--out FOLDER] [--language en]    the municipality's plan of canvases and goals
    python -m grading lab                   JupyterLab with formgrader (`make lab` does)

It does not know how any of them is done.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from course.errors import CourseError
from course.locale import LANGUAGES


def main(arguments: list[str] | None = None) -> int:
    """Run one command; a fault that a person can put right is one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m grading", description="The instructor's commands.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("release", help="release the modules that changed")
    grade = commands.add_parser("autograde", help="collect, grade and give feedback")
    grade.add_argument("module", nargs="?", help="one module; without it, all")
    grade.add_argument("--force", action="store_true", help="grade again what was graded before")
    watch = commands.add_parser("watch", help="answer hand-ins as they come")
    watch.add_argument("--once", action="store_true", help="grade what is waiting now, and stop")
    heard = commands.add_parser("wishes", help="what learners would have us do better, without names")
    heard.add_argument("module", nargs="?", help="one module; without it, all")
    plan = commands.add_parser("plan", help="the municipality's plan: canvases that were handed in, and the goals")
    plan.add_argument("--out", type=Path, help="the folder for plan.<language>.html and .docx (default: var/plan)")
    plan.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    commands.add_parser("lab", help="JupyterLab with formgrader")
    options = parser.parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2


def _release(_options: argparse.Namespace) -> int:
    from grading.release import release

    changed = release()
    print(f"Released {', '.join(changed)}." if changed else "Nothing to release: no module changed.")
    return 0


def _autograde(options: argparse.Namespace) -> int:
    from grading.autograde import autograde, known_modules
    from grading.course_dir import CourseDir
    from grading.watch import nbgrader_log

    with nbgrader_log():
        course = CourseDir()
        reports = [autograde(course, module, options.force) for module in known_modules(course, options.module)]
    print("\n".join(map(str, reports)))
    return 1 if any(report.failed for report in reports) else 0


def _watch(options: argparse.Namespace) -> int:
    from grading.watch import main as watch

    return watch(["--once"] if options.once else [])


def _wishes(options: argparse.Namespace) -> int:
    from grading.autograde import known_modules
    from grading.course_dir import CourseDir
    from grading.wishes import wishes

    course = CourseDir()
    for module in known_modules(course, options.module):
        found = wishes(course, module)
        print(f"{module}:" if found else f"{module}: nobody has written anything yet.")
        for text in found:
            print(f"  - {text}")
    return 0


def _plan(options: argparse.Namespace) -> int:
    from course import paths
    from grading.course_dir import CourseDir
    from grading.plan.command import write_plan

    written = write_plan(CourseDir(), options.out or paths.plan(), options.language, date.today())
    for section in written.plan.sections:
        print(f"{section.title}: {section.answered} of {section.asked} answered, {len(section.missing)} missing")
    print("\n".join(map(str, written.files)))
    return 0


def _lab(_options: argparse.Namespace) -> int:
    from grading.lab import lab

    lab()
    return 0


# Each loads its own part: nbgrader takes seconds to load, and `release` mostly has nothing to do.
COMMANDS = {
    "release": _release,
    "autograde": _autograde,
    "watch": _watch,
    "wishes": _wishes,
    "plan": _plan,
    "lab": _lab,
}

if __name__ == "__main__":
    sys.exit(main())
