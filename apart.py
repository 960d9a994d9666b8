"""Work on strangers' bytes runs in a process of its own, with bounds on time and memory; it can be ended.

One such process serves one of ours for all that it asks, one thing after the other. When it is ended, dies or runs out of
memory, the caller is told, and the next question gets a new one. Ground floor, without any import of ours.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

SECONDS = 180
"""Nothing is worked on longer, nor a part of what tells when one is done; the largest budgets take a few seconds."""
MEMORY = 3 << 30
"""Bytes of address space that the process may take, where the system can hold it to that."""
_LENGTH = struct.Struct("<Q")
_BEGIN = "import sys; sys.path[:] = {path!r}; from heshu.apart import serve; serve()"


class EndedError(Exception):
    """The other process gave no answer: it was ended after ``seconds``, or it died (None)."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    owner: int
    """The process that it serves: one that was forked from that needs its own."""


_GETS_ON = "gets on"
_answers: IO[bytes] | None = None
_worker: _Worker | None = None
_asking = threading.Lock()


def ask(task: str, *question: object, seconds: float = SECONDS) -> Any:
    """What a function gives, called in the other process; raises ``EndedError``.

    ``task`` is ``module:function``, with the module's name below ``heshu``. Question and answer have to be pickled.
    """
    with _asking:
        return _answer_of(task, question, seconds)


def _answer_of(task: str, question: tuple[object, ...], seconds: float) -> Any:
    worker = _running()
    assert worker.process.stdin is not None and worker.process.stdout is not None
    late = threading.Event()
    try:
        with _within(seconds, worker, late):
            _send(worker.process.stdin, (task, question))
            answer = _received(worker.process.stdout)
        while answer == _GETS_ON:
            with _within(seconds, worker, late):
                answer = _received(worker.process.stdout)
        return answer
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        _kill(worker)
        raise EndedError(seconds if late.is_set() else None) from error


@contextlib.contextmanager
def _within(seconds: float, worker: _Worker, late: threading.Event) -> Iterator[None]:
    """End the process if that takes longer."""

    def kill() -> None:
        late.set()
        _kill(worker)

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def gets_on() -> None:
    """In the other process: a part is done, and the next one may take as long again. Elsewhere nothing happens."""
    if _answers is not None:
        _send(_answers, _GETS_ON)


def renew() -> None:
    """End the process: what it took is given back, and the next question gets a new one."""
    if _worker is not None and _worker.owner == os.getpid():
        _kill(_worker)


def _running() -> _Worker:
    global _worker
    if _worker is None or _worker.owner != os.getpid() or _worker.process.poll() is not None:
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _worker = _Worker(process, os.getpid())
        atexit.register(_close, _worker)
    return _worker


def _kill(worker: _Worker) -> None:
    """End it and all that it started."""
    global _worker
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(worker.process.pid, signal.SIGKILL)
        else:
            worker.process.kill()
    if _worker is worker:
        _worker = None
    with contextlib.suppress(subprocess.TimeoutExpired):
        worker.process.wait(5)


def _close(worker: _Worker) -> None:
    """Let it end with the process that it serves."""
    if worker.owner != os.getpid():
        return
    for stream in (worker.process.stdin, worker.process.stdout):
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        worker.process.wait(5)


def _send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """The other process: answer until nobody asks any more."""
    global _answers
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _answers = answers
    os.dup2(2, 1)  # whatever a parser prints goes nowhere
    _bounded()
    while True:
        try:
            task, question = _received(questions)
        except (EOFError, OSError):
            return
        _send(answers, _function(task)(*question))


def _function(task: str) -> Callable[..., object]:
    module, _, name = task.partition(":")
    found: Callable[..., object] = getattr(import_module(f"heshu.{module}"), name)
    return found


def _bounded() -> None:
    """Hold the memory within bounds, where the system can; a parser that needs more fails by itself."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
