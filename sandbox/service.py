"""`python -m sandbox.service`: the model service, alone. One gateway on this machine in front of the engines.

It reads options, says where it is, and ends everything it started. What it answers is in sandbox/gateway/.
"""

from __future__ import annotations

import argparse
import socket
import sys
from types import FrameType

import uvicorn

from course import paths
from course.errors import CourseError
from sandbox.errors import SandboxError
from sandbox.gateway.app import build_app
from sandbox.gateway.fleet import Fleet
from sandbox.gateway.settings import LOOPBACK, Settings, token
from sandbox.models import load_catalogue

SECONDS_TO_FINISH = 2
SECONDS_OPEN = 60  # longer than a page's client keeps an idle connection, so that it is never closed under a request


class Server(uvicorn.Server):
    """uvicorn, with engines that end in the moment a signal comes, so that no stream holds it up."""

    def __init__(self, config: uvicorn.Config, fleet: Fleet) -> None:
        super().__init__(config)
        self.fleet = fleet

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the engines, then the rest."""
        self.fleet.kill()
        super().handle_exit(sig, frame)


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal comes; the exit code."""
    try:
        settings = _settings(arguments)
        fleet = Fleet(load_catalogue(), settings)
        fleet.check()
        key = token()
        listening = _listen(settings)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    app = build_app(fleet, settings, key)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        timeout_keep_alive=SECONDS_OPEN,
        server_header=False,
    )
    host, port = listening.getsockname()[:2]
    print(f"Model service at http://{host}:{port}/v1, token in {paths.model_token()}", flush=True)
    if settings.host not in LOOPBACK:
        print(f"Note: it listens on {settings.host}, so other machines can reach it, without encryption.", flush=True)
    Server(config, fleet).run(sockets=[listening])
    return 0


def _settings(arguments: list[str] | None) -> Settings:
    usual = Settings()
    parser = argparse.ArgumentParser(prog="python -m sandbox.service", description="The model service.")
    parser.add_argument("--host", default=usual.host, help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, help="port, 0 for a free one (default: SANDBOX_MODEL_PORT or 8870)")
    parser.add_argument(
        "--engine", choices=("auto", "llamacpp", "transformers"), default=usual.engine,
        help="what chats: auto takes llama.cpp where xllamacpp is installed",
    )  # fmt: skip
    parser.add_argument("--parallel", type=int, default=usual.parallel, help="answers at a time (llama.cpp)")
    parser.add_argument(
        "--threads", type=int, default=usual.threads, help="threads an engine (default: all cores, eight at most)"
    )
    parser.add_argument("--queue", type=int, default=usual.waiting, help="how many may wait")
    parser.add_argument("--idle-minutes", type=float, default=usual.idle / 60, help="then unused engines are let go")
    options = parser.parse_args(arguments)
    port = paths.model_port() if options.port is None else options.port
    _check(0 <= port <= 65535, "--port", port, "0 to 65535")
    _check(1 <= options.parallel <= 64, "--parallel", options.parallel, "1 to 64")
    _check(0 <= options.threads <= 256, "--threads", options.threads, "0 to 256")
    _check(0 <= options.queue <= 10_000, "--queue", options.queue, "0 to 10000")
    _check(options.idle_minutes > 0, "--idle-minutes", options.idle_minutes, "above 0")
    return Settings(
        host=options.host,
        port=port,
        engine=options.engine,
        parallel=options.parallel,
        threads=options.threads,
        waiting=options.queue,
        each=min(usual.each, options.queue),
        idle=options.idle_minutes * 60,
    )


def _check(fits: bool, option: str, value: float, need: str) -> None:
    if not fits:
        raise SandboxError(f"{option} is {value}. Give {need}.")


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        raise SandboxError(
            f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). Stop what uses it, or give "
            "another one with --port or SANDBOX_MODEL_PORT."
        ) from error
    return listening


if __name__ == "__main__":
    sys.exit(main())
