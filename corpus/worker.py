"""Parsers of strangers' bytes run in a process of their own, with bounds on time and memory; it can be killed.

One such process serves one of ours for all its files, one after the other. When it is killed, dies or runs out of
memory, the file is named with the reason, and the next file gets a new one.
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
from dataclasses import dataclass
from typing import IO, Any

from .parsed import Parsed, UnreadableFile

SECONDS = 180
"""No file is worked on longer; the largest budgets take a few seconds."""
MEMORY = 3 << 30
"""Bytes of address space that the process may take, where the system can hold it to that."""
_LENGTH = struct.Struct("<Q")
_BEGIN = "import sys; sys.path[:] = {path!r}; from heshu.corpus.worker import serve; serve()"


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    owner: int
    """The process that it serves: one that was forked from that needs its own."""


_worker: _Worker | None = None


def parse(reader: str, data: bytes, seconds: float = SECONDS) -> Parsed:
    """What a reader makes of a file, read in the other process; raises ``UnreadableFile``."""
    worker = _running()
    late = threading.Event()

    def kill() -> None:
        late.set()
        _kill(worker)

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        answer = _asked(worker, (reader, data))
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        _kill(worker)
        code, detail = ("too-slow", f"{seconds:g} s") if late.is_set() else ("crashed", "")
        raise UnreadableFile(code, detail) from error
    finally:
        timer.cancel()
    if isinstance(answer, Parsed):
        return answer
    if answer[0] == "too-large":  # what was taken is given back with the process
        _kill(worker)
    raise UnreadableFile(*answer)


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


def _asked(worker: _Worker, question: tuple[str, bytes]) -> Parsed | tuple[str, str]:
    assert worker.process.stdin is not None and worker.process.stdout is not None
    _send(worker.process.stdin, question)
    answer: Parsed | tuple[str, str] = _received(worker.process.stdout)
    return answer


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
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints goes nowhere
    _bounded()
    while True:
        try:
            name, data = _received(questions)
        except (EOFError, OSError):
            return
        _send(answers, _answer(name, data))


def _bounded() -> None:
    """Hold the memory within bounds, where the system can; a parser that needs more fails by itself."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(name: str, data: bytes) -> Parsed | tuple[str, str]:
    from .readers import reader

    try:
        return reader(name).read(data)
    except UnreadableFile as error:
        return error.code, error.detail
    except MemoryError:
        return "too-large", f"{MEMORY >> 30} GiB"
    except RecursionError:
        return "damaged", "depth"
    except Exception as error:  # parsers fail on damaged files in ways of their own
        return "damaged", type(error).__name__
