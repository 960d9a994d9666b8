"""Files are written whole or not at all: into a temporary folder first, and from there moved to their places.

A folder keeps a list of what was written into it. Nothing else in it is ever overwritten or removed, no link in it is
followed, and what is on the list and is not written anew goes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..model import WRITTEN

Kept = Callable[[Path, Path], None]
"""Called with a file of the user's that stood in the way, and where it was put."""

_PREFIX = ".heshu-work-"
_LONGEST_RUN = 24 * 3600
"""A temporary folder that is older, in seconds, was left by a run that was killed."""


def write_file(path: Path, data: bytes) -> None:
    """Write one file; what is there and is no file (a device, a pipe) is written to as it is."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _work_folder(target.parent) as work:
        new = work / "new"
        new.write_bytes(data)
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)


def write_files(
    folder: Path, files: Iterable[tuple[str, bytes | Iterable[bytes]]], kept: Kept | None = None
) -> tuple[Path, ...]:
    """Write files into a folder, by their names in it, and take away what an earlier run has written there.

    What is large comes in parts, and is never in memory as a whole.
    """
    place = Path(os.path.realpath(folder))
    place.parent.mkdir(parents=True, exist_ok=True)
    with _work_folder(_near(place)) as work:
        new, old = work / "new", work / "old"
        sums: dict[str, str] = {}
        for name, data in files:
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            sums[name] = _write(path, (data,) if isinstance(data, bytes) else data)
        new.mkdir(exist_ok=True)
        (new / WRITTEN).write_text("".join(f"{sums[name]}  {name}\n" for name in sums), "utf-8", newline="\n")
        if place.exists():
            _move_in(new, place, old, kept)
        else:
            new.rename(place)
    return tuple(folder / name for name in sums)


def _write(path: Path, parts: Iterable[bytes]) -> str:
    """Write a file part by part; its SHA-256."""
    total = hashlib.sha256()
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
            total.update(part)
    return total.hexdigest()


def _move_in(new: Path, place: Path, old: Path, kept: Kept | None) -> None:
    """Put the new files in the place of the old; where that fails, all is as it was before."""
    own = _listed(place)
    moved: list[tuple[Path, Path]] = []
    asides: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        moved.append((source, target))

    names = sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())
    try:
        # The list goes in first: were the run to end half-way, the next one would know all files for ours.
        for name in sorted(names, key=WRITTEN.__ne__):
            for part in _in_the_way(place, name):
                if part == name and (_is_list(place, name) or _is_own(place, name, own)):
                    move(place / name, old / name)
                else:
                    asides.append((place / part, _aside(place / part)))
                    move(*asides[-1])
            move(new / name, place / name)
        for name in sorted(own.keys() - set(names)):
            if _is_own(place, name, own):
                move(place / name, old / name)
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise
    for folder in {place / name.rpartition("/")[0] for name in own if "/" in name}:
        with suppress(OSError):  # not empty: it holds files of the user's, or new ones
            folder.rmdir()
    for source, target in asides:
        if kept is not None:
            kept(source, target)


def _in_the_way(place: Path, name: str) -> Iterator[str]:
    """What stands where a file is to go: the file itself, or a link or a file in the place of its folder."""
    parts = name.split("/")
    for length in range(1, len(parts) + 1):
        part = "/".join(parts[:length])
        path = place / part
        if length == len(parts) or path.is_symlink() or not path.is_dir():
            if os.path.lexists(path):
                yield part
            return


def _is_own(place: Path, name: str, own: Mapping[str, str]) -> bool:
    """Whether a file stands there just as an earlier run has written it."""
    parts = name.split("/")
    if name not in own or any((place / "/".join(parts[:length])).is_symlink() for length in range(1, len(parts) + 1)):
        return False
    path = place / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == own[name]


def _is_list(place: Path, name: str) -> bool:
    return name == WRITTEN and not (place / name).is_symlink() and (place / name).is_file()


def _aside(path: Path) -> Path:
    """A free name for what is the user's: report.csv~, as editors have it."""
    number = 1
    while os.path.lexists(free := path.with_name(f"{path.name}{'' if number == 1 else f'.{number}'}~")):
        number += 1
    return free


def _listed(place: Path) -> dict[str, str]:
    """The files that an earlier run has written, with their sums; names that lead out of the folder are not taken."""
    path = place / WRITTEN
    if path.is_symlink() or not path.is_file():
        return {}
    pairs = (line.partition("  ") for line in path.read_text("utf-8", errors="replace").splitlines())
    return {name: told for told, _, name in pairs if name and not {"", ".", ".."} & set(name.split("/"))}


def _near(place: Path) -> Path:
    """Where the temporary folder goes: beside, or within where what lies there could not be moved from beside."""
    beside = place.parent
    if not place.exists() or (os.access(beside, os.W_OK) and beside.stat().st_dev == place.stat().st_dev):
        return beside
    return place


@contextmanager
def _work_folder(near: Path) -> Iterator[Path]:
    """A temporary folder, which goes whatever happens; what a killed run has left goes, too."""
    for left in near.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LONGEST_RUN:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=near, ignore_cleanup_errors=True) as work:
        yield Path(work)
