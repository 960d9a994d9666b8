"""Reports that were dropped in are read behind the pages, one after the other, and the pages ask how far it is."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import pipeline
from ..notation import Both
from ..store import Store, StoreError, Told, ingest
from ..store.filled import is_filled, take_up_filled
from ..store.settle import is_settled, settle
from ..store.upgrade import upgrade
from ..store.work import WorkError, is_work, take_up

_UPGRADE, _SETTLE = Path("…"), Path("……")
"""Stand in the queue for reading again what is there, and for holding against each other what waits for it."""
_KEPT = 200
"""So many of the last results are told."""


@dataclass
class Progress:
    """How far it is."""

    waiting: int = 0
    done: int = 0
    now: str = ""
    comparing: bool = False
    told: deque[Told] = field(default_factory=lambda: deque(maxlen=_KEPT))
    error: Both | None = None


class Reader:
    """A thread that takes reports into the store; the only one of the app that reads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: deque[pipeline.Handed | Path] = deque()
        self._work = threading.Condition()
        self._progress = Progress()
        self._ended = False
        self._run_id: int | None = None
        self._thread = threading.Thread(target=self._run, name="heshu-reader", daemon=True)
        self._thread.start()
        if path.exists():
            self._put(_SETTLE)

    def take(self, sources: list[pipeline.Handed | Path]) -> None:
        """Put reports in the queue; a folder is all the reports in it."""
        sources = [each for source in sources for each in _files(source)]
        with self._work:
            if not self._is_busy():
                self._progress = Progress()
            self._queue.extend(sources)
            self._progress.waiting += len(sources)
            self._work.notify()

    def upgrade(self) -> None:
        """Read again, behind what waits, what other rules or another version read."""
        self._put(_UPGRADE, counted=1)

    def _put(self, task: Path, counted: int = 0) -> None:
        with self._work:
            if not self._is_busy():
                self._progress = Progress()
            self._queue.append(task)
            self._progress.waiting += counted
            self._work.notify()

    def close(self) -> None:
        """End after the report that is being read."""
        with self._work:
            self._ended = True
            self._queue.clear()
            self._work.notify()
        self._thread.join(timeout=10)

    def told(self) -> dict[str, Any]:
        """How far it is, for the page."""
        with self._work:
            progress = self._progress
            return {
                "busy": self._is_busy(),
                "waiting": progress.waiting,
                "done": progress.done,
                "now": progress.now,
                "comparing": progress.comparing,
                "error": list(progress.error) if progress.error else None,
                "told": [
                    {
                        "became": each.became,
                        "name": each.name,
                        "report": each.report_id,
                        "supersedes": each.supersedes,
                        "differences": each.differences,
                        "problems": [[problem.message_zh, problem.message_en] for problem in each.problems],
                    }
                    for each in progress.told
                ],
            }

    def _is_busy(self) -> bool:
        return bool(self._queue or self._progress.now or self._progress.comparing)

    def _run(self) -> None:
        while True:
            with self._work:
                while not self._queue and not self._ended:
                    self._work.wait()
                if self._ended:
                    return
                source = self._queue.popleft()
                self._progress.now = "" if source is _SETTLE else source.name
                self._progress.comparing = source is _SETTLE
            if source is _SETTLE:
                self._settle()
            else:
                self._read(source)

    def _read(self, source: pipeline.Handed | Path) -> None:
        told: tuple[Told, ...] = ()
        error: Both | None = None
        try:
            with Store.open(self._path, create=True) as store:
                if source is _UPGRADE:
                    upgrade(store, progress=self._again)
                elif isinstance(source, pipeline.Handed) and is_filled(source.data):
                    take_up_filled(store, source.data)
                    told = (Told("work", source.name),)
                elif isinstance(source, pipeline.Handed) and is_work(source.data):
                    take_up(store, source.data.decode("utf-8", "replace"))
                    told = (Told("work", source.name),)
                else:
                    told = ingest(store, [source], settled=False, run=self._run_id)
                if self._run_id is None and any(each.became in ("new", "version") for each in told):
                    self._run_id = store.rows("SELECT max(run_id) FROM runs")[0][0]
        except StoreError as failed:
            error = failed.words
        except WorkError as failed:
            error = Both(f"{source.name}：內容不完整（{failed}）", f"{source.name}: it is not whole ({failed})")
        except Exception as failed:  # whatever happens on one report, the others are read
            error = _unexpected(failed)
        self._done(told, error)

    def _again(self, done: int, total: int) -> None:
        """Tells how many were read again."""
        with self._work:
            self._progress.done, self._progress.waiting = done, max(total, 1)

    def _done(self, told: tuple[Told, ...], error: Both | None) -> None:
        with self._work:
            self._progress.told.extend(told)
            self._progress.done += 1
            self._progress.error = error or self._progress.error
            last = not self._queue
            self._progress.comparing = last
            self._progress.now = ""
        if last:
            self._settle()
            self._run_id = None

    def _settle(self) -> None:
        error: Both | None = None
        try:
            with Store.open(self._path, create=True) as store:
                if not is_settled(store):
                    settle(store)
        except StoreError as failed:
            error = failed.words
        except Exception as failed:
            error = _unexpected(failed)
        with self._work:
            self._progress.comparing = False
            self._progress.error = error or self._progress.error


def _unexpected(error: Exception) -> Both:
    told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Both(f"發生未預期的錯誤（{told}）；請回報這個問題", f"an unexpected error ({told}): please report it")


def _files(source: pipeline.Handed | Path) -> list[pipeline.Handed | Path]:
    if isinstance(source, Path) and source.is_dir():
        return [path for path, _ in pipeline.files([source])[0]]
    return [source]
