"""What a report is called: its first telling line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Block

_LOOK_AT = 8
_LONGEST = 60
_TELLING = re.compile("報告|計畫|提要|概況|統計|一覽|紀錄|議事錄|說明|預算|決算|成果|彙編|公報|新聞稿")
_LABEL = re.compile(r"^[^:。，,]{1,6}:")
_LETTER = re.compile(r"[一-鿿A-Za-z]")


def title_of(blocks: Sequence[Block]) -> str:
    """The title: the first short line that names a kind of document, else the first line that says anything."""
    lines: list[str] = []
    for block in blocks:
        if block.kind not in ("residue", "table"):
            body = block.text[len(block.marker) :].strip()
            if len(_LETTER.findall(body)) >= 2:
                lines.append(body)
        if len(lines) == _LOOK_AT:
            break
    for line in lines:
        if len(line) <= _LONGEST and _TELLING.search(line) and not _LABEL.match(line) and "。" not in line:
            return line
    plain = [line for line in lines if not _LABEL.match(line)] or lines
    return _shortened(plain[0]) if plain else ""


def _shortened(line: str) -> str:
    sentence = re.split("[。;:]", line, maxsplit=1)[0]
    return sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST] + "…"
