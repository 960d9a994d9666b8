"""Shards on a cluster of Dask workers, which all see the folder that the shards are kept in.

A worker that dies costs time: the scheduler gives its shard to another one. A shard that has ended two workers is tried input
by input, with nothing else beside it, so that only the culprit is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from .local import Lost, processors
from .shard import Shard

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

_DEATHS = 1
"""So many workers may die of a shard before it is tried input by input."""


def run(
    work: Callable[[Shard[T]], R], todo: Sequence[Shard[T]], jobs: int = 0, *, scheduler: str | None = None
) -> Iterator[tuple[Shard[T], R | Lost]]:
    """What comes of each shard, in no particular order.

    ``scheduler``: the address of a Dask scheduler; None: a cluster of ``jobs`` processes on this machine, which ends with
    the work. ``work`` and the shards must be such that they can be sent to another machine.
    """
    if not todo:
        return
    import dask
    from distributed import Client

    with dask.config.set({"distributed.scheduler.allowed-failures": _DEATHS}):
        if scheduler is not None:
            client = Client(scheduler)
        else:
            client = Client(n_workers=jobs or processors(), threads_per_worker=1, dashboard_address=None)
        with client:
            yield from _run(client, work, todo)


def _run(client: Client, work: Callable[[Shard[T]], R], todo: Sequence[Shard[T]]) -> Iterator[tuple[Shard[T], Any]]:
    from distributed import as_completed

    shards = {_name(shard): shard for shard in todo}
    futures = [client.submit(work, shard, key=name, pure=False) for name, shard in shards.items()]
    suspects: list[Shard[T]] = []
    for future in as_completed(futures):
        shard = shards[future.key]
        if _was_killed(future):
            suspects.append(shard)
        else:
            yield shard, future.result()
        future.release()
    for shard in suspects:
        for piece in shard.pieces() if len(shard.inputs) > 1 else (shard,):
            alone = client.submit(work, piece, key=f"{_name(piece)}-alone", pure=False)
            yield piece, Lost("KilledWorker") if _was_killed(alone) else alone.result()


def _was_killed(future: Any) -> bool:
    from distributed.scheduler import KilledWorker

    return isinstance(future.exception(), KilledWorker)


def _name(shard: Shard[Any]) -> str:
    return f"heshu-{shard.key}"
