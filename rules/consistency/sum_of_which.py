"""A total, and then its parts: 24,575人，其中公務人員9,071人、教育人員15,504人; 22個社團，共計動態社團14個、靜態社團8個.

其中 alone promises no complete list. It is a sum where the parts divide the whole by one classification, where the
verb of a change is taken up again (增置22人，其中增置…，另減列…), and where nothing says that the list stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...model import Relation
from .check import Check
from .context import Document, Figure, Line
from .posts import concurrent_posts
from .relation import SURE, Sign, total
from .words import comparable, direction, label, of_one_stage, one_classification, whole_classification

_MARK = re.compile(r"其中|[,:](?:共計|計有|計|分別為|分為|包括|包含)")
_TIGHT = re.compile(r"^[^,;、]{0,10}(?:、|及|和|與|以及)[^,;]{0,40}$")
_CLAUSE = re.compile(r"^[^,;、]{0,10}[,;](?!並|共|合計|總計|計)[^,;]{0,40}$")
_LAST = re.compile(r"^[^,;、]{0,10}(?:及|和|與|以及)[^,;、]{0,40}$")
"""The word before the last member of a list."""
_NET = re.compile(r"^[^,;、]{0,10}[,;]另[^,;]{0,3}(?:減|增)")
_OPEN = re.compile(r"^[^,;]{0,14}(?:等|為最|最[多高大]|居多|居首|為主|不等)")
_CHOICE = re.compile(r"修正|編制總|總員額|員額由|最|主要|尤|僅|約有|如|較|比|平均|每|占|超過|不乏|新增(?=.*件)")
_LIKELY = Decimal("0.8")
"""Three parts or more of one sort: a list that looks complete, and may be a choice."""
_VERB = re.compile(r"(增置|增設|增加|新增|減列|裁減|減少|移撥|改置)")


def _find(document: Document) -> Iterator[Relation]:
    for line in document.lines:
        for mark in _MARK.finditer(line.outer.text):
            yield from _of_which(line.outer, mark)


def _of_which(line: Line, mark: re.Match[str]) -> Iterator[Relation]:
    before = [figure for figure in line.before(mark.start()) if figure.is_count]
    behind = line.behind(mark.start())
    for width in (1, 2):
        wholes = before[-width:]
        parts = list(_parts(line, mark, behind, wholes)) if len(wholes) == width else []
        sure = _certainty(line, mark, wholes, parts, width) if len(parts) >= 2 * width else None
        if sure is None:
            continue
        for column, whole in enumerate(wholes):
            column_parts = parts[column::width]
            signs: list[Sign] = [_sign(whole, part) for part in column_parts]
            beside = concurrent_posts(whole.mention, column_parts)
            terms = [part.mention for part in column_parts]
            yield total("sum", "sum.of-which", whole.mention, terms, signs, confidence=sure, concurrent=beside)
        return


def _parts(line: Line, mark: re.Match[str], behind: Sequence[Figure], wholes: Sequence[Figure]) -> Iterator[Figure]:
    """The rows behind the mark whose units are those of the wholes, as long as they are linked like a list."""
    width = len(wholes)
    if width == 2 and comparable(wholes[0].unit, wholes[1].unit):
        return
    unit = ""
    listed = False
    nested = _same_verb(line, mark, wholes[0])
    for start in range(0, len(behind) - width + 1, width):
        row = behind[start : start + width]
        lead = line.text[mark.end() : row[0].at] if start == 0 else row[0].gap
        if start == 0 and not re.match(r"^[^,;。、]{0,40}$", lead):
            return
        if start > 0 and not _TIGHT.match(lead) and not _goes_on(lead, listed, nested):
            return
        if _CHOICE.search(lead) or not all(
            comparable(part.unit, whole.unit) for part, whole in zip(row, wholes, strict=True)
        ):
            return
        if width == 2 and not re.match(r"^[,、]?[^,;、]{0,6}$", row[1].gap):
            return
        if unit and row[0].unit != unit:
            return
        unit = row[0].unit
        listed = listed or (start > 0 and width == 1 and _TIGHT.match(lead) is not None)
        yield from row


def _goes_on(lead: str, listed: bool, nested: bool) -> bool:
    """Whether a list goes on behind a comma; 另減列 does so only where 其中 took the verb of the change up again."""
    if _NET.match(lead):
        return nested
    return not listed and _CLAUSE.match(lead) is not None


def _certainty(
    line: Line, mark: re.Match[str], wholes: Sequence[Figure], parts: Sequence[Figure], width: int
) -> Decimal | None:
    """How sure it is that the text gives the whole and not a choice; ``None`` if that is not its construction."""
    if _OPEN.match(line.after(parts[-1])):
        return None
    heads = [part.gap if index else line.text[mark.end() : part.at] for index, part in enumerate(parts[::width])]
    labels = [label(head) for head in heads]
    if len(set(labels)) < len(labels) or not of_one_stage(labels):
        return None
    if whole_classification(labels):
        return SURE
    if mark[0] == "其中" or mark[0][1:] in ("包括", "包含"):
        ended = _LAST.match(parts[-1].gap) is not None or any(_NET.match(part.gap) for part in parts)
        if ended and _same_verb(line, mark, wholes[0]):
            return SURE
        posts = ended and _VERB.search(wholes[0].gap[-10:]) is not None
        return _LIKELY if len(labels) > 2 and (posts or one_classification(labels)) else None
    if mark[0][1:] in ("分為", "分別為"):
        return SURE if all(labels) else None
    noun = re.match(r"^[^,;、]{0,14}", line.after(wholes[-1]))
    head = noun[0] if noun else ""
    repeated = len(head) >= 2 and all(each.endswith(head[-2:]) and each != head for each in labels)
    return SURE if repeated or one_classification(labels) else None


def _same_verb(line: Line, mark: re.Match[str], whole: Figure) -> bool:
    """增置22人，其中增置…: the change is taken apart."""
    verb = _VERB.search(whole.gap[-10:])
    return verb is not None and line.text.startswith(verb[0], mark.end())


def _sign(whole: Figure, part: Figure) -> Sign:
    change, share = direction(whole.gap[-10:]), direction(part.gap[-14:])
    return "-" if change and share and change != share else "+"


CHECKS = (Check("sum.of-which", "a total against the classification that follows it", _find),)
