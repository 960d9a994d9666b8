"""What stands at the end of an audit's summary: which files were not read, which only in part, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from ..model import ACROSS, Problem
from ..notation import Both, Language
from ..output.passages import printable
from ..problems import GAPS, WARNINGS

_HEADS = {
    "left-out": Both("未讀入", "Not read"),
    "in-part": Both("部分未讀", "Read in part"),
    "open": Both("待指明", "To be said"),
    "noted": Both("其他", "Besides"),
}
_MORE = Both("{}等 {} 份", "{} and others, {} in all")
_NAMED = 3
"""So many files of one kind are named."""
_SHOWN = 6
"""So many kinds of problems under one head."""
_REST = Both("另有 {} 項，詳見查核頁", "{} more, see the audit page")


def closing(problems: Iterable[Problem], language: Language) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it is a head."""
    groups: dict[str, dict[tuple[str, str], list[Problem]]] = {head: {} for head in _HEADS}
    for problem in problems:
        alike = groups[_head(problem)].setdefault((problem.code, problem.message_en), [])
        alike.append(problem)
    for head, kinds in groups.items():
        if not kinds:
            continue
        yield f"{_HEADS[head].of(language)} {sum(map(len, kinds.values()))}", True
        for alike in list(kinds.values())[:_SHOWN]:
            yield f"    {_line(alike, language)}", False
        if len(kinds) > _SHOWN:
            yield f"    {_REST.of(language).format(len(kinds) - _SHOWN)}", False


def _head(problem: Problem) -> str:
    if problem.code in GAPS:
        return "in-part"
    if problem.code == "year-open":
        return "open"
    return "noted" if problem.code in WARNINGS or problem.path == ACROSS else "left-out"


def _line(alike: list[Problem], language: Language) -> str:
    mark, colon = ("、", "：") if language == "zh-TW" else (", ", ": ")
    names = mark.join(printable(PurePath(problem.path).name) for problem in alike[:_NAMED])
    if len(alike) > _NAMED:
        names = _MORE.of(language).format(names, len(alike))
    message = alike[0].message_zh if language == "zh-TW" else alike[0].message_en
    return f"{names}{colon}{printable(message)}"
