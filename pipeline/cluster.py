"""Extraction on a Dask cluster: the extra ``carefeed[cluster]``.

Workers need the package and the model, nothing else: the registers are sent to one of them, and from worker to worker.
What a lost worker had under way is done again by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

from pipeline.errors import CarefeedError, SettingsError

if TYPE_CHECKING:
    from pipeline.workers import Found, Setup, Submit, Task

#: A chunk that was lost with its worker is tried so many times more.
_RETRIES: Final = 3
_CONNECT_SECONDS: Final = 20
LOCAL: Final = "local"


@contextmanager
def open_cluster(scheduler: str, setup: Setup, n_workers: int) -> Iterator[tuple[Submit, int]]:
    """What submits a task to the cluster, and the number of its workers.

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
            local = LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=None)  # type: ignore[no-untyped-call]
            address: Any = stack.enter_context(local)
        else:
            address = scheduler
        try:
            opened = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
            client = stack.enter_context(opened)
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise CarefeedError(
                f"the scheduler {scheduler} can't be reached or has no worker: {error}",
                "start one with: dask scheduler, and workers with: dask worker tcp://…",
            ) from error
        sent = client.submit(_setup, setup, pure=False)  # scattered, it would be lost with the one worker that has it
        executor = client.get_executor(retries=_RETRIES)

        def submit(task: Task) -> Future[Found]:
            return cast("Future[Found]", executor.submit(_extract, sent, task))

        yield submit, sum(client.nthreads().values())


def _setup(setup: Setup) -> Setup:
    return setup


def _extract(setup: Setup, task: Task) -> Found:
    from pipeline.workers import extract_task  # noqa: PLC0415

    return extract_task(setup, task)
