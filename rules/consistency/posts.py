"""Posts that an official holds beside his own: a total tells them in brackets, 3(6)人."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import dropwhile

from ...model import Mention
from .context import Figure
from .relation import amount
from .words import clause_words


def concurrent_posts(result: Mention, parts: Sequence[Figure]) -> frozenset[Mention]:
    """The parts that count posts held concurrently, where the total gives these in brackets.

    兼任人事管理員3人及會計員3人: the word may stand once for all behind it; the number in brackets says whether it does.
    """
    if result.paren is None:
        return frozenset()
    told = [part for part in parts if _is_concurrent(part)]
    behind = list(dropwhile(lambda part: not _is_concurrent(part), parts))
    carried = sum((amount(part.mention) for part in behind), Fraction(0)) == result.paren
    return frozenset(part.mention for part in (behind if carried else told))


def _is_concurrent(part: Figure) -> bool:
    return "兼任" in clause_words(part.gap)
