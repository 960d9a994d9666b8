"""A share whose own words name its whole: 占全體長者之四成; 占全部死亡人數21.88%; 接近國際旅客的六成.

The whole is the nearest figure before it that is told in those words, wherever in the report. As the words say which it
is, even a round share is known by its arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....model import Relation
from ..check import Check
from ..context import DAY, FIGURES, Document
from ..ratio import rate_of
from ..relation import LIKELY
from .changes import FORMER, is_rate_of_change
from .evidence import rarity
from .passage import Passage, Told, alike, earlier, passages
from .shares import is_about

_NAME = re.compile(
    rf"(?:[占佔為是達]|接近|相當於?)(?P<name>[^,;。:、占佔{FIGURES}{DAY}]{{2,16}}?)(?:之|的)?(?:比率|比例|比重)?"
    r"(?:大?約|逾|將?近|高?達|為|超過|僅|恰|已)*$"
)
_EMPTY = re.compile(r"全體|全部|全般|全市|整體|本市|本局|本府|所有|總|該|當年度|年度|之|的|數")
_NUMERATORS = 2
_FAR = 120
_OVERLAP = 0.5
_LITTLE = 3


def _named(document: Document) -> Iterator[Relation]:
    for passage in passages(document):
        for figure in passage.figures:
            if figure.is_rate and figure.mention.value and not is_rate_of_change(passage, figure):
                relation = _of_named_whole(document, passage, figure)
                if relation is not None:
                    yield relation


def _of_named_whole(document: Document, passage: Passage, rate: Told) -> Relation | None:
    name = _NAME.search(rate.before)
    words = pairs(_EMPTY.sub("", name["name"])) if name is not None else frozenset()
    if not words:
        return None
    before = [each for each in passage.figures[: rate.place] if each.is_count and each.mention.value]
    tried = 0
    for over in before[: -_NUMERATORS - 1 : -1]:
        wholes = [*reversed([each for each in before if alike(each, over)]), *earlier(document, passage, over, _FAR)]
        for under in wholes:
            if under is over or (under.mention.value or 0) < (over.mention.value or 0) or not _is_told_in(words, under):
                continue
            tried += 1
            relation = rate_of("ratio.named", rate.mention, over.mention, under.mention, confidence=LIKELY)
            fits = relation is not None and relation.holds and (relation.rounding != "neither" or is_about(relation))
            if fits and rarity(rate.mention) / tried >= _LITTLE:
                return relation
    return None


def _is_told_in(words: frozenset[str], figure: Told) -> bool:
    """At least half of the pairs of characters stand around the figure, and nothing is compared with it in brackets."""
    if figure.row and FORMER.search(figure.clause):
        return False
    told = pairs(figure.clause[-24:] + "," + figure.behind[:12])
    return len(words & told) >= _OVERLAP * len(words)


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of a text that are words."""
    runs = re.split(rf"[,;。:、()「」{FIGURES}{DAY}\d]", text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


CHECKS = (Check("ratio.named", "a share and the whole that its words name", _named),)
