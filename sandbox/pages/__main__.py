"""Starts the pages alone.

    python -m sandbox.pages                 the whole site, on KOEREKORT_PAGES_PORT or 8866
    python -m sandbox.pages --labs-only     the labs alone, for many visitors; modules are not found
    python -m sandbox.pages --port 0        on a free port

It does not start the model service nor the grader (`course.serve` does).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course import paths
from course.errors import CourseError
from sandbox.pages.access import address, pages_token
from sandbox.pages.server import standalone


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; a fault is one sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.pages", description="Serve the pages on this machine.")
    parser.add_argument("--port", type=int, help="the port, 0 for a free one (default: KOEREKORT_PAGES_PORT or 8866)")
    parser.add_argument("--site", type=Path, help="folder of the built notebooks (default: var/site)")
    parser.add_argument("--labs-only", action="store_true", help="show the sandbox without the modules")
    parser.add_argument("--quiet", action="store_true", help="do not print the address, which holds the token")
    options = parser.parse_args(arguments)
    try:
        token = pages_token()
        port = paths.pages_port() if options.port is None else options.port
        site = (options.site or paths.site()).resolve()
        pages = standalone(site, port, token, labs_only=options.labs_only)
        if not options.quiet:
            pages.on_ready = lambda port: print(address(port, token), flush=True)
        pages.start()
    except CourseError as fault:
        print(fault, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
