"""Readers of strangers' files, asked in a process that can be ended; what went wrong there is told by the file."""

from __future__ import annotations

import gc

from .. import apart
from .parsed import Parsed, UnreadableFile


def parse(reader: str, data: bytes, seconds: float = apart.SECONDS) -> Parsed:
    """What a reader makes of a file, read in the other process; raises ``UnreadableFile``."""
    try:
        answer: Parsed | tuple[str, str] = apart.ask("corpus.worker:answer", reader, data, seconds=seconds)
    except apart.EndedError as error:
        code, detail = ("too-slow", f"{error.seconds:g} s") if error.seconds is not None else ("crashed", "")
        raise UnreadableFile(code, detail) from error
    if isinstance(answer, Parsed):
        return answer
    if answer[0] == "too-large":
        apart.renew()
    raise UnreadableFile(*answer)


def answer(name: str, data: bytes) -> Parsed | tuple[str, str]:
    """In the other process: what the reader of that name makes of a file, or a code and a detail of why it cannot."""
    from .readers import reader

    gc.disable()  # all that a reader makes is still in use when it is done
    try:
        return reader(name).read(data)
    except UnreadableFile as error:
        return error.code, error.detail
    except MemoryError:
        return "too-large", f"{apart.MEMORY >> 30} GiB"
    except RecursionError:
        return "damaged", "depth"
    except Exception as error:  # parsers fail on damaged files in ways of their own
        return "damaged", type(error).__name__
    finally:
        gc.enable()
