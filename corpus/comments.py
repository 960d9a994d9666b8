"""Comments in a report that are for this program alone: they set findings aside, and are no part of what the report says.

``heshu: ignore SUM reason``, to the end of the line, or within ``<!-- -->`` or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Block

_COMMENT = re.compile(
    r"(?:(?P<markup><!--)|(?P<bracket>[（(])|(?<![ \t]))[ \t]*+heshu[:：][ \t]*ignore[ \t]+(?P<named>[A-Za-z0-9-]+(?:,[A-Za-z0-9-]+)*)"
    r"(?P<reason>(?(markup)[^\n]*?(?:-->|$)|(?(bracket)[^\n）)]*[）)]?|[^\n]*)))",
    re.MULTILINE,
)
_END = re.compile(r"(?:-->|[）)])$")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: where it stands, the checks or findings that it names, and its reason."""

    start: int
    end: int
    named: tuple[str, ...]
    reason: str


def comments_in(text: str) -> Iterator[Comment]:
    """The comments of a text, in order."""
    if "heshu" not in text:
        return
    for match in _COMMENT.finditer(text):
        reason = match["reason"]
        if match["markup"] or match["bracket"]:
            reason = _END.sub("", reason.rstrip())
        yield Comment(match.start(), match.end(), tuple(match["named"].split(",")), " ".join(reason.split()))


def set_apart(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks without their comments, each of which follows as residue; tables stay as they are."""
    spans = [(comment.start, comment.end) for comment in comments_in(text)]
    if not spans:
        return tuple(blocks)
    return tuple(part for block in blocks for part in _parts(block, spans))


def _parts(block: Block, spans: list[tuple[int, int]]) -> Iterator[Block]:
    inside = [any(start <= offset < end for start, end in spans) for offset in block.offsets]
    if block.cells or not any(inside):
        yield block
        return
    kept = [at for at, is_comment in enumerate(inside) if not is_comment]
    cut = [at for at, is_comment in enumerate(inside) if is_comment]
    if any(not block.text[at].isspace() for at in kept):
        yield _only(block, kept)
    yield replace(_only(block, cut), kind="residue", marker="", level=0)


def _only(block: Block, places: Sequence[int]) -> Block:
    return replace(
        block,
        text="".join(block.text[at] for at in places),
        offsets=tuple(block.offsets[at] for at in places),
    )
