"""Extraction on a Dask cluster: the extra ``carefeed[cluster]``.

Workers need the package and the model, nothing else: the registers are sent to them once. What a lost worker had under
way is done again by another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from pipeline.errors import CarefeedError, SettingsError

if TYPE_CHECKING:
    from pipeline.workers import Found, Setup, Task

#: A chunk that was lost with its worker is tried so many times more.
_RETRIES: Final = 3
_CONNECT_SECONDS: Final = 20
LOCAL: Final = "local"


@contextmanager
def open_cluster(
    scheduler: str, setup: Setup, n_workers: int
) -> Iterator[tuple[Executor, Callable[[Task], Found], int]]:
    """An executor on the cluster, the function to submit to it, and the number of its workers.

    ``scheduler`` is an address (``tcp://host:8786``), or ``local`` for a cluster of ``n_workers`` processes on this
    machine. Raises ``SettingsError`` without the extra, ``CarefeedError`` where the scheduler can't be reached or has
    no worker.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError("--scheduler needs an extra", "pip install 'carefeed[cluster]'") from error
    with ExitStack() as stack:
        if scheduler == LOCAL:
            address: Any = stack.enter_context(
                LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=None)
            )
        else:
            address = scheduler
        try:
            client = stack.enter_context(Client(address, timeout=_CONNECT_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise CarefeedError(
                f"the scheduler {scheduler} can't be reached or has no worker: {error}",
                "start one with: dask scheduler, and workers with: dask worker tcp://…",
            ) from error
        sent = client.scatter(setup, broadcast=True)
        executor = client.get_executor(retries=_RETRIES)
        yield _Bound(executor, sent), _extract, sum(client.nthreads().values())


class _Bound:
    """An executor that gives every task the setup that was sent before."""

    def __init__(self, executor: Executor, setup: Any) -> None:
        self.executor = executor
        self.setup = setup

    def submit(self, function: Callable[..., Found], task: Task) -> Any:
        """As ``Executor.submit``."""
        return self.executor.submit(function, self.setup, task)


def _extract(setup: Setup, task: Task) -> Found:
    from pipeline.workers import extract_task  # noqa: PLC0415

    return extract_task(setup, task)
