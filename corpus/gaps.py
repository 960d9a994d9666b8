"""Parts of a file that were not read: what is said of them, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Problem
from .parsed import Remark

_MESSAGES = {
    "pages-without-text": (
        "第 {} 頁只有圖片，沒有文字，未讀（未安裝 heshu[ocr]，或無法辨識）；請對照原文",
        "page {} is a picture without text, and was not read (heshu[ocr] is not installed, or could not make it out); look it up in the file",
    ),
    "pages-garbled": (
        "第 {} 頁的文字層是亂碼，未讀（未安裝 heshu[ocr]，或無法辨識）；請對照原文",
        "the text layer of page {} is garbage, and was not read (heshu[ocr] is not installed, or could not make it out); look it up in the file",
    ),
    "pages-recognised": (
        "第 {} 頁只有圖片，由文字辨識讀入；數字請對照原圖",
        "page {} is a picture and was read by OCR; hold its figures against the picture",
    ),
    "sheet-left-out": ("隱藏的工作表「{}」未讀", "the hidden sheet “{}” was not read"),
    "attachment-left-out": ("附件「{}」未讀", "what is attached as “{}” was not read"),
    "cut-off": ("超過讀取的上限（{}），其後未讀", "beyond a limit ({}), the rest was not read"),
}
_CODES = {"no-text": "pages-without-text", "garbled-text": "pages-garbled", "recognised": "pages-recognised"}


def gap(path: str, remark: Remark) -> Problem:
    """The entry in the result for a part that was not read."""
    code = _CODES.get(remark.code, remark.code)
    zh, en = _MESSAGES[code]
    what = _listed(remark.pages) if remark.pages else remark.what
    return Problem(path, code, zh.format(what.replace(", ", "、")), en.format(what))


def _listed(pages: Sequence[int]) -> str:
    """3, 5–7: numbers that count on are told by the first and the last."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
