"""The command line of the look.

    python -m sandbox.theme fetch           fetch DKFDS into var/theme
    python -m sandbox.theme fetch --axe     also the accessibility checker that the tests use

It does not know what is fetched, nor how.
"""

from __future__ import annotations

import argparse
import sys

from course.errors import CourseError
from sandbox.theme.fetch import AXE, DKFDS, axe_folder, dkfds_folder, fetch


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; a fault is one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.theme", description="Fetch what the look is made of.")
    parser.add_argument("command", choices=["fetch"])
    parser.add_argument("--axe", action="store_true", help="also fetch the checker that the tests use")
    options = parser.parse_args(arguments)
    wanted = [(DKFDS, dkfds_folder())] + ([(AXE, axe_folder())] if options.axe else [])
    try:
        for package, target in wanted:
            new = fetch(package, target, lambda line: print(line, file=sys.stderr))
            print(f"{package.name} {package.version}: {'fetched' if new else 'already there'}, {target}")
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
