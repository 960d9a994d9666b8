"""jieba's best way to cut a text into words: the one whose words are together the likeliest.

Word for word what ``jieba.Tokenizer.cut`` gives without its model for unknown words (the tests hold both against each
other), over a dictionary that is at hand, in one pass from the end of a text to its beginning: no graph is kept, and
the logarithm of each word is taken once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log

# As in jieba: what words are made of, and what stands between them.
_RUN = re.compile("([\u4e00-\u9fd5a-zA-Z0-9+#&._%\\-]+)")
_BLANK = re.compile(r"(\r\n|\s)")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class _Weights(dict[str, float]):
    """The logarithm of each word's probability, worked out when it is first met."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        super().__init__()
        self._counts, self._whole = counts, log(total)

    def __missing__(self, word: str) -> float:
        self[word] = weight = log(self._counts.get(word) or 1) - self._whole
        return weight


class Cutter:
    """Cuts texts by a dictionary of words with their counts, in which every beginning of a word stands with 0."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self._counts = counts
        self._weights = _Weights(counts, total)

    def weight(self, word: str) -> float:
        """The logarithm of the probability of a word; an unknown one counts 1."""
        return self._weights[word]

    def cut(self, text: str) -> list[str]:
        """The words of a text; their characters are those of the text, none left out."""
        words: list[str] = []
        for number, piece in enumerate(_RUN.split(text)):
            if number % 2:
                words += self._words(piece)
            elif len(piece) == 1:
                words.append(piece)
            elif piece:
                for at, between in enumerate(_BLANK.split(piece)):
                    words += (between,) if at % 2 else between
        return words

    def _words(self, run: str) -> list[str]:
        """The words of a run; single Latin letters and digits side by side make one."""
        if len(run) == 1:
            return [run]
        ends = self.route(run)[1]
        words: list[str] = []
        at, latin = 0, 0
        while at < len(run):
            end = ends[at]
            if end == at + 1 and run[at] in _LATIN:
                latin += 1
            else:
                if latin:
                    words.append(run[at - latin : at])
                    latin = 0
                words.append(run[at:end])
            at = end
        if latin:
            words.append(run[-latin:])
        return words

    def route(self, run: str) -> tuple[list[float], list[int]]:
        """For each place of a run, the weight of the best way to cut what follows, and where its first word ends."""
        count_of, weights = self._counts.get, self._weights
        length = len(run)
        best = [0.0] * (length + 1)
        ends = [0] * length
        for start in range(length - 1, -1, -1):
            end = start + 1
            word = run[start]
            count = count_of(word)
            top, top_end = weights[word] + best[end], end
            known = bool(count)  # a character that is no word stands alone only where no word begins
            while count is not None and end < length:
                end += 1
                word = run[start:end]
                count = count_of(word)
                if count:
                    score = weights[word] + best[end]
                    if score >= top or not known:
                        top, top_end, known = score, end, True
            best[start], ends[start] = top, top_end
        return best, ends
