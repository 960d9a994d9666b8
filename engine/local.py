"""Shards in processes on this machine.

A process that dies costs the shard in its hands one more trial, input by input, so that only the culprit is lost: an input
that takes a second process with it is given up and named. Ctrl-C reaches the process that waits, not those that work.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from .shard import Shard

T = TypeVar("T")
R = TypeVar("R")

_LOOK_UP = 5.0
"""Seconds after which a process without work looks whether there is still someone to work for."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing came of a shard of one input: it has ended two processes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The work itself failed on a shard, which it should never do."""

    reason: str


class EngineError(RuntimeError):
    """Work that failed where it should have told what is wrong."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    connection: Connection
    held: Shard[T] | None = None

    @property
    def ends(self) -> tuple[Connection, int]:
        """What tells that there is an answer, or that there will be none."""
        return self.connection, self.process.sentinel


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(work: Callable[[Shard[T]], R], todo: Sequence[Shard[T]], jobs: int = 0) -> Iterator[tuple[Shard[T], R | Lost]]:
    """What comes of each shard, in no particular order; in ``jobs`` processes, 0 for one a processor.

    ``work`` and the shards must be such that they can be sent to another process. With one process all is done in this one.
    """
    number = min(jobs if jobs > 0 else processors(), len(todo))
    if number <= 1:
        for shard in todo:
            yield shard, work(shard)
        return
    waiting = deque(todo)
    again: set[str] = set()
    """Keys of shards whose process has died once."""
    workers: list[_Worker[T]] = []
    gc.freeze()  # what is there already is shared by all processes, as long as no collector writes to it
    try:
        while waiting or any(worker.held for worker in workers):
            _hand_out(work, workers, waiting, number)
            busy = [worker for worker in workers if worker.held is not None]
            ready = wait([end for worker in busy for end in worker.ends])
            for worker in busy:
                if not any(end in ready for end in worker.ends):
                    continue
                shard, answers = _answers(worker)
                if answers:
                    yield shard, answers[0]
                    continue
                workers.remove(worker)
                if shard.key in again:
                    yield shard, Lost(_ended(worker.process))
                else:
                    pieces = list(shard.pieces()) if len(shard.inputs) > 1 else [shard]
                    again.update(piece.key for piece in pieces)
                    waiting.extendleft(reversed(pieces))
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()
            worker.connection.close()


def _hand_out(work: Callable[[Shard[T]], R], workers: list[_Worker[T]], waiting: deque[Shard[T]], number: int) -> None:
    """Give each process that has none a shard; a new process where one is missing."""
    idle = [worker for worker in workers if worker.held is None]
    while waiting and (idle or len(workers) < number):
        worker = idle.pop() if idle else _started(work)
        if worker not in workers:
            workers.append(worker)
        try:
            worker.connection.send(waiting[0])
            worker.held = waiting.popleft()
        except OSError:  # it has ended with nothing in its hands
            workers.remove(worker)


def _started(work: Callable[[Shard[T]], R]) -> _Worker[T]:
    context = get_context()
    own, other = context.Pipe()
    process = context.Process(target=_serve, args=(work, other, os.getpid()), daemon=True)
    process.start()
    other.close()
    return _Worker(process, own)


def _answers(worker: _Worker[T]) -> tuple[Shard[T], tuple[Any, ...]]:
    """The shard that it held, and the one thing that came of it; none where it died."""
    shard = worker.held
    assert shard is not None
    worker.held = None
    try:
        answers = (worker.connection.recv(),) if worker.connection.poll() else ()
    except (EOFError, OSError):
        return shard, ()
    if answers and isinstance(answers[0], Failed):
        raise EngineError(answers[0].reason)
    return shard, answers


def _ended(process: BaseProcess) -> str:
    process.join()
    code = process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _serve(work: Callable[[Shard[T]], R], connection: Connection, master: int) -> None:
    """Do shards until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        while not connection.poll(_LOOK_UP):
            if os.getppid() != master:
                return
        try:
            shard = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = work(shard)
        except Exception as error:
            answer = Failed(f"{type(error).__name__}: {error}")
        connection.send(answer)
