"""Lines of Chinese for the terminal: broken anywhere, save inside a figure and in front of a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

# What stays together: opening marks, a run of letters and digits or one character, closing marks.
_PIECE = re.compile(
    r"[（(「《“]*(?:[\w.,%‰+/-]+(?<=[A-Za-z0-9%‰])(?:\(\d+\))?|.)[，。、；：？！）)」》”…％.,;:?!]*",
    re.ASCII | re.DOTALL,
)


def wrapped(text: Text, width: int) -> Text:
    """``text`` in lines of at most ``width`` cells; styles stay where they are."""
    offsets = list(_breaks(text.plain, max(width, 2)))
    lines = text.divide(offsets)
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Offsets at which a line begins, but for the first."""
    used = 0
    for piece in _PIECE.finditer(plain):
        cells = cell_len(piece[0])
        if used and used + cell_len(piece[0].rstrip()) > width:
            yield piece.start()
            used = 0
        if cells <= width:
            used += cells
            continue
        for offset, character in enumerate(piece[0], start=piece.start()):
            size = cell_len(character)
            if used + size > width:
                yield offset
                used = 0
            used += size
