"""When Python looks for cycles of objects, and when it doesn't."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from pipeline.cycles import keep_loaded, without_collection


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests find the search as it was."""
    yield
    gc.unfreeze()
    gc.enable()


def test_the_search_goes_on_afterwards_however_the_work_ended() -> None:
    """It is off inside, and on again behind, an error or not; where it was off, it stays off."""
    with without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), without_collection():
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    with without_collection():
        pass
    assert not gc.isenabled()


def test_what_is_loaded_is_not_looked_at_again() -> None:
    """It leaves the objects that a search goes through."""
    loaded: list[list[int]] = [[] for _ in range(1000)]
    keep_loaded()
    assert gc.get_freeze_count() > len(loaded)
    assert not any(each is loaded for each in gc.get_objects())


class Loaded:
    """Something that holds itself, as a loaded pipeline does."""

    def __init__(self) -> None:
        self.myself = self


def test_what_was_loaded_before_goes_when_something_else_is() -> None:
    """A process that loads again and again doesn't keep all of it."""
    loaded = Loaded()
    before = weakref.ref(loaded)
    keep_loaded()
    del loaded
    gc.collect()
    assert before() is not None
    keep_loaded()
    assert before() is None
