"""What several stages ask of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Each = TypeVar("Each")


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values in their order, each once.

    >>> unique(["b", "a", "b"])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(values))


def batched(values: Iterable[Each], size: int) -> Iterator[list[Each]]:
    """The values in lists of so many, the last of what is left; one after the other.

    >>> list(batched("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    remaining = iter(values)
    while some := list(islice(remaining, size)):
        yield some
