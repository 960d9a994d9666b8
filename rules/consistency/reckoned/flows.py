"""A stock, what came in and went out, and the stock afterwards: 列管64處，新增5處、解除9處，至6月底仍列管60處.

The levels are the first and the last figure of a row, the flows all that stand between them. A flow's words say which way
it goes; where they do not, both ways are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from ....model import Relation
from ..check import Check
from ..context import Document
from ..relation import LIKELY, Sign, total
from .changes import CHANGE
from .evidence import rarity
from .passage import Passage, Row, Told, passages

_IN = re.compile(
    r"新增|增置|增設|增加|加入|納入|新開|新設|新收|新案|受理|進用|補|收容|移入|撥入|成立|開辦|轉入|引進|再|擴充|增列|追加|入住|啟用|增購|增"
)
_OUT = re.compile(
    r"解除|結案|停辦|退|離|銷|完成|終結|減|裁|移出|撥出|遷出|歇業|註銷|出院|領回|死亡|汰|廢|轉出|關閉|縮|扣除|辦結|清償|償還"
)
_AFTER = re.compile(
    r"(?:仍|尚|至|達|為|目前|現有|累計|餘|剩|總計|合計|共|計|成為|增為|增至|減為|減至|期末|年底|月底|結存|未結清?|調整為|擴充為|回升到|提高到|達到)[^,;。]{0,8}$"
)
_BEFORE = re.compile(
    r"原|期初|上期|上年|去年|年底|月底|現有|截至|公告|承接|前期|原有|列管|由|自|從|已完成|既有|保留|轉入數?|未償|餘額|底"
)
_MOST_FLOWS = 4
_ENOUGH = 12


def _find(document: Document) -> Iterator[Relation]:
    for passage in passages(document):
        for row in passage.rows.values():
            for figure in row.figures:
                if figure.is_count and figure.mention.value and figure.role != "rule" and _AFTER.search(figure.before):
                    relation = _stock(passage, row, figure)
                    if relation is not None:
                        yield relation


def _stock(passage: Passage, row: Row, after: Told) -> Relation | None:
    """The earlier level and the flows between, the fewest first."""
    stream = [each for each in row.ahead(after) if each.mention.value is not None and each.mention.value_max is None]
    tried = 0
    for count in range(1, min(_MOST_FLOWS, len(stream) - 1) + 1):
        before, flows = stream[-count - 1], stream[-count:]
        if not _is_level(before) or "。" in passage.between(before, after)[:-1]:
            continue
        for signs in product(*(_ways(flow) for flow in flows)):
            tried += 1
            terms = [before.mention, *(flow.mention for flow in flows)]
            ways: list[Sign] = ["+", *signs]
            relation = total("change", "change.flows", after.mention, terms, ways, confidence=LIKELY)
            if relation.holds and rarity(after.mention) / tried >= _ENOUGH:
                return relation
    return None


def _is_level(figure: Told) -> bool:
    return _BEFORE.search(figure.clause) is not None and not CHANGE.search(figure.before)


def _ways(flow: Told) -> Sequence[Sign]:
    """Which way a flow goes, by the words right before it or right behind."""
    words = flow.before or flow.clause
    into = max((match.end() for match in _IN.finditer(words)), default=-1)
    out = max((match.end() for match in _OUT.finditer(words)), default=-1)
    if into == out == -1:
        into, out = (1 if _IN.match(flow.behind) else -1), (1 if _OUT.match(flow.behind) else -1)
    if into == out:
        return ("+", "-") if into == -1 else ("+",)
    return ("+",) if into > out else ("-",)


CHECKS = (Check("change.flows", "a stock, what came in and went out, and the stock afterwards", _find),)
