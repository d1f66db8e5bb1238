"""Does a lab's background work start once, stop when told, and repeat its last word when asked again?"""

import queue
import threading
from typing import Any

import pytest

from sandbox.labs.tasks import Task, Tasks

SECONDS = 5


@pytest.fixture
def told() -> "queue.Queue[dict[str, Any]]":
    return queue.Queue()


def test_work_runs_in_the_background_and_tells(told: "queue.Queue[dict[str, Any]]") -> None:
    main = threading.current_thread()
    Tasks(told.put).start("a", lambda task: task.end("done", here=threading.current_thread() is main))
    assert told.get(timeout=SECONDS) == {"type": "done", "task": "a", "here": False, "end": True}


def test_the_same_task_is_not_started_twice_and_says_its_last_word_again(told: "queue.Queue[dict[str, Any]]") -> None:
    runs: list[str] = []

    def work(task: Task) -> None:
        runs.append(task.id)
        task.end("done")

    tasks = Tasks(told.put)
    tasks.start("a", work)
    first = told.get(timeout=SECONDS)
    tasks.start("a", work)
    assert told.get(timeout=SECONDS) == first
    assert runs == ["a"]


def test_a_task_asked_for_again_while_it_works_says_that_it_works(told: "queue.Queue[dict[str, Any]]") -> None:
    go = threading.Event()

    def work(task: Task) -> None:
        go.wait(SECONDS)
        task.end("done")

    tasks = Tasks(told.put)
    tasks.start("a", work)
    tasks.start("a", lambda task: None)
    assert told.get(timeout=SECONDS)["type"] == "working"
    go.set()
    assert told.get(timeout=SECONDS)["type"] == "done"


def test_a_stopped_task_says_nothing_more(told: "queue.Queue[dict[str, Any]]") -> None:
    begun, go, over = threading.Event(), threading.Event(), threading.Event()

    def work(task: Task) -> None:
        begun.set()
        go.wait(SECONDS)
        task.say("text", text="late")
        over.set()

    tasks = Tasks(told.put)
    tasks.start("a", work)
    assert begun.wait(SECONDS)
    tasks.stop()
    go.set()
    assert over.wait(SECONDS)
    assert told.empty()


def test_a_new_task_stops_the_one_before(told: "queue.Queue[dict[str, Any]]") -> None:
    seen: list[Task] = []
    begun, go = threading.Event(), threading.Event()

    def slow(task: Task) -> None:
        seen.append(task)
        begun.set()
        go.wait(SECONDS)
        task.end("slow")

    tasks = Tasks(told.put)
    tasks.start("a", slow)
    assert begun.wait(SECONDS)
    tasks.start("b", lambda task: task.end("quick"))
    assert told.get(timeout=SECONDS)["type"] == "quick"
    go.set()
    assert seen[0].stopped
    assert told.empty()
