"""Linear algebra on one thread, for whoever needs it: topics and the statistical model."""

from __future__ import annotations

from importlib import import_module

from threadpoolctl import threadpool_limits


def one_thread(loaded_by: str = "numpy") -> threadpool_limits:
    """A context in which linear algebra is done by one thread: the same to the last bit whatever number of cores.

    Libraries can be told when they are loaded: ``loaded_by`` is the module that brings them. Matrices are small here,
    so that several threads would wait for each other longer than they work.
    """
    import_module(loaded_by)
    return threadpool_limits(1)
