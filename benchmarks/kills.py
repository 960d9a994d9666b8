"""Kills an ingest at random points, fills the disk, and takes the right to write: is the store whole each time?

    python benchmarks/kills.py [KILLS] [REPORTS]

Every time the store is opened and verified; then the ingest is done to its end, and what the store holds must be what an audit
of the same reports gives from scratch. Status 1 where it is not so.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from heshu import pipeline
from heshu.model import Audit
from heshu.store import Store, StoreError, ingest
from heshu.store.audits import whole
from heshu.store.verify import faults

SAMPLES = Path(pipeline.__file__).parent / "corpus" / "samples"
CITIES = ["青嵐", "白汀", "赤嶼", "墨川", "紫陌", "金沙", "銀洲", "翠谷"]
SEED = 17


def reports(folder: Path, count: int) -> list[Path]:
    """The samples, and the same of other cities, so that there is enough to be killed in."""
    originals = sorted(SAMPLES.glob("*.txt"))
    made = []
    for number in range(count):
        round_, which = divmod(number, len(originals))
        text = originals[which].read_text(encoding="utf-8").replace("青嵐", CITIES[round_])
        path = folder / f"{number:02}.txt"
        path.write_text(f"{CITIES[round_]}市政府{text}", encoding="utf-8")
        made.append(path)
    return made


def child(work: object) -> int:
    """A process that does the work and ends, whatever happens."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()  # type: ignore[operator]
        os._exit(0)
    except BaseException:
        os._exit(1)


def check(path: Path, expected: Audit, paths: list[Path], last: bool) -> tuple[int, list[str]]:
    """How many reports are there, and what is wrong with the store."""
    try:
        with Store.open(path, create=True) as store:
            wrong = [fault.en for fault in faults(store)]
            there = len(store.members())
            if last:
                ingest(store, paths)
                if whole(store) != expected:
                    wrong.append("finished later, it is not the audit from scratch")
            return there, wrong
    except StoreError as error:
        return 0, [str(error)]


def kills(folder: Path, paths: list[Path], expected: Audit, times: int) -> list[str]:
    """The ingest, killed at a point chosen at random, so many times."""

    def work() -> None:
        with Store.open(path, create=True) as store:
            ingest(store, paths)

    chance = random.Random(SEED)
    path = folder / "killed.heshu"
    started = time.monotonic()
    os.waitpid(child(work), 0)
    length = time.monotonic() - started
    wrong: list[str] = []
    reached: dict[int, int] = {}
    for number in range(times):
        for left in folder.glob("killed.heshu*"):
            left.unlink()
        pid = child(work)
        while number % 2 and not path.exists():  # every other time it is killed while it writes, not while it reads
            time.sleep(0.001)
        time.sleep(chance.uniform(0, length))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        there, found = check(path, expected, paths, number % 10 == 0)
        reached[there] = reached.get(there, 0) + 1
        wrong += [f"kill {number + 1}: {each}" for each in found]
    print(f"{times} kills within {length:.2f} s; reports that were there: {dict(sorted(reached.items()))}")
    return wrong


def full(folder: Path, paths: list[Path], expected: Audit) -> list[str]:
    """A disk that is full after so many pages."""
    wrong = []
    path = folder / "full.heshu"
    for pages in (40, 80, 120, 160, 200):
        for left in folder.glob("full.heshu*"):
            left.unlink()
        with Store.open(path, create=True) as store:
            store.connection.execute(f"PRAGMA max_page_count = {pages}")
            try:
                ingest(store, paths)
                wrong.append(f"{pages} pages were enough")
            except StoreError as error:
                if error.code != "full":
                    wrong.append(f"{pages} pages: {error}")
        there, found = check(path, expected, paths, True)
        print(f"full after {pages} pages: {there} reports are there")
        wrong += [f"{pages} pages: {each}" for each in found]
    return wrong


def closed(folder: Path, paths: list[Path]) -> list[str]:
    """A store that may only be read."""
    path = folder / "closed.heshu"
    with Store.open(path, create=True) as store:
        ingest(store, paths[:2])
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with Store(path, connection) as store:
        wrong = [f"read-only: {fault.en}" for fault in faults(store)]
        try:
            ingest(store, paths[2:3])
            wrong.append("read-only: it was written to")
        except StoreError as error:
            if error.code != "read-only":
                wrong.append(f"read-only: {error}")
        if len(store.members()) != 2:
            wrong.append("read-only: reports are missing")
    print("read-only: opened, verified, not written to")
    return wrong


def main() -> int:
    times, count = (int(value) for value in [*sys.argv[1:3], *["300", "10"][len(sys.argv) - 1 :]])
    folder = Path(tempfile.mkdtemp(prefix="heshu-kills-"))
    try:
        paths = reports(folder, count)
        expected = pipeline.audit(paths)
        wrong = [*kills(folder, paths, expected, times), *full(folder, paths, expected), *closed(folder, paths)]
    finally:
        shutil.rmtree(folder)
    for line in wrong:
        print(line)
    print("whole every time" if not wrong else f"{len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
