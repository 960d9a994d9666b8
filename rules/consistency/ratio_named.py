"""A share whose whole is told by a phrase: 餘額1,000億元，占前3年平均所得（5,000億元）之20%; 合計50件，占前述列管總數之10%.

Also a rate that takes up the words of its numerator: 招標案件100件，提供電子領標90件，提供電子領標之比例達90%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...model import Relation
from .check import Check
from .context import COUNT, DAY, FIGURES, RATE, Document, Figure, Line
from .named import named
from .ratio import rate_of
from .relation import LIKELY

_OF = r"(?:之|的)?(?:比率|比例|比重)?(?:已|約|達|為|高達|僅|計)*"
_IN_BRACKETS = re.compile(
    rf"[占佔][^,;。()]{{2,60}}\(({COUNT})\)(?:之|的){_OF}({RATE})(?:[、及]([^,;。()]{{4,30}}?)(?:之|的){_OF}({RATE}))?"
)
_BY_NAME = re.compile(rf"[占佔]([^,;。(){RATE}]{{4,60}}?)(?:之|的){_OF}({RATE})")
_BEFORE_SHARE = re.compile(
    rf"^[^,;。{FIGURES}{DAY}]{{0,10}}(?:\([^(){FIGURES}]*\))?,?(?:且|並|約|已|分別|則|其|目前|合計)*$"
)
_COMPARED = re.compile(r"較|比(?!率|例|重)|增加|減少|提高|降低|成長")


def _part(line: Line, share: int) -> Figure | None:
    """What has the share: the figure right before 占, or the subject of the sentence where 其占 takes it up."""
    figures = line.before(share)
    if not figures or not _BEFORE_SHARE.match(line.text[figures[-1].at + 1 : share]):
        return None
    if line.text[share - 1] != "其":
        return figures[-1] if figures[-1].is_count else None
    for figure in reversed(figures):
        if figure.is_count and _COMPARED.search(figure.gap) is None:
            return figure
    return None


def _bracketed(document: Document) -> Iterator[Relation]:
    """占…(whole)之P%, and …及(another whole)之Q%."""
    for position, line in enumerate(document.lines):
        for match in _IN_BRACKETS.finditer(line.text):
            part = _part(line, match.start())
            whole, rate = line.figure_at(match.start(1)), line.figure_at(match.start(2))
            if part is None or part.unit != whole.unit:
                continue
            yield from _share("ratio.share-of-bracket", rate, part, whole)
            if match[3] is not None:
                other = named(document, position, line, part.at, match[3], part.unit)
                if other is not None and other is not part:
                    yield from _share("ratio.share-by-name", line.figure_at(match.start(4)), part, other, LIKELY)


def _by_name(document: Document) -> Iterator[Relation]:
    """占 and words for a whole that was told before."""
    for position, line in enumerate(document.lines):
        for match in _BY_NAME.finditer(line.text):
            part = _part(line, match.start())
            respectively = line.text.endswith("分別", 0, match.start())
            if part is None or respectively or re.search(r"較|比(?!率|例|重)|最", match[1]):
                continue
            within = [each for each in line.behind(match.start(1)) if each.at < match.end(1)]
            if any(each.unit == part.unit for each in within):
                # The whole is printed inside the phrase, which tells more than its name.
                if within[-1].unit == part.unit and within[-1].at == match.end(1) - 1:
                    yield from _share("ratio.share-of", line.figure_at(match.start(2)), part, within[-1])
                continue
            whole = named(document, position, line, part.at, match[1], part.unit)
            if whole is not None and whole is not part:
                yield from _share("ratio.share-by-name", line.figure_at(match.start(2)), part, whole, LIKELY)


def _share(
    rule: str, rate: Figure, part: Figure, whole: Figure, confidence: Decimal = Decimal(1)
) -> Iterator[Relation]:
    relation = rate_of(rule, rate.mention, part.mention, whole.mention, confidence=confidence)
    if relation is not None:
        yield relation


_OWN_WORDS = re.compile(
    r"^[^,;。]{0,6},([^,;。、()]{4,24}?)(?:之|的)(?:案件|件數|人數|家數)?(?:比例|比率)(?:已|約|達|為|逾)*$"
)


def _taken_up(document: Document) -> Iterator[Relation]:
    """A rate that is named by the words of its numerator, the figure before being the denominator."""
    for line in document.lines:
        figures = line.outer.figures
        for under, over, rate in zip(figures, figures[1:], figures[2:], strict=False):
            words = _OWN_WORDS.match(rate.gap) if rate.unit == "%" else None
            if words is None or not over.is_count or over.unit != under.unit:
                continue
            counted, base = (re.split(r"[,;]", figure.gap)[-1] for figure in (over, under))
            if _in_order(words[1], counted) and not _in_order(words[1], base):
                yield from _share("ratio.taken-up", rate, over, under, LIKELY)


def _in_order(words: str, clause: str) -> bool:
    """Every character of the words stands in the clause, in their order."""
    rest = iter(clause)
    return all(character in rest for character in words)


CHECKS = (
    Check("ratio.share-of-bracket", "a share whose whole stands in brackets behind its name", _bracketed),
    Check("ratio.share-by-name", "a share whose whole is named by a phrase and was told before", _by_name),
    Check("ratio.taken-up", "a rate that takes up the words of its numerator", _taken_up),
)
