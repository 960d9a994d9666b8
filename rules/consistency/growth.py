"""A percentage change against the new level and the change: 120件，較去年同期增加20件(20%)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Relation
from .check import Check
from .context import COUNT, FIGURES, RATE, Document
from .interval import stated
from .relation import SURE, number, quotient

_GROWTH = re.compile(
    rf"({COUNT})[^,;。{FIGURES}]{{0,20}}[,]?(?:並|亦|約)?(?:較|比)[^;。{FIGURES}]{{0,30}}(?:{COUNT}[^,;。{FIGURES}]{{0,3}})?,?"
    rf"(?P<verb>增加|減少|成長|衰退|增|減|下降|上升)[^,;。{FIGURES}]{{0,8}}({COUNT})[^,;。{FIGURES}()]{{0,4}}"
    rf"(?:\(|,(?=[^{FIGURES}]{{0,6}}(?:增|減|成長|衰退|幅度|升|降)))(?:年增率|成長率|增幅|減幅|增加率|減少率|幅度|成長|增加|減少|約|達|為|\+|-|增|減|衰退|升幅|降幅)*({RATE})"
)


def _growth(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for match in _GROWTH.finditer(line.text):
            level, delta, rate = (line.figure_at(match.start(n)).mention for n in (1, 3, 4))
            if level.unit != delta.unit or level.value is None or delta.value is None:
                continue
            falls = re.match(r"減|衰退|下降", match["verb"]) is not None
            change = number(delta.value)
            base = number(level.value) + change if falls else number(level.value) - change
            if base <= 0:
                continue
            step = stated(level) + stated(delta) if falls else stated(level) - stated(delta)
            relation = quotient(
                "growth",
                "growth.compared",
                rate,
                (level, delta),
                (change, base),
                stated(delta).divided_by(step),
                signs=("+", "-" if falls else "+"),
                confidence=SURE,
            )
            if relation is not None:
                yield relation


CHECKS = (Check("growth.compared", "a rate of growth against level and change", _growth),)
