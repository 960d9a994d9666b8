"""What a report is called, and the line that its reading goes by.

It is called by the line that names a kind of document, with the body that it is of.
A report without such a line has no title, and goes by the name of its file: the heading of its first part, a sentence or the
residue of a template would say something that is not so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ..model import Block

_LOOK_AT = 8
_LONGEST = 60
_BEGINNING = 600
"""Characters of a paragraph among which a title is looked for, with the residue around it."""
_SHORT = 40
"""A line that names no kind of document is a title where it is no longer than this and no sentence."""
_KINDS = "報告|計畫|提要|概況|統計|一覽|紀錄|議事錄|說明|預算|決算|成果|彙編|公報|新聞稿|名單|名冊|清冊|年報|季報|月報|簡報|摘要|白皮書|辦理情形"
_TELLING = re.compile(_KINDS)
_ENDING = re.compile(rf"(?:{_KINDS})(?:書|表|案|稿|本)?(?:\([^()]*\))?$")
_LABEL = re.compile(r"^[^:。，,]{1,6}:")
_LETTER = re.compile(r"[一-鿿A-Za-z]")
_RESIDUE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|</?[A-Za-z][^<>]*>|&[a-z]{2,8};|^#+")
"""Fields of templates, elements and entities of HTML, the marks of Markdown."""
_ASIDE = re.compile(r"\([^()]*\)")
_BODY = re.compile(r"(?:府|會|局|處|院|署|部|議會|公所|中心|公司)$")
"""How the name of a body ends that stands above the line that tells the kind of document."""
_QUOTED = re.compile(r"^「([^「」]+)」$")
_AGAIN = re.compile(rf"^(.{{4,{_LONGEST}}}?)\s*+\1(?:\(續[^()]*\))?$")
_SENTENCE = re.compile("[。；;,，?？!！]")


def title_of(blocks: Sequence[Block]) -> str:
    """The title; empty where nothing at the beginning of the text is one."""
    lines = _first_lines(blocks)
    for at, (marked, line) in enumerate(lines):
        if _names_a_kind(marked, line):
            # The kind alone, with the whole title below it: 議事錄.
            longer = (other for _, other in lines[at + 1 : at + 3] if other.endswith(line) and len(other) <= _LONGEST)
            whole = next(longer, line)
            before = lines[at - 1][1] if at and not lines[at - 1][0] else ""
            above = _BODY.search(before) and len(before) <= _SHORT and not _SENTENCE.search(before)
            return f"{before}{whole}" if above and before not in whole and len(before + whole) <= _LONGEST else whole
    if lines and not lines[0][0] and len(lines[0][1]) <= _SHORT and not _SENTENCE.search(lines[0][1]):
        return lines[0][1] if not _LABEL.match(lines[0][1]) and ":" not in lines[0][1] else ""
    return ""


def opening_line(blocks: Sequence[Block]) -> str:
    """What a reading goes by: the title, else the heading or the sentence that stands in its place."""
    bodies = (block.text[len(block.marker) :].strip() for block in blocks if block.kind not in ("residue", "table"))
    lines = list(islice((body for body in bodies if len(_LETTER.findall(body)) >= 2), _LOOK_AT))
    for line in lines:
        if len(line) <= _LONGEST and _TELLING.search(line) and not _LABEL.match(line) and "。" not in line:
            return line
    plain = [line for line in lines if not _LABEL.match(line)] or lines
    sentence = re.split("[。;:]", plain[0], maxsplit=1)[0] if plain else ""
    return sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST] + "…"


def _first_lines(blocks: Sequence[Block]) -> list[tuple[bool, str]]:
    """The first lines that say anything, without residue; and of each, whether a mark of a list or a heading opens it."""
    lines: list[tuple[bool, str]] = []
    for block in blocks:
        if block.kind in ("residue", "table"):
            continue
        body = _RESIDUE.sub("", block.text[len(block.marker) : len(block.marker) + _BEGINNING]).strip()
        body = _QUOTED.sub(r"\1", body)
        body = _AGAIN.sub(r"\1", body)
        if len(_LETTER.findall(body)) >= 2 and _ASIDE.sub("", body).strip():
            lines.append((bool(block.marker), body))
        if len(lines) == _LOOK_AT:
            break
    return lines


def _names_a_kind(marked: bool, line: str) -> bool:
    """A line under a mark, or of several clauses, names one where it ends with it: 五、業務報告 does, 一、計畫基本資料 not."""
    if len(line) > _LONGEST or _LABEL.match(line) or re.search("[。；;]", line):
        return False
    if marked or re.search("[,，:]", line):
        return bool(_ENDING.search(line))
    return bool(_TELLING.search(line)) and not line.startswith("以上")
