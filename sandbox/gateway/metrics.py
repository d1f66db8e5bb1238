"""Counts and times for Prometheus. Labels are names from a fixed set, so no prompt can end up here."""

from __future__ import annotations

from collections.abc import Iterable

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300)
SPEEDS = (1, 2, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200)
STATES = ("starting", "ready", "idle", "down")


class Metrics:
    """One gateway's metrics, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sandbox_requests", "Requests answered", ("endpoint", "model", "status"), registry=self.registry
        )
        self.tokens = Counter("sandbox_tokens", "Tokens read and written", ("model", "kind"), registry=self.registry)
        self.seconds = Histogram(
            "sandbox_request_seconds", "Time of a whole answer", ("endpoint",), registry=self.registry, buckets=SECONDS
        )
        self.first = Histogram(
            "sandbox_first_token_seconds", "Time to the first token", (), registry=self.registry, buckets=SECONDS
        )
        self.findings = Counter("sandbox_guard_findings", "What the guard found", ("kind",), registry=self.registry)
        self.blocked = Counter("sandbox_guard_blocked", "Prompts the guard stopped", registry=self.registry)
        self.masked = Counter("sandbox_answers_masked", "Answers masked", ("kind",), registry=self.registry)
        self.speed = Histogram(
            "sandbox_tokens_per_second",
            "Tokens a second of one answer, after its first",
            ("model",),
            registry=self.registry,
            buckets=SPEEDS,
        )
        self.memory = Gauge("sandbox_memory_bytes", "Resident memory", ("process",), registry=self.registry)
        self.gone = Counter("sandbox_clients_gone", "Clients that left before the end", registry=self.registry)
        self.running = Gauge("sandbox_running", "Calls being answered", ("engine",), registry=self.registry)
        self.waiting = Gauge("sandbox_waiting", "Calls in the queue", ("engine",), registry=self.registry)
        self.state = Gauge("sandbox_engine_state", "1 for its state", ("engine", "state"), registry=self.registry)
        self.restarts = Gauge("sandbox_engine_deaths", "Times an engine died", ("engine",), registry=self.registry)

    def page(self, engines: Iterable[tuple[str, str, int, int, int, int]]) -> bytes:
        """The text that GET /metrics answers; `engines`: name, state, running, waiting, deaths, memory in bytes."""
        self.memory.labels("gateway").set(psutil.Process().memory_info().rss)
        for name, state, running, waiting, deaths, memory in engines:
            self.memory.labels(name).set(memory)
            self.running.labels(name).set(running)
            self.waiting.labels(name).set(waiting)
            self.restarts.labels(name).set(deaths)
            for known in STATES:
                self.state.labels(name, known).set(known == state)
        return generate_latest(self.registry)
