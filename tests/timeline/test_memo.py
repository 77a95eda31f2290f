"""What is kept from one build to the next."""

from __future__ import annotations

from typing import Any

from pipeline.timeline.memo import Memo
from pipeline.timeline.merge import build_timeline
from tests.timeline.tellings import gold_tellings


def test_a_timeline_is_the_same_with_a_memo_and_without() -> None:
    """Whatever was known: nothing, the sentences of some articles, or those of all."""
    tellings = gold_tellings()[:250]
    plain = build_timeline(tellings)
    some, every = Memo(), Memo()
    build_timeline(tellings[::2], memo=some)
    assert build_timeline(tellings, memo=every) == plain
    assert build_timeline(tellings, memo=Memo(some.used)) == plain
    assert build_timeline(tellings[::-1], memo=Memo(every.used)) == plain


def test_what_is_known_is_not_made_again() -> None:
    """A result is made once for what it depends on, and made again where that is another."""
    made: list[Any] = []

    def make() -> str:
        made.append(None)
        return f"number {len(made)}"

    first = Memo()
    assert first.recall(str, "line", ("a", 1), make) == first.recall(str, "line", ("a", 1), make) == "number 1"
    later = Memo(first.used)
    assert later.recall(str, "line", ("a", 1), make) == "number 1"
    assert later.recall(str, "line", ("a", 2), make) == "number 2"
    assert later.recall(str, "title", ("a", 1), make) == "number 3"


def test_what_is_not_used_any_more_is_left_out() -> None:
    """A memo doesn't grow beyond what the last build needed."""
    tellings = gold_tellings()[:60]
    every, few = Memo(), Memo()
    build_timeline(tellings, memo=every)
    build_timeline(tellings[:5], memo=few)
    last = Memo(every.used)
    build_timeline(tellings[:5], memo=last)
    assert last.used == few.used
