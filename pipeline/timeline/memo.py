"""Results that depend on one sentence alone, kept from run to run by what they are made from.

Facts, steps and titles cost most of the timeline's time, and all but those of new articles are as they were. A memo is
filled by one build and given to the next; what the next doesn't use is left out. It must be thrown away where the code
of this stage has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec

_KEY_BYTES: Final = 16
_Result = TypeVar("_Result")


class Memo:
    """``known`` are the results of an earlier build, ``used`` those of this one: encoded, by key."""

    def __init__(self, known: Mapping[bytes, bytes] | None = None) -> None:
        self.known = known or {}
        self.used: dict[bytes, bytes] = {}

    def recall(
        self,
        type_: type[_Result],
        name: str,
        made_from: Iterable[object],
        make: Callable[[], _Result],
    ) -> _Result:
        """The result of ``make``, which depends on ``made_from`` alone; made only where it isn't known."""
        key = blake2b(repr((name, *made_from)).encode(), digest_size=_KEY_BYTES).digest()
        kept = self.used.get(key) or self.known.get(key)
        if kept is None:
            result = make()
            self.used[key] = msgspec.msgpack.encode(result)
            return result
        self.used[key] = kept
        return msgspec.msgpack.decode(kept, type=type_)
