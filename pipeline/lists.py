"""What several stages ask of a list."""

from __future__ import annotations

from collections.abc import Iterable


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values in their order, each once.

    >>> unique(["b", "a", "b"])
    ('b', 'a')
    """
    return tuple(dict.fromkeys(values))
