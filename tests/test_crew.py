"""Work that other processes take off the one that was started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.crew import AHEAD, Ahead, Crew, in_order, open_crew
from pipeline.errors import CarefeedError

#: What each process was told when it was made ready.
TOLD: list[str] = []


def tell() -> None:
    """Make a process ready."""
    TOLD.append("told")


def square(number: int) -> tuple[int, int, list[str]]:
    """The square, the process that made it, and what that process was told."""
    return number * number, os.getpid(), TOLD


def die(_: int) -> None:
    """End as a process ends that is killed for want of memory."""
    os._exit(9)


def test_results_come_in_the_order_of_the_parts_from_other_processes() -> None:
    """Two processes, each made ready once; a piece of work begun beforehand gives its result when it is asked."""
    with open_crew(2, tell) as crew:
        begun = crew.start(square, 7)
        found = list(crew.each(square, range(20)))
        assert begun.result()[0] == 49
    assert [value for value, _, _ in found] == [n * n for n in range(20)]
    assert os.getpid() not in {process for _, process, _ in found}
    assert all(told == ["told"] for _, _, told in found)


def test_a_crew_of_one_is_this_process() -> None:
    """Nothing is started, work is done when it is asked for, and this process is made ready once."""
    TOLD.clear()
    crew = Crew(1, tell)
    assert [process for _, process, _ in crew.each(square, range(3))] == [os.getpid()] * 3
    assert crew.start(square, 3).result() == (9, os.getpid(), ["told"])


def test_only_so_many_parts_are_under_way() -> None:
    """Parts are asked for as results are taken, so that memory stays flat."""
    asked: list[int] = []

    class Done:
        def __init__(self, part: int) -> None:
            self.part = part

        def result(self) -> int:
            return self.part

    def parts() -> object:
        for n in range(10):
            asked.append(n)
            yield n

    results = in_order(Done, parts(), 3)  # type: ignore[arg-type, type-var]
    assert next(results) == 0
    assert asked == [0, 1, 2]
    assert list(results) == list(range(1, 10))


def all_squares(numbers: list[int]) -> list[tuple[int, int]]:
    """The squares, with the process that made them."""
    return [(number * number, os.getpid()) for number in numbers]


def test_parts_that_come_one_by_one_are_worked_on_meanwhile() -> None:
    """Results come in the order of the parts, whatever is left over at the end included; then all begins anew."""
    with open_crew(2, tell) as crew:
        ahead = Ahead(crew, all_squares, 3)
        found = []
        for number in range(8):
            ahead.add(number)
            found += ahead.ready()
        found += ahead.rest()
        assert [square for square, _ in found] == [n * n for n in range(8)]
        assert os.getpid() not in {process for _, process in found}
        assert list(ahead.rest()) == []


def test_results_do_not_pile_up() -> None:
    """Where more work is under way than keeps the crew busy, whoever adds parts waits for the oldest."""
    with open_crew(2, tell) as crew:
        ahead = Ahead(crew, all_squares, 1)
        found = []
        for number in range(40):
            ahead.add(number)
            found += ahead.ready()
            assert number + 1 - len(found) <= 2 * AHEAD
        assert len([*found, *ahead.rest()]) == 40


def test_a_process_that_is_killed_is_told_of_in_one_line() -> None:
    """The run ends with what to do, not with a traceback of the pool."""
    with pytest.raises(CarefeedError, match="a worker process was killed"), open_crew(2, tell) as crew:
        list(crew.each(die, range(4)))


STARTS = """
import os, sys, time
from pipeline.crew import Crew

def get_ready():
    pass

def say(_):
    time.sleep(0.1)
    return os.getpid()

if __name__ == "__main__":
    print(*Crew(2, get_ready).each(say, range(4)), flush=True)
    time.sleep(60)
"""


def is_running(process: int) -> bool:
    """Whether a process is there, and not just its name."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_processes_end_with_the_one_that_was_started(tmp_path: Path) -> None:
    """However it ends: killed, it can send nobody home."""
    script = tmp_path / "starts.py"
    script.write_text(STARTS)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        workers = {int(word) for word in started.stdout.readline().split()}
        assert workers
        assert all(map(is_running, workers))
        started.kill()
    deadline = time.monotonic() + 10
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(is_running, workers))
