"""The search for cycles of objects, kept away from records, which hold none, and from what stays loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """No search for cycles: it would look at all objects that are held again and again, which takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_loaded() -> None:
    """What is there now stays: no later search for cycles looks at it, until there is something else to keep."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
