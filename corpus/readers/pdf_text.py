"""Whether the text of a page is text: a font without a table of its characters gives signs that are none of the page's."""

from __future__ import annotations

import re
from collections.abc import Sequence

_EXPECTED = re.compile(
    "[\u0020-\u007e\u00a0-\u00ff\u2000-\u22ff\u2460-\u26ff\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31c0-\u33ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff\u0391-\u03c9\u2713\u27a2]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LEAST = 30
_SHARE = 0.75


def is_garbled(chars: Sequence[str]) -> bool:
    """More than one sign in four is of no script that a Taiwanese report is written in."""
    inked = "".join("".join(chars).split())
    if len(inked) < _LEAST:
        return False
    private = len(_PRIVATE.findall(inked))
    expected = len(_EXPECTED.findall(inked)) + private
    return expected < _SHARE * len(inked) or private * 2 > len(inked)
