"""A list that begins before its words say so: 每期依序為2萬4,000、2萬8,000、3萬立方公尺，計8萬2,000立方公尺.

And a change told behind the parts of what changed: 工會394家，包括…職業工會299家，較上年底389家增加5家. The figures say that one
or two rows more, or a level told before, are meant; what the words alone would take is then not told as wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....model import Relation
from ..change import changes_since
from ..check import Check
from ..context import Document
from ..growth import growths
from ..ratio import rate_of
from ..relation import LIKELY
from ..sum_closing import closed_lists
from .shares import is_about

_MORE = 2


def _lists(document: Document) -> Iterator[Relation]:
    for closed in closed_lists(document):
        width = len(closed.totals)
        for rows in range(1, min(_MORE, len(closed.ahead) // width) + 1):
            further = closed.ahead[len(closed.ahead) - rows * width :]
            if any(figure.unit != closed.totals[at % width].unit for at, figure in enumerate(further)):
                break
            ties = closed.ties([*further, *closed.parts])
            yield from (replace(tie, rule="sum.longer", confidence=LIKELY) for tie in ties if tie.holds)


def _changes(document: Document) -> Iterator[Relation]:
    for since in changes_since(document):
        if since.tie(since.level).holds:
            continue
        earlier = (each for each in reversed(since.line.before(since.level.at)) if each.unit == since.level.unit)
        ties = (since.tie(level) for level in earlier)
        found = next((tie for tie in ties if tie.holds), None)
        if found is not None:
            yield replace(found, rule="change.longer", confidence=LIKELY)


def _rates(document: Document) -> Iterator[Relation]:
    """The change as a share of the former level, where the level that was told last is another's."""
    for grown in growths(document):
        for base in grown.bases:
            tie = rate_of("ratio.of-former", grown.rate.mention, grown.change.mention, base.mention, confidence=LIKELY)
            if tie is not None and tie.holds and (tie.rounding != "neither" or is_about(tie)):
                yield tie
                break


CHECKS = (
    Check("sum.longer", "a total and the whole list, of which the words tell the end", _lists),
    Check("change.longer", "a change since, and the level that is told before its parts", _changes),
    Check("ratio.of-former", "a rate of growth, and the former level that it is a share of", _rates),
)
